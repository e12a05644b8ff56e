using MathNet.Numerics.Distributions;

namespace Shanhuo.Surveys.Tables;

/// <summary>An interval for a share.</summary>
/// <param name="Low">0 to 1; not-a-number where there is none.</param>
/// <param name="High">0 to 1.</param>
/// <param name="Method"><c>wilson</c>, <c>logit</c>, <c>exact</c> or empty.</param>
internal readonly record struct Interval(double Low, double High, string Method)
{
    public static Interval None { get; } = new(double.NaN, double.NaN, "");
}

/// <summary>Confidence intervals for shares.</summary>
internal static class Intervals
{
    /// <summary>Wilson's score interval without continuity correction (Wilson 1927, JASA 22, 209-212; Newcombe 1998, Statistics in Medicine 17, 857-872, method 3).</summary>
    public static Interval Wilson(long count, long of, double level)
    {
        if (of == 0) return Interval.None;
        var z = Normal.InvCDF(0, 1, (1 + level) / 2);
        var (p, n) = (count / (double)of, (double)of);
        var middle = p + z * z / (2 * n);
        var half = z * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n));
        var scale = 1 + z * z / n;
        return new(count == 0 ? 0 : (middle - half) / scale, count == of ? 1 : (middle + half) / scale, "wilson");
    }

    /// <summary>Wald's interval on the logit scale with Student's t, back-transformed: R survey's svyciprop(method = "logit"). At 0 and 1, where the logit has no value, Clopper and Pearson's exact interval (1934) on the number of people in the base.</summary>
    /// <param name="p">The share.</param>
    /// <param name="se">Its standard error.</param>
    /// <param name="degrees">Clusters less strata.</param>
    /// <param name="of">People in the base.</param>
    /// <param name="level">Such as 0.95.</param>
    public static Interval Logit(double p, double se, int degrees, long of, double level)
    {
        if (degrees <= 0 || of == 0) return Interval.None;
        if (p <= 0) return new(0, 1 - Math.Pow((1 - level) / 2, 1.0 / of), "exact");
        if (p >= 1) return new(Math.Pow((1 - level) / 2, 1.0 / of), 1, "exact");
        var middle = Math.Log(p / (1 - p));
        var half = StudentT.InvCDF(0, 1, degrees, (1 + level) / 2) * se / (p * (1 - p));
        return new(1 / (1 + Math.Exp(half - middle)), 1 / (1 + Math.Exp(-half - middle)), "logit");
    }
}
