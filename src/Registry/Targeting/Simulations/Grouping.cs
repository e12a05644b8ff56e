using Shanhuo.Kernel;
using Shanhuo.Registry.Targeting.Features;

namespace Shanhuo.Registry.Targeting.Simulations;

/// <summary>By what errors are shown apart.</summary>
internal enum GroupKind { Sex, Ethnicity, Age, Disability, Township, Village }

/// <summary>In which group a household is. Codes are those of the register; −1: unknown.</summary>
internal static class Grouping
{
    /// <summary>First years of the age groups of heads.</summary>
    public static IReadOnlyList<int> Ages { get; } = [0, 35, 45, 60];

    public static long Of(GroupKind kind, HouseholdFeatures features, int row) => kind switch
    {
        GroupKind.Sex => Exact(features, "head-sex", row),
        GroupKind.Ethnicity => Exact(features, "head-ethnicity", row),
        GroupKind.Age => Age(features, row),
        GroupKind.Disability => Any(features[HouseholdFeature.Of("disabled"), row]),
        GroupKind.Township => features.Villages[row].At(AreaLevel.Township).Value,
        _ => features.Villages[row].Value,
    };

    private static long Exact(HouseholdFeatures features, string key, int row) => features[HouseholdFeature.Of(key), row] is var (low, high) && low == high ? low : -1;

    private static long Any((int Low, int High) count) => count.Low > 0 ? 1 : count.High == 0 ? 0 : -1;

    private static long Age(HouseholdFeatures features, int row)
    {
        var (low, high) = features[HouseholdFeature.Of("head-age"), row];
        return Band(low) == Band(high) ? Band(low) : -1;
    }

    private static int Band(int age) => Ages.Count(first => first <= age) - 1;
}

/// <summary>The errors by one or two groups.</summary>
internal sealed record SimulationTable(SimulationCell Whole, IReadOnlyList<(long First, long Second, SimulationCell? Cell)> Cells)
{
    /// <summary>Makes it. Small cells are left out (null), and so many more that none follows from its row, its column and their sums.</summary>
    public static SimulationTable Make(Simulation simulation, HouseholdFeatures features, GroupKind first, GroupKind? second)
    {
        var groups = new SortedDictionary<(long, long), List<int>>();
        for (var row = 0; row < features.Count; row++)
        {
            var key = (Grouping.Of(first, features, row), second is { } other ? Grouping.Of(other, features, row) : 0);
            if (!groups.TryGetValue(key, out var rows)) groups[key] = rows = [];
            rows.Add(row);
        }
        var cells = groups.ToDictionary(g => g.Key, g => simulation.Of(g.Value));
        var hidden = cells.Where(c => c.Value.IsSmall).Select(c => c.Key).ToHashSet();
        var lines = cells.Keys.GroupBy(k => k.Item2).Concat(second is null ? [] : cells.Keys.GroupBy(k => k.Item1)).Select(g => g.ToList()).ToList();
        bool more;
        do
        {
            more = false;
            foreach (var line in lines)
            {
                if (line.Count(hidden.Contains) != 1 || line.Where(k => !hidden.Contains(k)).ToList() is not { Count: > 0 } shown) continue;
                more |= hidden.Add(shown.MinBy(k => cells[k].Households));
            }
        }
        while (more);
        return new SimulationTable(simulation.Of([.. Enumerable.Range(0, features.Count)]), [.. groups.Keys.Select(k => (k.Item1, k.Item2, hidden.Contains(k) ? null : cells[k]))]);
    }
}
