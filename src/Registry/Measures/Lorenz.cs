namespace Shanhuo.Registry.Measures;

/// <summary>The Lorenz curve: what share of all income the poorest share of households has. Lorenz (1905), "Methods of measuring the concentration of wealth", Publications of the American Statistical Association 9(70).</summary>
internal static class Lorenz
{
    /// <summary>The curve at 0, 1/n … 1, straight between one household and the next, as R's ineq (<c>Lc</c>) draws it.</summary>
    /// <param name="incomes">Ascending.</param>
    /// <param name="weights">One per income, at least 0.</param>
    /// <param name="parts">n, at least 1.</param>
    /// <returns>n + 1 shares of income, the first 0 and the last 1; NaN where the incomes together are not above zero.</returns>
    public static double[] Of(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, int parts)
    {
        var (_, weight, total) = Gini.HalfDifference(incomes, weights);
        var shares = new double[parts + 1];
        if (!(total > 0))
        {
            shares.AsSpan().Fill(double.NaN);
            return shares;
        }
        var (i, below, held) = (0, 0d, 0d);
        for (var part = 1; part < parts; part++)
        {
            var asked = weight * part / parts;
            while (i < incomes.Length && below + weights[i] <= asked)
            {
                below += weights[i];
                held += weights[i] * incomes[i];
                i++;
            }
            shares[part] = (held + (i < incomes.Length ? (asked - below) * incomes[i] : 0)) / total;
        }
        shares[parts] = 1;
        return shares;
    }
}
