using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Trace;

/// <summary>A group of households that may be shown.</summary>
/// <param name="Area">Their village, or null where several small groups stand together.</param>
/// <param name="Households">At least <see cref="SmallGroups.Smallest"/>, or 0 for "fewer than that".</param>
/// <param name="Weight">Whatever is summed for them (grams, pieces, fen).</param>
internal readonly record struct HouseholdGroup(AreaCode? Area, long Households, long Weight);

/// <summary>Keeps a household from being picked out of a small group: groups under five are merged, and none can be found by subtraction.</summary>
internal static class SmallGroups
{
    /// <summary>Households that a group must have to be shown.</summary>
    public const int Smallest = 5;

    /// <summary>The groups that may be shown, the largest first, what was merged last.</summary>
    /// <param name="groups">By area, each area once.</param>
    public static IReadOnlyList<HouseholdGroup> Merge(IEnumerable<HouseholdGroup> groups)
    {
        var all = groups.OrderByDescending(g => g.Households).ThenBy(g => g.Area?.Value).ToList();
        var shown = all.Where(g => g.Households >= Smallest).ToList();
        var rest = all.Skip(shown.Count).ToList();
        // A rest of one to four could be found by subtraction from the total, so a shown group joins it.
        while (rest.Count > 0 && rest.Sum(g => g.Households) < Smallest && shown.Count > 0)
        {
            rest.Add(shown[^1]);
            shown.RemoveAt(shown.Count - 1);
        }
        if (rest.Count == 0) return shown;
        var households = rest.Sum(g => g.Households);
        shown.Add(new HouseholdGroup(null, households < Smallest ? 0 : households, rest.Sum(g => g.Weight)));
        return shown;
    }
}
