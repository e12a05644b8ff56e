using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Pools;

/// <summary>What one owner (a household, or a village) has in a lot.</summary>
/// <param name="Owner">Public code; owners sort by its UTF-8 bytes.</param>
/// <param name="Value">Σ quantity × agreed price (grams × fen per kilogram, or pieces × fen per piece), at least 0.</param>
/// <param name="Quantity">Σ grams or pieces, at least 0.</param>
internal readonly record struct Holding(string Owner, Int128 Value, Int128 Quantity);

/// <summary>Who has what in a lot: the owners in ordinal order, each once. Divides the lot's pool.</summary>
internal sealed class Holdings
{
    private readonly Holding[] all;

    private Holdings(Holding[] all) => this.all = all;

    /// <summary>In ordinal order of owner.</summary>
    public ReadOnlySpan<Holding> All => all;

    /// <summary>Σ quantity × price of all.</summary>
    public Int128 Value { get; private init; }

    /// <summary>Σ quantity of all.</summary>
    public Int128 Quantity { get; private init; }

    /// <summary>Gathers intakes, in any order; those of one owner are added together.</summary>
    public static Holdings Of(IEnumerable<Holding> intakes)
    {
        var byOwner = new Dictionary<string, Holding>(StringComparer.Ordinal);
        foreach (var intake in intakes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(intake.Value, nameof(intakes));
            ArgumentOutOfRangeException.ThrowIfNegative(intake.Quantity, nameof(intakes));
            var has = byOwner.GetValueOrDefault(intake.Owner);
            byOwner[intake.Owner] = new Holding(intake.Owner, has.Value + intake.Value, has.Quantity + intake.Quantity);
        }
        var all = byOwner.Values.ToArray();
        Array.Sort(all, (a, b) => Ordinal.Compare(a.Owner, b.Owner));
        var (value, quantity) = (Int128.Zero, Int128.Zero);
        foreach (var holding in all) (value, quantity) = (value + holding.Value, quantity + holding.Quantity);
        return new Holdings(all) { Value = value, Quantity = quantity };
    }

    /// <summary>The weights by which the pool is divided: values, or quantities where all prices of the lot are 0.</summary>
    /// <param name="lotHasPrice">Is any price of the lot above 0? For villages ask the lot's households.</param>
    public Int128[] Weights(bool lotHasPrice) => Array.ConvertAll(all, holding => lotHasPrice ? holding.Value : holding.Quantity);

    /// <summary>Everybody's entitlement when the pool has received so much.</summary>
    /// <param name="received">All that the pool has received so far, net of refunds; fen, at least 0.</param>
    /// <returns>One per owner, together exactly <paramref name="received"/>.</returns>
    public long[] Entitlements(long received)
    {
        var parts = new long[all.Length];
        if (all.Length > 0) Webster.Apportion(received, Weights(Value > 0), parts);
        return parts;
    }

    /// <summary>What is paid now: entitlement less what was paid before, never below 0.</summary>
    /// <param name="received">As for <see cref="Entitlements"/>.</param>
    /// <param name="paidBefore">One per owner, in their order; fen.</param>
    /// <remarks>Below 0 only after a refund: what was paid stays paid, and is set off against what comes later.</remarks>
    public long[] Payable(long received, ReadOnlySpan<long> paidBefore)
    {
        var parts = Entitlements(received);
        for (var i = 0; i < parts.Length; i++) parts[i] = Math.Max(parts[i] - paidBefore[i], 0);
        return parts;
    }

    /// <summary>What another lot takes from this one: of every owner value and quantity in proportion, apportioned.</summary>
    /// <param name="takenBefore">Grams or pieces that lots took from this one earlier.</param>
    /// <param name="taken">Grams or pieces taken now; together at most <see cref="Quantity"/>.</param>
    /// <remarks>Reckoned as all taken so far less what was taken before, so that many takings end where one would.</remarks>
    public IEnumerable<Holding> Take(long takenBefore, long taken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(takenBefore);
        ArgumentOutOfRangeException.ThrowIfNegative(taken);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((Int128)takenBefore + taken, Quantity);
        var (before, after) = (TakenUpTo(takenBefore), TakenUpTo(takenBefore + taken));
        return all.Select((holding, i) => new Holding(holding.Owner, after.Values[i] - before.Values[i], after.Quantities[i] - before.Quantities[i]));
    }

    private (long[] Values, long[] Quantities) TakenUpTo(long quantity)
    {
        var (values, quantities) = (new long[all.Length], new long[all.Length]);
        Webster.Apportion(quantity, Weights(lotHasPrice: false), quantities);
        if (Value > 0) Webster.Apportion(Rounding.HalfEven(checked(Value * quantity), Quantity), Weights(lotHasPrice: true), values);
        return (values, quantities);
    }
}
