using Shanhuo.Kernel;

namespace Shanhuo.Surveys.Tables;

/// <summary>Of which areas tables may be shown, so that no two of them differ by fewer than so many people: what is left of an area when all its shown parts are taken away is nobody, or enough.</summary>
internal static class AreaGuard
{
    /// <summary>The areas within one whose tables may be shown, itself first where it has enough people.</summary>
    /// <param name="people">People by village, or by township or county where no village was written down.</param>
    /// <param name="whole">The area that the reader sees.</param>
    /// <param name="least">5: no difference of 1 to 4 people; 1 or less: none is refused.</param>
    public static IReadOnlyList<AreaCode> Shown(IReadOnlyDictionary<AreaCode, int> people, AreaCode whole, int least)
    {
        var shown = new List<AreaCode>();
        if (people.Values.Sum() >= Math.Max(1, least)) Open(people, whole, least, shown);
        return shown;
    }

    /// <summary>May the table of an area be shown beside those of the areas around it and of their other parts? Held against the people of this very table: who was asked, who answered, and what.</summary>
    /// <param name="tables">The same table of each village, or of a township or county where no village was written down.</param>
    /// <param name="areas">Areas with enough people, as <see cref="Shown"/> says.</param>
    /// <param name="whole">The area that the reader sees.</param>
    /// <param name="area">The area that is asked for, within it.</param>
    /// <param name="least">5: numbers of 1 to 4 people are hidden; 1 or less: none.</param>
    public static bool Allows(IReadOnlyDictionary<AreaCode, TableCounts> tables, IReadOnlyCollection<AreaCode> areas, AreaCode whole, AreaCode area, int least)
    {
        if (least <= 1) return true;
        for (var around = whole; around != area;)
        {
            var next = area.At(around.Level + 1);
            if (!Parts(tables, areas, around, least).Contains(next)) return false;
            around = next;
        }
        return true;
    }

    // The parts of an area whose tables can be shown: the smallest go into the rest until it protects the others.
    private static List<AreaCode> Parts(IReadOnlyDictionary<AreaCode, TableCounts> tables, IReadOnlyCollection<AreaCode> areas, AreaCode around, int least)
    {
        var within = tables.Where(t => around.Contains(t.Key)).ToList();
        var whole = TableCounts.Sum([.. within.Select(t => t.Value)]);
        var hiding = Hiding.Of(whole, least);
        if (hiding.IsRefused) return [];
        var parts = areas.Where(a => a.Level == around.Level + 1 && around.Contains(a)).Select(a => (Area: a, Tables: within.Where(t => a.Contains(t.Key)).Select(t => t.Value).ToList())).Where(p => p.Tables.Count > 0)
            .Select(p => (p.Area, Table: TableCounts.Sum(p.Tables))).OrderBy(p => p.Table.All).ThenBy(p => p.Area).Select(p => (p.Area, p.Table, Hiding: Hiding.Of(p.Table, least))).Where(p => !p.Hiding.IsRefused).ToList();
        while (parts.Count > 0)
        {
            var left = within.Where(t => !parts.Exists(p => p.Area.Contains(t.Key))).Select(t => t.Value).ToList();
            if (hiding.Keeps(left.Count > 0 ? TableCounts.Sum(left) : whole.None(), [.. parts.Select(p => p.Hiding)])) break;
            parts.RemoveAt(0);
        }
        return [.. parts.Select(p => p.Area)];
    }

    private static void Open(IReadOnlyDictionary<AreaCode, int> people, AreaCode area, int least, List<AreaCode> shown)
    {
        shown.Add(area);
        if (area.Level == AreaLevel.Village) return;
        var below = area.Level + 1;
        // People of whom only the larger area is known are a rest that no smaller one shows.
        var rest = people.Where(p => p.Key.Level < below).Sum(p => p.Value);
        var parts = people.Where(p => p.Key.Level >= below).GroupBy(p => p.Key.At(below)).Select(g => (Area: g.Key, People: g.Sum(p => p.Value), Below: g)).OrderBy(g => g.People).ThenBy(g => g.Area).ToList();
        foreach (var part in parts)
        {
            // The smallest first, until those that are not shown are enough together.
            if (part.People < least || rest > 0 && rest < least) rest += part.People;
            else Open(part.Below.ToDictionary(), part.Area, least, shown);
        }
    }
}
