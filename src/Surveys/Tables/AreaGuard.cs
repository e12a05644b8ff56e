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
