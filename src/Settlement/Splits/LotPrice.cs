using System.Numerics;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Splits;

/// <summary>The mean price of a lot as an exact fraction: Σ(quantity × price) over Σ quantity (and over 1000 more for grams). The mean itself is never rounded.</summary>
internal readonly struct LotPrice
{
    private readonly Int128 numerator, denominator;
    private readonly long fastNumerator, fastDenominator; // the reduced fraction where it fits 64 bits, else 0

    /// <summary>The mean of a lot by weight or by the piece.</summary>
    /// <param name="value">Σ grams × fen per kilogram, or Σ pieces × fen per piece; at least 0.</param>
    /// <param name="quantity">Σ grams, or Σ pieces; at least 1.</param>
    /// <param name="byPiece">Is the lot counted by the piece?</param>
    public LotPrice(Int128 value, Int128 quantity, bool byPiece)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(quantity, Int128.One);
        var whole = byPiece ? quantity : checked(quantity * 1000);
        var divisor = (Int128)BigInteger.GreatestCommonDivisor(value, whole);
        (numerator, denominator) = (value / divisor, whole / divisor);
        if (numerator <= long.MaxValue && denominator <= long.MaxValue / 4) (fastNumerator, fastDenominator) = ((long)numerator, (long)denominator);
    }

    /// <summary>Quantity × mean, rounded once, half to even; capped at <see cref="Amounts.Beyond"/>.</summary>
    /// <param name="quantity">Grams or pieces, at least 0.</param>
    public long Of(long quantity)
    {
        if (fastDenominator > 0)
        {
            var high = Math.BigMul((ulong)quantity, (ulong)fastNumerator, out var low);
            if (high == 0 && low <= long.MaxValue) return Math.Min(Rounding.HalfEven((long)low, fastDenominator), Amounts.Beyond);
        }
        return Amounts.Quotient((BigInteger)quantity * numerator, denominator);
    }
}

/// <summary>What a scheme can ask of a line's lot.</summary>
internal sealed record LotTerms
{
    /// <summary>Are its quantities pieces, not grams?</summary>
    public bool ByPiece { get; init; }

    /// <summary>Mean of the prices agreed at intake.</summary>
    public LotPrice Intake { get; init; }

    /// <summary>Mean of the guaranteed prices; null where there is no contract, which a scheme that pays it must not meet.</summary>
    public LotPrice? Contract { get; init; }

    /// <summary>Who bought it at intake and stands in the growers' place; null: nobody.</summary>
    public SchemeRole? BoughtBy { get; init; }
}
