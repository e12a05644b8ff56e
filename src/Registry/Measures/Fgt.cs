namespace Shanhuo.Registry.Measures;

/// <summary>The class of poverty measures of Foster, Greer &amp; Thorbecke (1984), "A class of decomposable poverty measures", Econometrica 52(3): incidence (0), gap (1), severity (2).</summary>
/// <remarks>Poor is who has less than the line; who has exactly the line is not poor (as in R's laeken and ineq; convey counts it as poor).</remarks>
internal static class Fgt
{
    /// <summary>P_a = Σ w ((z − y)/z)^a [y &lt; z] / Σ w.</summary>
    /// <param name="incomes">In the unit of the line. Below zero is taken as it stands, so that a gap above 1 is possible.</param>
    /// <param name="weights">One per income, at least 0.</param>
    /// <param name="line">z, above 0.</param>
    /// <param name="power">a: 0, 1 or 2.</param>
    /// <returns>NaN where nothing weighs.</returns>
    public static double Of(ReadOnlySpan<double> incomes, ReadOnlySpan<double> weights, double line, int power)
    {
        var (poor, all) = (0d, 0d);
        for (var i = 0; i < incomes.Length; i++)
        {
            all += weights[i];
            if (incomes[i] < line) poor += weights[i] * Gap(incomes[i], line, power);
        }
        return all > 0 ? poor / all : double.NaN;
    }

    /// <summary>((z − y)/z)^a of one who is poor, else 0.</summary>
    public static double Gap(double income, double line, int power)
    {
        if (income >= line) return 0;
        var gap = (line - income) / line;
        return power switch { 0 => 1, 1 => gap, _ => gap * gap };
    }
}
