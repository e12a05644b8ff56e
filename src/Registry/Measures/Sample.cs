using System.Globalization;

namespace Shanhuo.Registry.Measures;

/// <summary>The groups of households, shared by the samples that are compared.</summary>
internal sealed class GroupNames
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly List<string> names = [];

    public int Count => names.Count;

    public string this[int group] => names[group];

    public int NumberOf(string name)
    {
        if (numbers.TryGetValue(name, out var number)) return number;
        names.Add(name);
        return numbers[name] = names.Count - 1;
    }

    /// <summary>By number where all names are whole numbers, else by character; the group without a name first.</summary>
    public int[] InOrder()
    {
        var order = Enumerable.Range(0, names.Count).ToArray();
        var values = new decimal[names.Count];
        var areNumbers = names.Select((name, i) => name.Length is > 0 and <= 20 && name.All(char.IsAsciiDigit) && decimal.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out values[i])).All(is_ => is_);
        Array.Sort(order, (a, b) => areNumbers && values[a] != values[b] ? values[a].CompareTo(values[b]) : string.CompareOrdinal(names[a], names[b]));
        return order;
    }
}

/// <summary>The households of a group that are measured, by income ascending, and what is known of the others.</summary>
/// <param name="Incomes">Yuan, all known.</param>
/// <param name="Weights">One per income.</param>
/// <param name="Clusters">One per income, of the design.</param>
/// <param name="N">Rows of known income that weigh more than 0.</param>
/// <param name="UnknownN">Rows of unknown income that weigh more than 0.</param>
/// <param name="UnknownWeight">What these weigh together.</param>
/// <param name="LeastUnknownWeight">What the lightest of them weighs.</param>
internal sealed record Households(double[] Incomes, double[] Weights, int[] Clusters, int N, int UnknownN, double UnknownWeight, double LeastUnknownWeight)
{
    /// <summary>Σ w of the base.</summary>
    public double Weight { get; } = Weights.Sum();
}

/// <summary>What was asked of each household, in columns. An unknown income is NaN.</summary>
internal sealed class Sample(double[] incomes, double[] weights, int[] groups, int[] clusters, int groupCount)
{
    private int[]? rowsByGroup;
    private int[]? starts;

    /// <summary>Rows that were read with a weight.</summary>
    public int Count => incomes.Length;

    /// <summary>Rows of unknown income.</summary>
    public int Unknown { get; } = incomes.Count(double.IsNaN);

    /// <summary>Rows of an income below zero.</summary>
    public int Negative { get; } = incomes.Count(i => i < 0);

    public Households All() => Of(Enumerable.Range(0, Count).ToArray());

    /// <summary>One group; the first call sorts the rows into groups.</summary>
    public Households Of(int group)
    {
        if (rowsByGroup is null || starts is null)
        {
            starts = new int[groupCount + 1];
            foreach (var g in groups) starts[g + 1]++;
            for (var g = 0; g < groupCount; g++) starts[g + 1] += starts[g];
            var next = starts[..^1];
            rowsByGroup = new int[Count];
            for (var row = 0; row < Count; row++) rowsByGroup[next[groups[row]]++] = row;
        }
        return Of(rowsByGroup[starts[group]..starts[group + 1]]);
    }

    private Households Of(int[] rows)
    {
        var (known, n, unknownN, unknown, least) = (0, 0, 0, 0d, double.PositiveInfinity);
        foreach (var row in rows)
        {
            var weight = weights[row];
            if (!double.IsNaN(incomes[row]))
            {
                rows[known++] = row;
                if (weight > 0) n++;
            }
            else if (weight > 0)
            {
                unknownN++;
                unknown += weight;
                least = Math.Min(least, weight);
            }
        }
        var measured = rows.AsSpan(0, known);
        var sorted = new double[known];
        for (var i = 0; i < known; i++) sorted[i] = incomes[measured[i]];
        // Row numbers settle nothing: measures and variances do not depend on the order of ties.
        sorted.AsSpan().Sort(measured);
        var (ofWeights, ofClusters) = (new double[known], new int[known]);
        for (var i = 0; i < known; i++) (ofWeights[i], ofClusters[i]) = (weights[measured[i]], clusters[measured[i]]);
        return new Households(sorted, ofWeights, ofClusters, n, unknownN, unknown, unknownN > 0 ? least : 0);
    }
}
