using System.Numerics;

namespace Shanhuo.Kernel;

/// <summary>Divides whole fen among owners by weight with the Webster (Sainte-Laguë) divisor method. The only division among several in the program.</summary>
/// <remarks>
/// Fen are handed out one by one to the owner with the greatest w / (2s + 1), s being what it has; ties go to the one that stands first.
/// (A. Sainte-Laguë 1910; M. L. Balinski and H. P. Young, Fair Representation, 1982.) So no part falls when the amount grows, and an amount
/// that equals the sum of the weights returns the weights. All comparisons are exact: 64-bit where the products fit, else 128-bit, else <see cref="BigInteger"/>.
/// </remarks>
public static class Webster
{
    /// <summary>Divides whole fen by weight.</summary>
    /// <param name="amount">At least 0.</param>
    /// <param name="weights">One per owner, at least 0, not all 0, in ordinal order of owner id, which settles ties.</param>
    /// <returns>One part per weight, same order; together exactly <paramref name="amount"/>.</returns>
    /// <exception cref="ArgumentException">No weight is above zero, or one is below.</exception>
    public static Fen[] Apportion(Fen amount, ReadOnlySpan<long> weights)
    {
        var parts = new long[weights.Length];
        Apportion(amount.Value, weights, parts);
        return Array.ConvertAll(parts, part => new Fen(part));
    }

    /// <summary>As <see cref="Apportion(Fen, ReadOnlySpan{long})"/>, into the caller's memory.</summary>
    /// <param name="amount">At least 0; fen, or any other whole unit.</param>
    /// <param name="weights">As above.</param>
    /// <param name="parts">As long as <paramref name="weights"/>; overwritten.</param>
    public static void Apportion(long amount, ReadOnlySpan<long> weights, Span<long> parts)
    {
        var (sum, largest) = (UInt128.Zero, 0L);
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight, nameof(weights));
            sum += (ulong)weight;
            largest = Math.Max(largest, weight);
        }
        Check(amount, largest > 0, weights.Length, parts.Length);
        if (weights.Length == 1) parts[0] = amount;
        else if ((((UInt128)(ulong)amount * 2) + 1) * (ulong)largest + sum < long.MaxValue) Divide<long, ulong>(amount, weights, (ulong)sum, parts);
        else Divide(amount, weights, sum, parts);
    }

    /// <summary>For weights beyond 64 bits, such as grams × fen per kilogram of a whole province; falls back to the fast way where they fit.</summary>
    public static void Apportion(long amount, ReadOnlySpan<Int128> weights, Span<long> parts)
    {
        var (sum, largest) = (BigInteger.Zero, Int128.Zero);
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight, nameof(weights));
            if (weight > largest) largest = weight;
        }
        if (largest <= long.MaxValue)
        {
            var narrow = new long[weights.Length];
            for (var i = 0; i < narrow.Length; i++) narrow[i] = (long)weights[i];
            Apportion(amount, narrow, parts);
            return;
        }
        Check(amount, true, weights.Length, parts.Length);
        foreach (var weight in weights) sum += weight;
        Divide(amount, weights, sum, parts);
    }

    private static void Check(long amount, bool anyWeight, int weights, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        if (!anyWeight) throw new ArgumentException("No weight is above zero.", nameof(weights));
        if (weights != parts) throw new ArgumentException("There must be one part per weight.", nameof(parts));
    }

    private static void Divide<TWeight, TProduct>(long amount, ReadOnlySpan<TWeight> weights, TProduct sum, Span<long> parts)
        where TWeight : IBinaryInteger<TWeight>
        where TProduct : IBinaryInteger<TProduct>
    {
        // Rounding every quota (halves down) takes exactly the fen whose priority lies above one threshold: a state that handing out one by one
        // passes through too. What is missing or too much from there, at most one fen per owner, goes by priority.
        var twice = TProduct.CreateChecked(amount) + TProduct.CreateChecked(amount);
        var doubled = sum + sum;
        var missing = amount;
        for (var i = 0; i < weights.Length; i++)
        {
            var quota = twice * TProduct.CreateChecked(weights[i]) + sum - TProduct.One;
            parts[i] = long.CreateChecked(quota / doubled);
            missing -= parts[i];
        }
        if (missing == 0) return;
        var queue = new PriorityHeap<TWeight, TProduct>(weights, parts, missing > 0, weights.Length <= 128 ? stackalloc int[weights.Length] : new int[weights.Length]);
        for (; missing > 0; missing--) queue.Give();
        for (; missing < 0; missing++) queue.Take();
    }
}
