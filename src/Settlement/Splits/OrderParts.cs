using Shanhuo.Kernel;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Splits;

/// <summary>Amounts per order and per parcel, apportioned over those lines of an order to which the step applies.</summary>
internal static class OrderParts
{
    /// <summary>Apportions every order step of a scheme: by goods amount, or by equal weights where all goods are 0; ties ordinal by line.</summary>
    /// <param name="scheme">Its <see cref="Scheme.OrderSteps"/> are apportioned.</param>
    /// <param name="lines">The lines of the order, in any order.</param>
    /// <param name="ordinal">Positions in <paramref name="lines"/> in ordinal order of line id; as long as it.</param>
    /// <param name="parts">Overwritten: for line l and order step s, at l × OrderSteps + s; 0 where the step does not apply.</param>
    /// <exception cref="OverflowException">Amount × parcels leaves 64 bits.</exception>
    public static void Fill(Scheme scheme, ReadOnlySpan<LineAmounts> lines, ReadOnlySpan<int> ordinal, Span<long> parts)
    {
        var steps = scheme.OrderSteps.AsSpan();
        parts[..(lines.Length * steps.Length)].Clear();
        for (var s = 0; s < steps.Length; s++)
        {
            var bit = scheme.OrderBits[s];
            var amount = steps[s].Per == Per.Parcel ? checked(steps[s].Fixed.Value * lines[0].Parcels) : steps[s].Fixed.Value;
            if (lines.Length == 1)
            {
                if ((lines[0].Applies & bit) != 0) parts[s] = amount;
                continue;
            }
            Apportion(amount, bit, lines, ordinal, s, steps.Length, parts);
        }
    }

    private static void Apportion(long amount, ulong bit, ReadOnlySpan<LineAmounts> lines, ReadOnlySpan<int> ordinal, int step, int steps, Span<long> parts)
    {
        var concerned = 0;
        var anyGoods = false;
        foreach (ref readonly var line in lines)
        {
            if ((line.Applies & bit) == 0) continue;
            concerned++;
            anyGoods |= line.Goods > 0;
        }
        if (concerned == 0) return;
        Span<long> weights = concerned <= 64 ? stackalloc long[concerned] : new long[concerned];
        Span<long> shares = concerned <= 64 ? stackalloc long[concerned] : new long[concerned];
        var at = 0;
        foreach (var l in ordinal)
            if ((lines[l].Applies & bit) != 0) weights[at++] = anyGoods ? lines[l].Goods : 1;
        Webster.Apportion(amount, weights, shares);
        at = 0;
        foreach (var l in ordinal)
            if ((lines[l].Applies & bit) != 0) parts[l * steps + step] = shares[at++];
    }
}
