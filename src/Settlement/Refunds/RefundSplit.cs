using Shanhuo.Kernel;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Refunds;

/// <summary>
/// Takes a refund back from those who received. Each refund posts what is due after it less what was due before it, so any sequence of
/// refunds ends where one refund would, no posting runs the wrong way, and a full refund takes back exactly what was paid.
/// </summary>
internal static class RefundSplit
{
    private const int Entries = Roles.Count * 2; // each role's netted part before its sunk part

    /// <summary>Nothing limits what the pools give back.</summary>
    public static readonly long[] NothingPaidOut = Unlimited();

    /// <summary>The postings of one refund of a line, one per role; they sum to zero.</summary>
    /// <param name="line">What the line posted.</param>
    /// <param name="gross">Goods and freight of the line, in fen; above 0.</param>
    /// <param name="before">Refunded before this one, at least 0.</param>
    /// <param name="amount">This refund, above 0; together with <paramref name="before"/> at most <paramref name="gross"/>.</param>
    /// <param name="bearer">Gives back what went through sunk steps: the scheme's bearer of refunds, or the fault that this refund names.</param>
    /// <param name="poolBearer">The scheme's bearer of refunds: gives back what a pool has paid out already.</param>
    /// <param name="unpaid">Per role, what its account still holds and can give back; only pools (growers, village fund) are ever short. Fen, at least 0.</param>
    /// <param name="postings">Overwritten, <see cref="Roles.Count"/> long: above 0 has it back (the buyer, and those who put in), below 0 gives it back.</param>
    /// <exception cref="ArgumentOutOfRangeException">The refund is not above 0, or beyond what is left.</exception>
    public static void Post(LinePostings line, long gross, long before, long amount, SchemeRole bearer, SchemeRole poolBearer, ReadOnlySpan<long> unpaid, Span<long> postings)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(before);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, gross - before);
        Span<long> after = stackalloc long[Entries + Roles.Count], earlier = stackalloc long[Entries + Roles.Count];
        Due(line, gross, before + amount, after);
        Due(line, gross, before, earlier);
        postings.Clear();
        postings[(int)SchemeRole.Buyer] = amount;
        for (var role = 0; role < Roles.Count; role++)
        {
            postings[role] += after[Entries + role] - earlier[Entries + role];
            var netted = after[2 * role] - earlier[2 * role];
            var given = Math.Min(netted, unpaid[role]);
            postings[role] -= given;
            postings[(int)poolBearer] -= netted - given;
            postings[(int)bearer] -= after[2 * role + 1] - earlier[2 * role + 1];
        }
    }

    /// <summary>What is due when so much of a line is refunded: given back per entry, then had back per role.</summary>
    private static void Due(LinePostings line, long gross, long refunded, Span<long> due)
    {
        due.Clear();
        if (refunded == 0) return;
        Span<long> putIn = stackalloc long[Roles.Count], received = stackalloc long[Entries];
        var together = 0L;
        for (var role = 0; role < Roles.Count; role++)
        {
            var netted = line.Netted[role];
            putIn[role] = Math.Max(-netted, 0);
            received[2 * role] = Math.Max(netted, 0);
            received[2 * role + 1] = line.Sunk[role];
            together += putIn[role];
        }
        var hadBack = together == 0 ? 0 : Rounding.HalfEven((Int128)together * refunded, gross);
        if (together > 0) Webster.Apportion(hadBack, putIn, due[Entries..]);
        Webster.Apportion(refunded + hadBack, received, due[..Entries]);
    }

    private static long[] Unlimited()
    {
        var all = new long[Roles.Count];
        Array.Fill(all, long.MaxValue);
        return all;
    }
}
