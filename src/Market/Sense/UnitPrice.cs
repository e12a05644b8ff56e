using Shanhuo.Kernel;

namespace Shanhuo.Market.Sense;

/// <summary>What a kilogram or a piece cost.</summary>
internal static class UnitPrice
{
    /// <summary>The price of goods to three figures, half to even: coupons of a few fen would else make a price of each line, and the table as long as the sales.</summary>
    /// <param name="goods">Goods amount, at least 0.</param>
    /// <param name="quantity">Grams, or pieces; above 0.</param>
    /// <param name="byPiece">Counted, not weighed.</param>
    /// <returns>Fen per kilogram or piece; off by at most half a hundredth.</returns>
    public static Fen Of(Fen goods, long quantity, bool byPiece)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(goods.Value);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        var amount = (Int128)goods.Value * (byPiece ? 1 : 1000);
        long step = 1;
        while (amount >= (Int128)quantity * step * 1000) step *= 10;
        return new Fen(Rounding.HalfEven(amount, (Int128)quantity * step) * step);
    }

    /// <summary>The Monday of a day's week.</summary>
    public static DateOnly Week(DateOnly day) => day.AddDays(-((int)day.DayOfWeek + 6) % 7);
}

/// <summary>How prices were spread.</summary>
/// <param name="Median">The least price at or below which half of the quantity was sold.</param>
/// <param name="Low">The least.</param>
/// <param name="High">The highest.</param>
/// <param name="Quantity">Grams or pieces.</param>
internal readonly record struct PriceSpread(Fen Median, Fen Low, Fen High, long Quantity)
{
    /// <summary>Of what was sold at each price; null where nothing was.</summary>
    public static PriceSpread? Of(IEnumerable<(Fen Price, long Quantity)> sold)
    {
        var sorted = sold.Where(s => s.Quantity > 0).OrderBy(s => s.Price.Value).ToList();
        if (sorted.Count == 0) return null;
        var whole = sorted.Sum(s => s.Quantity);
        long below = 0;
        foreach (var (price, quantity) in sorted)
        {
            below += quantity;
            if (below >= whole - below) return new PriceSpread(price, sorted[0].Price, sorted[^1].Price, whole);
        }
        throw new InvalidOperationException("Half of a quantity is never reached.");
    }
}
