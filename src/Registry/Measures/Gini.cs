namespace Shanhuo.Registry.Measures;

/// <summary>The Gini coefficient with weights, 0 to 1 where no income is negative.</summary>
/// <remarks>
/// Estimator: half the relative mean difference, Σ Σ w_i w_j |y_i − y_j| / (2 N T) with N = Σ w and T = Σ w y, the one of R's laeken (<c>gini</c>, there in percent).
/// Incomes that tie may stand in any order, and a weight of 3 counts as three equal households. R's convey ranks by 2 N_i − 1 instead of 2 N_i − w_i and differs a little.
/// </remarks>
internal static class Gini
{
    /// <summary>G = Σ w y (2 N_i − w) / (N T) − 1, where N_i is the weight up to and with i.</summary>
    /// <param name="incomes">Ascending.</param>
    /// <param name="weights">One per income, at least 0.</param>
    /// <returns>NaN where the incomes together are not above zero.</returns>
    public static double Of(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights)
    {
        var (difference, weight, total) = HalfDifference(incomes, weights);
        return total > 0 ? difference / (weight * total) : double.NaN;
    }

    /// <summary>Σ Σ w_i w_j |y_i − y_j| / 2, with N and T.</summary>
    /// <param name="incomes">Ascending.</param>
    /// <param name="weights">One per income, at least 0.</param>
    public static (double HalfDifference, double Weight, double Total) HalfDifference(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights)
    {
        var (difference, weight, total) = (0d, 0d, 0d);
        for (var i = 0; i < incomes.Length; i++)
        {
            // What i is above all before it: every pair is met once, and nothing large is subtracted from something large at the end.
            difference += weights[i] * (incomes[i] * weight - total);
            weight += weights[i];
            total += weights[i] * incomes[i];
        }
        return (difference, weight, total);
    }
}
