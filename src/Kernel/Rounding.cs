namespace Shanhuo.Kernel;

/// <summary>The one rounding of money: half to even on the exact quotient.</summary>
public static class Rounding
{
    /// <summary>numerator / denominator to the nearest whole number, exact halves to the even one.</summary>
    /// <param name="numerator">Any sign.</param>
    /// <param name="denominator">Above zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The denominator is not above zero.</exception>
    /// <exception cref="OverflowException">The result does not fit 64 bits.</exception>
    public static long HalfEven(Int128 numerator, Int128 denominator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(denominator, Int128.Zero);
        var quotient = numerator / denominator;
        var rest = Int128.Abs(numerator - quotient * denominator);
        var twice = rest + rest;
        if (twice > denominator || (twice == denominator && !Int128.IsEvenInteger(quotient)))
            quotient += numerator < 0 ? -1 : 1;
        return checked((long)quotient);
    }

    /// <summary>The same in 64 bits, many times faster.</summary>
    /// <param name="numerator">Any sign.</param>
    /// <param name="denominator">Above zero, below 2^62.</param>
    /// <exception cref="ArgumentOutOfRangeException">The denominator is not above zero.</exception>
    public static long HalfEven(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var (quotient, rest) = Math.DivRem(numerator, denominator);
        var twice = 2 * Math.Abs(rest);
        if (twice > denominator || (twice == denominator && (quotient & 1) != 0)) quotient += numerator < 0 ? -1 : 1;
        return quotient;
    }
}
