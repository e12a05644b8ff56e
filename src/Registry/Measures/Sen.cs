namespace Shanhuo.Registry.Measures;

/// <summary>Sen's index of poverty: the gaps of the poor, the poorer the more.</summary>
internal static class Sen
{
    /// <summary>
    /// S = H (I + (1 − I) G_p): incidence, mean gap of the poor over the line, and the Gini among the poor. Sen (1976), "Poverty: an ordinal approach to measurement", Econometrica 44(2),
    /// the form for many poor, which does not change when every household is counted twice; the same as <c>Sen</c> of R's ineq.
    /// </summary>
    /// <param name="incomes">Ascending, at least 0.</param>
    /// <param name="weights">One per income, at least 0.</param>
    /// <param name="line">Above 0; poor is below it.</param>
    /// <returns>0 where nobody is poor, NaN where nothing weighs.</returns>
    public static double Of(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, double line)
    {
        var gap = Fgt.Of(incomes, weights, line, 1);
        var poor = PoorOf(incomes, line);
        var (difference, weightOfPoor, _) = Gini.HalfDifference(incomes[..poor], weights[..poor]);
        // H (1 − I) G_p = D / (N z N_p): so a zero income of all poor needs no case of its own.
        return weightOfPoor > 0 ? gap + difference / (Sums.Of(weights) * line * weightOfPoor) : gap;
    }

    /// <summary>The index for few households, none weighing more than another: S = 2/((q+1) n z) Σ (z − y_i)(q + 1 − i), i from the poorest. Sen (1976), theorem 1.</summary>
    /// <param name="incomes">Ascending, at least one.</param>
    /// <param name="line">Above 0; poor is below it.</param>
    public static double OfFew(ReadOnlySpan<double> incomes, double line)
    {
        var poor = PoorOf(incomes, line);
        var sum = 0d;
        for (var i = 0; i < poor; i++) sum += (line - incomes[i]) * (poor - i);
        return 2 * sum / ((poor + 1d) * incomes.Length * line);
    }

    /// <summary>How many of the ascending incomes are below the line.</summary>
    public static int PoorOf(ReadOnlySpan<double> incomes, double line)
    {
        var (from, to) = (0, incomes.Length);
        while (from < to)
        {
            var middle = from + (to - from) / 2;
            if (incomes[middle] < line) from = middle + 1; else to = middle;
        }
        return from;
    }
}
