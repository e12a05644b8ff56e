namespace Shanhuo.Registry.Measures;

/// <summary>Sums that do not lose the small beside the large.</summary>
internal static class Sums
{
    /// <summary>Neumaier (1974), Zeitschrift für angewandte Mathematik und Mechanik 54(1).</summary>
    public static double Of(ReadOnlySpan<double> values)
    {
        var (sum, lost) = (0d, 0d);
        foreach (var value in values)
        {
            var next = sum + value;
            lost += Math.Abs(sum) >= Math.Abs(value) ? sum - next + value : value - next + sum;
            sum = next;
        }
        return sum + lost;
    }
}
