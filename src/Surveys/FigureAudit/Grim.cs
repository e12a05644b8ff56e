using Shanhuo.Kernel;

namespace Shanhuo.Surveys.FigureAudit;

/// <summary>The ways in which a whole number of respondents gives a printed percentage.</summary>
[Flags]
internal enum GrimFit
{
    /// <summary>In none: nobody can have counted this.</summary>
    None = 0,

    /// <summary>Rounded, halves up.</summary>
    HalfUp = 1,

    /// <summary>Rounded, halves to the even digit.</summary>
    HalfEven = 2,

    /// <summary>Cut off.</summary>
    Truncated = 4,

    /// <summary>Rounded either way.</summary>
    Rounded = HalfUp | HalfEven,
}

/// <summary>A printed percentage without its point: 66.20 is 6620 with 2 decimals.</summary>
/// <param name="Digits">The percentage times 10^decimals; 0 to 100 % at sense.</param>
/// <param name="Decimals">0 to 6.</param>
internal readonly record struct PrintedPercent(long Digits, int Decimals)
{
    /// <summary>How many units of the last digit make the whole, 100 %.</summary>
    public long Whole => Wholes[Decimals];

    private static ReadOnlySpan<long> Wholes => [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>0 % and 100 % come from every base and say nothing about it.</summary>
    public bool IsTrivial => Digits == 0 || Digits == Whole;
}

/// <summary>GRIM: is there a whole number k with k/n printed as this percentage? (N. J. L. Brown and J. A. J. Heathers, The GRIM test, Social Psychological and Personality Science 8(4), 2017, pages 363-369; there for means of whole numbers, of which a percentage is one.)</summary>
internal static class Grim
{
    /// <summary>How k of n gives the percentage for some k from 0 to n, by whole numbers only. The k of each way can differ.</summary>
    /// <param name="percent">As printed.</param>
    /// <param name="n">The base, at least 1.</param>
    public static GrimFit Fit(PrintedPercent percent, long n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var whole = percent.Whole;
        if (percent.Digits < 0 || percent.Digits > whole) return GrimFit.None;
        // From one person a unit on, every percentage has its count.
        if (n >= whole) return GrimFit.Rounded | GrimFit.Truncated;
        var near = percent.Digits * n / whole;
        return At(percent, near, n) | (near < n ? At(percent, near + 1, n) : GrimFit.None);
    }

    /// <summary>Does some k of n give the percentage by rounding, halves up or to even? The same as <see cref="Fit"/> with one division.</summary>
    public static bool Rounds(PrintedPercent percent, long n)
    {
        var whole = percent.Whole;
        if (percent.Digits < 0 || percent.Digits > whole) return false;
        if (n >= whole) return true;
        var wanted = percent.Digits * n;
        var over = 2 * ((2 * wanted + whole) / (2 * whole) * whole - wanted);
        return (over >= -n && over < n) || (over == n && (percent.Digits & 1) == 0);
    }

    /// <summary>How exactly this k of n gives the percentage.</summary>
    public static GrimFit At(PrintedPercent percent, long k, long n)
    {
        var exact = k * percent.Whole;
        var fit = GrimFit.None;
        if ((2 * exact + n) / (2 * n) == percent.Digits) fit |= GrimFit.HalfUp;
        if (Rounding.HalfEven(exact, n) == percent.Digits) fit |= GrimFit.HalfEven;
        if (exact / n == percent.Digits) fit |= GrimFit.Truncated;
        return fit;
    }

    /// <summary>The whole number from 0 to n that comes nearest.</summary>
    public static long Nearest(PrintedPercent percent, long n) => Math.Clamp((long)(((Int128)2 * percent.Digits * n + percent.Whole) / (2 * percent.Whole)), 0, n);

    /// <summary>Part of all percentages of these decimals that some k of n gives by rounding: how likely a made-up one passes.</summary>
    public static double ChanceToFit(int decimals, long n)
    {
        var whole = new PrintedPercent(0, decimals).Whole;
        return Math.Min(1, (n + 1.0) / (whole + 1.0));
    }

    /// <summary>Base-10 logarithm of a bound on the chance that at least <paramref name="fits"/> of <paramref name="of"/> made-up percentages fit.</summary>
    /// <remarks>W. Hoeffding, Probability Inequalities for Sums of Bounded Random Variables, JASA 58 (1963), theorem 1, inequality (2.1): exp(-m KL(x/m, p)), with p the mean chance, so also for mixed decimals.</remarks>
    public static double LogChance(int fits, int of, double meanChance)
    {
        var (x, p) = ((double)fits / of, meanChance);
        if (x <= p || p >= 1) return 0;
        var distance = x * Math.Log(x / p) + (x < 1 ? (1 - x) * Math.Log((1 - x) / (1 - p)) : 0);
        return -of * distance / Math.Log(10);
    }

    /// <summary>95 % interval of a proportion in per cent (E. B. Wilson, JASA 22, 1927, pages 209-212), z = 1.959964.</summary>
    public static (double Low, double High) Wilson(long k, long n)
    {
        const double z = 1.959963984540054;
        double p = (double)k / n, z2 = z * z / n;
        var middle = p + z2 / 2;
        var half = z * Math.Sqrt(p * (1 - p) / n + z2 / (4 * n));
        return (100 * (middle - half) / (1 + z2), 100 * (middle + half) / (1 + z2));
    }
}
