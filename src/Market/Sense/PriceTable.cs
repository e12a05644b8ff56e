using Shanhuo.Kernel;

namespace Shanhuo.Market.Sense;

/// <summary>What was sold of a product in a week at one grade on one channel, with the households whose goods it was.</summary>
internal sealed record SoldGroup(DateOnly Week, string Grade, string Channel, IReadOnlyList<(Fen Price, long Quantity)> Sold, IReadOnlySet<long> Households);

/// <summary>A figure that may be shown.</summary>
/// <param name="Week">Monday.</param>
/// <param name="Grade">Null: small groups that stand together.</param>
/// <param name="Channel">Null likewise.</param>
/// <param name="Spread">The prices.</param>
/// <param name="Households">At least <see cref="PriceTable.FewestHouseholds"/>.</param>
internal sealed record PriceCell(DateOnly Week, string? Grade, string? Channel, PriceSpread Spread, int Households);

/// <summary>A week as it may be shown: its cells, and all of them together.</summary>
internal sealed record PriceOfWeek(DateOnly Week, PriceSpread Spread, int Households, IReadOnlyList<PriceCell> Cells);

/// <summary>Prices by week, grade and channel, so that no figure is that of one household or two, and none of such a figure can be had by subtraction.</summary>
internal static class PriceTable
{
    /// <summary>Households that must stand behind a figure: with two, each would know the other's.</summary>
    public const int FewestHouseholds = 3;

    /// <summary>The weeks that may be shown, the newest first. A week whose groups together have too few households is left out whole.</summary>
    public static IReadOnlyList<PriceOfWeek> Of(IEnumerable<SoldGroup> groups) =>
        [.. groups.GroupBy(g => g.Week).OrderByDescending(w => w.Key).Select(w => OfWeek(w.Key, [.. w])).OfType<PriceOfWeek>()];

    private static PriceOfWeek? OfWeek(DateOnly week, List<SoldGroup> groups)
    {
        var sorted = groups.OrderByDescending(g => g.Households.Count).ThenBy(g => g.Grade, StringComparer.Ordinal).ThenBy(g => g.Channel, StringComparer.Ordinal).ToList();
        var shown = sorted.Where(g => g.Households.Count >= FewestHouseholds).ToList();
        var rest = sorted.Skip(shown.Count).ToList();
        while (rest.Count > 0 && Together(rest) < FewestHouseholds)
        {
            // The rest could be had as the whole less what is shown, so a shown group joins it.
            if (shown.Count == 0) return null;
            rest.Add(shown[^1]);
            shown.RemoveAt(shown.Count - 1);
        }
        var cells = shown.Select(g => new PriceCell(week, g.Grade, g.Channel, PriceSpread.Of(g.Sold)!.Value, g.Households.Count)).ToList();
        if (rest.Count > 0) cells.Add(new PriceCell(week, null, null, PriceSpread.Of(rest.SelectMany(g => g.Sold))!.Value, Together(rest)));
        return new PriceOfWeek(week, PriceSpread.Of(groups.SelectMany(g => g.Sold))!.Value, Together(groups), [.. cells.OrderBy(c => c.Grade is null).ThenBy(c => c.Grade, StringComparer.Ordinal).ThenBy(c => c.Channel, StringComparer.Ordinal)]);
    }

    private static int Together(IEnumerable<SoldGroup> groups) => groups.SelectMany(g => g.Households).Distinct().Count();
}
