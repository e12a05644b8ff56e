using System.Numerics;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Splits;

/// <summary>Exact products and quotients of fen: in 64 bits where they fit, else wider, rounded once, half to even.</summary>
internal static class Amounts
{
    /// <summary>The most that one part may be, in fen (10^15 yuan); beyond it a line is refused, so that no sum on a line can leave 64 bits.</summary>
    public const long Largest = 100_000_000_000_000_000;

    /// <summary>Stands for every amount from here up: more than any line can hold, and more than <see cref="Largest"/>.</summary>
    public const long Beyond = 1_000_000_000_000_000_000;

    /// <summary>amount × times / by, capped at <see cref="Beyond"/>.</summary>
    /// <param name="amount">At least 0.</param>
    /// <param name="times">At least 0.</param>
    /// <param name="by">At least 1, below 2^61.</param>
    public static long Share(long amount, long times, long by)
    {
        var high = Math.BigMul((ulong)amount, (ulong)times, out var low);
        if (high == 0 && low <= long.MaxValue) return Math.Min(Rounding.HalfEven((long)low, by), Beyond);
        return Quotient((BigInteger)amount * times, by);
    }

    /// <summary>numerator / denominator for numbers of any size, capped at <see cref="Beyond"/>.</summary>
    public static long Quotient(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        if (quotient >= Beyond) return Beyond;
        var twice = (rest * 2).CompareTo(denominator);
        return (long)quotient + (twice > 0 || (twice == 0 && !quotient.IsEven) ? 1 : 0);
    }
}
