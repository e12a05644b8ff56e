namespace Shanhuo.Registry.Measures;

/// <summary>The least and the greatest that the measures could be, whatever at-least-zero incomes the households of unknown income have (Manski (2003), Partial Identification of Probability Distributions, chapter 1).</summary>
internal static class Unknowns
{
    /// <summary>Bounds the measures.</summary>
    /// <param name="incomes">The known ones, ascending.</param>
    /// <param name="weights">One per known income, at least 0.</param>
    /// <param name="unknown">Weight of all whose income is unknown.</param>
    /// <param name="leastUnknown">Weight of the one of them that weighs least, above 0 when <paramref name="unknown"/> is.</param>
    /// <param name="line">Above 0; poor is below it.</param>
    public static (PovertyFigures Least, PovertyFigures Greatest) Bound(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, double unknown, double leastUnknown, double line)
    {
        var known = PovertyFigures.Of(incomes, weights, line);
        if (!(unknown > 0)) return (known, known);
        var weight = 0d;
        foreach (var one in weights) weight += one;
        if (!(weight > 0)) return (default, new PovertyFigures(1, 1, 1, 1, 1 - leastUnknown / unknown));

        // Nobody unknown is poor: the poor stay, the base grows, and each of these measures is a sum over the poor divided by the base.
        var share = weight / (weight + unknown);
        // All unknown have nothing. All measures of poverty fall when any income rises.
        var (all, ofAll) = With(incomes, weights, 0, unknown);
        var poorest = PovertyFigures.Of(all, ofAll, line);
        // The Gini is quasi-convex in the incomes (a convex sum of distances over a straight total), so it is greatest where each unknown income is 0 or beyond all bounds.
        var oneHasAll = 1 - leastUnknown / (weight + unknown);
        return (new PovertyFigures(known.P0 * share, known.P1 * share, known.P2 * share, known.Sen * share, LeastGini(incomes, weights, unknown)),
            poorest with { Gini = double.IsNaN(poorest.Gini) ? oneHasAll : Math.Max(poorest.Gini, oneHasAll) });
    }

    // Least where all unknown have the same income v; in v it is a ratio of two straight lines between one known income and the next, so its least is at a known one.
    private static double LeastGini(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, double unknown)
    {
        var (difference, weight, total) = Gini.HalfDifference(incomes, weights);
        var (least, below, held) = (double.NaN, 0d, 0d);
        for (var i = 0; i < incomes.Length; i++)
        {
            below += weights[i];
            held += weights[i] * incomes[i];
            var at = incomes[i];
            if (at < 0) continue;
            var gini = (difference + unknown * (at * (2 * below - weight) + total - 2 * held)) / ((weight + unknown) * (total + unknown * at));
            if (double.IsNaN(least) || gini < least) least = gini;
        }
        return Math.Max(least, 0);
    }

    // The known with one more household of an income and a weight, in order.
    private static (double[] Incomes, double[] Weights) With(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, double income, double weight)
    {
        var at = Sen.PoorOf(incomes, income);
        return ([.. incomes[..at], income, .. incomes[at..]], [.. weights[..at], weight, .. weights[at..]]);
    }
}
