using Shanhuo.Kernel;
using Shanhuo.Market.Lots;

namespace Shanhuo.Market.Orders;

/// <summary>Divides a line that is sold from several lots into one line for each: quantities as taken, every amount apportioned by quantity, so that the parts add up to the fen.</summary>
internal static class LineSplit
{
    /// <summary>The line becomes the first part; the others are new.</summary>
    /// <param name="line">Without a lot.</param>
    /// <param name="parts">At least one; together the line's quantity.</param>
    /// <param name="byPiece">Are they pieces?</param>
    /// <param name="nextNumber">Number of the next new line of the order; counted up.</param>
    /// <param name="newId">Makes the ids of new lines.</param>
    /// <returns>All lines, in the order of <paramref name="parts"/>.</returns>
    public static IReadOnlyList<OrderLine> Divide(OrderLine line, IReadOnlyList<LotPart> parts, bool byPiece, ref int nextNumber, Func<long> newId)
    {
        var quantities = parts.Select(p => p.Quantity).ToArray();
        if (quantities.Sum() != (byPiece ? line.Pieces : line.Grams)) throw new ArgumentException("The parts are not the line.", nameof(parts));
        Fen[] goods = Of(line.Goods), freight = Of(line.Freight), packaging = Of(line.Packaging), processing = Of(line.Processing), commission = Of(line.Commission), promotion = Of(line.Promotion), discount = Of(line.MerchantDiscount), subsidy = Of(line.PlatformSubsidy);
        var lines = new List<OrderLine>(parts.Count);
        for (var i = 0; i < parts.Count; i++)
        {
            var part = i == 0 ? line : new OrderLine
            {
                Id = newId(), County = line.County, OrderId = line.OrderId, Number = nextNumber++, ProductId = line.ProductId, SellerCode = line.SellerCode, ChannelLine = line.ChannelLine, OfferId = line.OfferId, Grade = line.Grade,
                Grams = 0, Pieces = 0, Goods = default, Freight = default, DueDay = line.DueDay, ReturnUntil = line.ReturnUntil,
            };
            (part.LotId, part.Waits) = (parts[i].LotId, WaitReason.None);
            (part.Grams, part.Pieces) = byPiece ? (0L, parts[i].Quantity) : (parts[i].Quantity, 0L);
            (part.Goods, part.Freight, part.Packaging, part.Processing) = (goods[i], freight[i], packaging[i], processing[i]);
            (part.Commission, part.Promotion, part.MerchantDiscount, part.PlatformSubsidy) = (commission[i], promotion[i], discount[i], subsidy[i]);
            lines.Add(part);
        }
        return lines;

        Fen[] Of(Fen amount) => Webster.Apportion(amount, quantities);
    }
}
