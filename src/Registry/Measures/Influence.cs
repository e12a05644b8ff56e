namespace Shanhuo.Registry.Measures;

/// <summary>
/// How much each household moves a measure: the derivative of the estimator by the household's weight. The variance of the total of these is the variance of the measure
/// (linearisation: Deville (1999), Survey Methodology 25(2); as R's survey and convey do).
/// </summary>
internal static class Influence
{
    /// <summary>Fills the influences of one measure.</summary>
    /// <param name="measure">Its place among <see cref="PovertyFigures.Names"/>.</param>
    /// <param name="incomes">Ascending, none unknown.</param>
    /// <param name="weights">One per income, at least 0.</param>
    /// <param name="line">Fixed, above 0; it is not estimated from the sample.</param>
    /// <param name="influence">One per income.</param>
    public static void Of(int measure, ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, double line, Span<double> influence)
    {
        if (measure <= 2) OfFgt(measure, incomes, weights, line, influence);
        else if (measure == 3) OfSen(incomes, weights, line, influence);
        else OfGini(incomes, weights, influence);
    }

    // ((z − y)/z)^a [y < z] − P_a over N: the ratio of two totals.
    private static void OfFgt(int power, ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, double line, Span<double> influence)
    {
        var figure = Fgt.Of(incomes, weights, line, power);
        var (_, weight, _) = Gini.HalfDifference(incomes, weights);
        for (var i = 0; i < incomes.Length; i++) influence[i] = (Fgt.Gap(incomes[i], line, power) - figure) / weight;
    }

    // (2 N_k (y_k − mean up to k) + T − N y_k − G (T + N y_k)) / (N T): Langel & Tillé (2013), Journal of the Royal Statistical Society A 176(2).
    private static void OfGini(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, Span<double> influence)
    {
        var (difference, weight, total) = Gini.HalfDifference(incomes, weights);
        var gini = difference / (weight * total);
        var (below, held) = (0d, 0d);
        for (var i = 0; i < incomes.Length; i++)
        {
            below += weights[i];
            held += weights[i] * incomes[i];
            influence[i] = (2 * (below * incomes[i] - held) + total - weight * incomes[i] - gini * (total + weight * incomes[i])) / (weight * total);
        }
    }

    // S = P_1 + Q with Q = E / (z N N_p), E the half difference among the poor: the derivative by the weight of k, poor or not.
    private static void OfSen(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, double line, Span<double> influence)
    {
        OfFgt(1, incomes, weights, line, influence);
        var poor = Sen.PoorOf(incomes, line);
        var (difference, weightOfPoor, totalOfPoor) = Gini.HalfDifference(incomes[..poor], weights[..poor]);
        if (!(weightOfPoor > 0)) return;
        var (_, weight, _) = Gini.HalfDifference(incomes, weights);
        var scale = line * weight * weightOfPoor;
        var part = difference / scale;
        var (below, held) = (0d, 0d);
        for (var i = 0; i < incomes.Length; i++)
        {
            influence[i] -= part / weight;
            if (i >= poor) continue;
            below += weights[i];
            held += weights[i] * incomes[i];
            influence[i] += (incomes[i] * (2 * below - weightOfPoor) + totalOfPoor - 2 * held) / scale - part / weightOfPoor;
        }
    }
}
