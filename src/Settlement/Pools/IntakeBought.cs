using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Pools;

/// <summary>A lot bought at intake, and money advanced on one.</summary>
internal static class IntakeBought
{
    /// <summary>What the buyer owes the growers' pool at once: Σ quantity × price, rounded once, half to even. Capped at <see cref="Amounts.Beyond"/>.</summary>
    /// <param name="value">Σ grams × fen per kilogram, or Σ pieces × fen per piece.</param>
    /// <param name="byPiece">Is the lot counted by the piece?</param>
    public static long Owed(Int128 value, bool byPiece) => Amounts.Quotient(value, byPiece ? 1 : 1000);

    /// <summary>Sets an advance off against what a household is entitled to.</summary>
    /// <param name="entitlement">All that the household is entitled to so far, in fen.</param>
    /// <param name="advance">What it was advanced on this lot, in fen.</param>
    /// <param name="paidBefore">What it was paid on this lot besides the advance, in fen.</param>
    /// <returns>What is set off, and what can be paid now; neither below 0.</returns>
    public static (long SetOff, long Payable) SetOff(long entitlement, long advance, long paidBefore)
    {
        var setOff = Math.Min(advance, Math.Max(entitlement, 0));
        return (setOff, Math.Max(entitlement - setOff - paidBefore, 0));
    }

    /// <summary>What the advances on a lot exceed its pool by when the lot is closed: the scheme's bearer puts it in.</summary>
    /// <param name="entitlements">What each household is entitled to, in fen.</param>
    /// <param name="advances">What each was advanced, same order.</param>
    public static long Excess(ReadOnlySpan<long> entitlements, ReadOnlySpan<long> advances)
    {
        var excess = 0L;
        for (var i = 0; i < advances.Length; i++) excess = checked(excess + Math.Max(advances[i] - entitlements[i], 0));
        return excess;
    }
}
