namespace Shanhuo.Registry.Targeting.Simulations;

/// <summary>Wilson's score interval at 95 % (E. B. Wilson, JASA 22, 1927, pages 209-212), without continuity correction.</summary>
internal static class Wilson
{
    private const double Z = 1.959963984540054;

    /// <summary>The interval of a share.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="size">How many were asked, above 0; of a design, the size of a simple sample with the same variance (Franco, Little, Louis &amp; Slud, Journal of Survey Statistics and Methodology 7, 2019).</param>
    public static (double Low, double High) Of(double share, double size)
    {
        if (!(size > 0)) return (0, 1);
        var middle = share + Z * Z / (2 * size);
        var half = Z * Math.Sqrt(Math.Max(0, share * (1 - share) / size) + Z * Z / (4 * size * size));
        var scale = 1 + Z * Z / size;
        return (share <= 0 ? 0 : Math.Max(0, (middle - half) / scale), share >= 1 ? 1 : Math.Min(1, (middle + half) / scale));
    }
}
