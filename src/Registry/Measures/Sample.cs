namespace Shanhuo.Registry.Measures;

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
    public double Weight { get; } = Sums.Of(Weights);
}

/// <summary>Incomes and the rows they stand in. An unknown income is NaN.</summary>
internal sealed class Sample(double[] incomes, SampleRows rows)
{
    /// <summary>Rows of unknown income.</summary>
    public int Unknown { get; } = incomes.Count(double.IsNaN);

    /// <summary>Rows of an income below zero.</summary>
    public int Negative { get; } = incomes.Count(i => i < 0);

    /// <summary>Rows that were read with a weight.</summary>
    public int Count => incomes.Length;

    public Households All() => Of(rows.All());

    public Households Of(int group) => Of(rows.Of(group));

    private Households Of(int[] chosen)
    {
        var (known, n, unknownN, unknown, least) = (0, 0, 0, 0d, double.PositiveInfinity);
        foreach (var row in chosen)
        {
            var weight = rows.Weights[row];
            if (!double.IsNaN(incomes[row]))
            {
                chosen[known++] = row;
                if (weight > 0) n++;
            }
            else if (weight > 0)
            {
                unknownN++;
                unknown += weight;
                least = Math.Min(least, weight);
            }
        }
        var measured = chosen.AsSpan(0, known);
        var sorted = new double[known];
        for (var i = 0; i < known; i++) sorted[i] = incomes[measured[i]];
        // Measures and variances do not depend on the order of ties.
        sorted.AsSpan().Sort(measured);
        var (weights, clusters) = (new double[known], new int[known]);
        for (var i = 0; i < known; i++) (weights[i], clusters[i]) = (rows.Weights[measured[i]], rows.Clusters[measured[i]]);
        return new Households(sorted, weights, clusters, n, unknownN, unknown, unknownN > 0 ? least : 0);
    }
}
