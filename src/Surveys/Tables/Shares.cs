namespace Shanhuo.Surveys.Tables;

/// <summary>An estimated share with all that belongs beside it.</summary>
/// <param name="Count">People, or answers, without weights.</param>
/// <param name="Weighted">The same with weights.</param>
/// <param name="BaseCount">What they are a part of, without weights.</param>
/// <param name="BaseWeighted">The same with weights.</param>
/// <param name="Proportion">0 to 1; not-a-number where the base is empty.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Interval">Confidence interval.</param>
/// <param name="DesignEffect">Variance over that of a simple random sample of the same people, drawn with replacement; not-a-number where that has no meaning.</param>
internal sealed record Share(long Count, double Weighted, long BaseCount, double BaseWeighted, double Proportion, double Error, Interval Interval, double DesignEffect);

/// <summary>Shares of one estimated total in another.</summary>
internal static class Shares
{
    /// <summary>The ratio y/z with its standard error by Taylor linearisation: Var = (C_yy − 2 p C_yz + p² C_zz)/z² (Woodruff 1971, JASA 66, 411-414; as svymean over a domain and svyratio in R survey).</summary>
    /// <param name="totals">Totals and covariances.</param>
    /// <param name="part">Variable y.</param>
    /// <param name="whole">Variable z; y is part of it.</param>
    /// <param name="ofPeople">Is z 1 for each of its people? Not so where answers are counted.</param>
    /// <param name="plain">Does everybody count once, drawn alone? Then people get Wilson's interval.</param>
    /// <param name="level">Of the interval.</param>
    public static Share Of(TotalsCovariance totals, int part, int whole, bool ofPeople, bool plain, double level)
    {
        var (y, z, k, n) = (totals.Totals[part], totals.Totals[whole], totals.Sums[part], totals.Sums[whole]);
        if (z <= 0) return new(k, y, n, z, double.NaN, double.NaN, Interval.None, double.NaN);
        // All of the base: the ratio is 1 in every sample, whatever rounding leaves.
        var p = k == n ? 1 : y / z;
        var variance = k == 0 || k == n ? 0 : Math.Max(0, totals[part, part] - 2 * p * totals[part, whole] + p * p * totals[whole, whole]) / (z * z);
        var degrees = totals.ClustersWith[whole] - totals.StrataWith[whole];
        var interval = plain && ofPeople ? Intervals.Wilson(k, n, level) : Intervals.Logit(p, Math.Sqrt(variance), degrees, totals.Weighing[whole], level);
        // svyvar(x)/n of R survey's deff = "replace": p(1 − p) n/(n − 1) / n.
        var simple = p * (1 - p) / (totals.Weighing[whole] - 1);
        var known = degrees > 0 || variance > 0;
        return new(k, y, n, z, p, known ? Math.Sqrt(variance) : double.NaN, interval, ofPeople && simple > 0 && known ? variance / simple : double.NaN);
    }
}
