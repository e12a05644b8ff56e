namespace Shanhuo.Registry.Measures;

/// <summary>Of one household, a bit for each indicator: is the answer known, and is the household deprived.</summary>
internal readonly record struct Deprived(ulong Known, ulong Lacks);

/// <summary>The weights of the indicators and the cutoff of the poor, exact: one sixth and one sixth are one third.</summary>
/// <param name="Parts">Of each indicator, above 0, at most 64 of them.</param>
/// <param name="CutoffAbove">Numerator of the cutoff as a share of all parts, above 0.</param>
/// <param name="CutoffBelow">Its denominator.</param>
internal sealed record DeprivationWeights(long[] Parts, long CutoffAbove, long CutoffBelow)
{
    public long Whole { get; } = Parts.Sum();

    /// <summary>All indicators.</summary>
    public ulong Every => Parts.Length == 64 ? ulong.MaxValue : (1UL << Parts.Length) - 1;

    /// <summary>Parts in which a household is deprived.</summary>
    public long PartsOf(ulong lacks)
    {
        var sum = 0L;
        for (var j = 0; j < Parts.Length; j++)
            if ((lacks >> j & 1) != 0) sum += Parts[j];
        return sum;
    }

    /// <summary>Is who lacks so many parts poor? At the cutoff: yes.</summary>
    public bool IsPoor(long parts) => (Int128)parts * CutoffBelow >= (Int128)CutoffAbove * Whole;
}

/// <summary>
/// The adjusted headcount and its parts: Alkire &amp; Foster (2011), "Counting and multidimensional poverty measurement", Journal of Public Economics 95(7–8): incidence H, intensity A, M0 = H A,
/// and the share of each indicator in M0 (Alkire et al. (2015), Multidimensional Poverty Measurement and Analysis, chapter 5).
/// </summary>
/// <param name="H">Share of the poor.</param>
/// <param name="A">Mean share of weights that the poor lack; NaN where nobody is poor.</param>
/// <param name="M0">H A; over groups, the mean of the groups' by their weights.</param>
/// <param name="Censored">For each indicator, the share of all who are poor and lack it.</param>
/// <param name="Shares">For each indicator, its share of M0; together 1; NaN where nobody is poor.</param>
internal sealed record Deprivations(double H, double A, double M0, double[] Censored, double[] Shares)
{
    /// <summary>Measures a group.</summary>
    /// <param name="lacks">A bit an indicator for each household, all answers known.</param>
    /// <param name="weights">One per household, at least 0.</param>
    /// <param name="by">Weights and cutoff.</param>
    public static Deprivations Of(ReadOnlySpan<ulong> lacks, ReadOnlySpan<double> weights, DeprivationWeights by)
    {
        var (all, poor, lacked) = (Sums.Of(weights), 0d, 0d);
        var censored = new double[by.Parts.Length];
        for (var i = 0; i < lacks.Length; i++)
        {
            var parts = by.PartsOf(lacks[i]);
            if (!by.IsPoor(parts)) continue;
            poor += weights[i];
            lacked += weights[i] * parts;
            for (var j = 0; j < censored.Length; j++)
                if ((lacks[i] >> j & 1) != 0) censored[j] += weights[i];
        }
        if (!(all > 0)) return new Deprivations(double.NaN, double.NaN, double.NaN, Of(double.NaN), Of(double.NaN));
        var shares = censored.Select((weight, j) => lacked > 0 ? weight * by.Parts[j] / lacked : double.NaN).ToArray();
        return new Deprivations(poor / all, poor > 0 ? lacked / by.Whole / poor : double.NaN, lacked / by.Whole / all, [.. censored.Select(c => c / all)], shares);

        double[] Of(double one) => [.. censored.Select(_ => one)];
    }

    /// <summary>How much a household moves H, A and M0, by its weight; see <see cref="Influence"/>. A is the ratio of the other two.</summary>
    public (double OfH, double OfA, double OfM0) InfluenceOf(ulong lacks, double all, DeprivationWeights by)
    {
        var parts = by.PartsOf(lacks);
        var isPoor = by.IsPoor(parts);
        var ofH = ((isPoor ? 1 : 0) - H) / all;
        var ofM0 = ((isPoor ? (double)parts / by.Whole : 0) - M0) / all;
        return (ofH, (ofM0 - A * ofH) / H, ofM0);
    }
}
