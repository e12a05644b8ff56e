using Shanhuo.Kernel;

namespace Shanhuo.Market.Lots;

/// <summary>A grower's share of a lot.</summary>
/// <param name="Quantity">Grams or pieces.</param>
/// <param name="Value">Quantity × agreed price: its weight in the pool.</param>
/// <param name="Contract">Quantity × guaranteed price; zero without one.</param>
internal readonly record struct Share(long Quantity, long Value, long Contract);

/// <summary>How growers keep their shares when a lot is made from others: of every grower quantity and value in proportion to what is taken, apportioned (settlement rules, "Made from other lots").</summary>
internal static class CarriedShares
{
    /// <summary>What each grower's share of a taking is.</summary>
    /// <param name="growers">All of the source, in ordinal order of their public codes.</param>
    /// <param name="takenBefore">What lots took from this source earlier.</param>
    /// <param name="taken">What is taken now; together at most all of it.</param>
    /// <returns>One per grower, in their order; quantities together exactly <paramref name="taken"/>.</returns>
    /// <remarks>Reckoned as all taken so far less what was taken before, so that many takings end where one would.</remarks>
    public static Share[] Take(IReadOnlyList<Share> growers, long takenBefore, long taken)
    {
        var (before, after) = (UpTo(growers, takenBefore), UpTo(growers, checked(takenBefore + taken)));
        return [.. after.Zip(before, (a, b) => new Share(a.Quantity - b.Quantity, a.Value - b.Value, a.Contract - b.Contract))];
    }

    /// <summary>Divides what was taken from a source among the lots that were made of it, by what came out of each.</summary>
    public static long[] Among(long taken, IReadOnlyList<long> cameOut)
    {
        var parts = new long[cameOut.Count];
        Webster.Apportion(taken, cameOut.ToArray(), parts);
        return parts;
    }

    /// <summary>Divides the shares of whole pieces among the lots that were made of them, by what came out of each: values exactly, quantities as the weights they are.</summary>
    /// <param name="taken">One per grower.</param>
    /// <param name="cameOut">One per lot.</param>
    /// <returns>Of each lot the shares, one per grower; values of all lots together exactly those taken.</returns>
    public static Share[][] Divide(IReadOnlyList<Share> taken, IReadOnlyList<long> cameOut)
    {
        long[] weights = [.. cameOut];
        var parts = taken.Select(s => (Values: Apportioned(s.Value, weights), Contracts: Apportioned(s.Contract, weights))).ToList();
        return [.. weights.Select((_, o) => taken.Select((s, i) => new Share(s.Quantity, parts[i].Values[o], parts[i].Contracts[o])).ToArray())];
    }

    /// <summary>The shares of a new lot: values as they were carried, quantities brought to what came out.</summary>
    /// <param name="carried">What came from all sources, one per grower, in ordinal order.</param>
    /// <param name="cameOut">The new lot's own quantity: less than what went in where weight was lost, so its mean price is higher.</param>
    /// <param name="fromPieces">Were the sources counted by the piece?</param>
    /// <param name="toPieces">Is the new lot?</param>
    public static Share[] Settle(IReadOnlyList<Share> carried, long cameOut, bool fromPieces, bool toPieces)
    {
        var quantities = Apportioned(cameOut, [.. carried.Select(s => s.Quantity)]);
        var (values, contracts) = (Converted([.. carried.Select(s => s.Value)], fromPieces, toPieces), Converted([.. carried.Select(s => s.Contract)], fromPieces, toPieces));
        return [.. carried.Select((_, i) => new Share(quantities[i], values[i], contracts[i]))];
    }

    // Values by weight are grams × fen per kilogram, thousandths of a fen; by the piece they are whole fen.
    private static long[] Converted(long[] values, bool fromPieces, bool toPieces)
    {
        if (fromPieces == toPieces) return values;
        return fromPieces ? [.. values.Select(v => checked(v * 1000))] : Apportioned(Rounding.HalfEven(values.Sum(), 1000), values);
    }

    private static Share[] UpTo(IReadOnlyList<Share> growers, long quantity)
    {
        long[] quantities = [.. growers.Select(g => g.Quantity)], values = [.. growers.Select(g => g.Value)], contracts = [.. growers.Select(g => g.Contract)];
        var all = quantities.Sum();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantity, all);
        var taken = Apportioned(quantity, quantities);
        var worth = Apportioned(Rounding.HalfEven((Int128)values.Sum() * quantity, all), values);
        var agreed = Apportioned(Rounding.HalfEven((Int128)contracts.Sum() * quantity, all), contracts);
        return [.. growers.Select((_, i) => new Share(taken[i], worth[i], agreed[i]))];
    }

    private static long[] Apportioned(long amount, long[] weights)
    {
        var parts = new long[weights.Length];
        if (weights.Any(w => w > 0)) Webster.Apportion(amount, weights, parts);
        return parts;
    }
}
