using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Orders;

/// <summary>Takes the goods of an order's lines from their lots, splits lines, and freezes the scheme into the order. Call with an open transaction; a refusal means that it must be rolled back.</summary>
internal sealed class OrderLots(ShanhuoDb db, Ids ids, IChooseScheme schemes)
{
    private readonly Dictionary<long, Product?> products = [];
    private readonly Dictionary<(long Lot, string Channel), Seller> sellers = [];

    private sealed record Seller(long Version, AreaCode Area, long? StationId);

    /// <summary>The product, looked up once.</summary>
    public async Task<Product?> Product(long id, CancellationToken cancel)
    {
        if (!products.TryGetValue(id, out var product)) products[id] = product = await db.Products.SingleOrDefaultAsync(p => p.Id == id, cancel);
        return product;
    }

    /// <summary>Who sells an offer.</summary>
    public Task<long> SellerOf(AreaCode county, long offerId, CancellationToken cancel) => db.Unfiltered<Offer>("the goods of an offer are its seller's").Where(o => o.County == county && o.Id == offerId).Select(o => o.SellerId).SingleAsync(cancel);

    /// <summary>Freezes the scheme of the lot's seller into an order that has none; the order's seat becomes that of the lot.</summary>
    public async Task<Refusal?> Freeze(Order order, long lotId, DateOnly day, CancellationToken cancel)
    {
        if (order.SchemeVersionId is not null) return null;
        if (!sellers.TryGetValue((lotId, order.Channel), out var seller))
        {
            if (!(await schemes.For(order.County, lotId, order.Channel, day, cancel)).Ok(out var version, out var no)) return no;
            var lot = await db.Lots.Where(l => l.County == order.County && l.Id == lotId).Select(l => new { l.Area, l.PlaceId }).SingleAsync(cancel);
            var isStation = await db.OrganisationFacts.AnyAsync(o => o.Id == lot.PlaceId && (o.Kind == OrganisationKind.Centre || o.Kind == OrganisationKind.TownshipStation || o.Kind == OrganisationKind.VillageStation), cancel);
            sellers[(lotId, order.Channel)] = seller = new Seller(version, lot.Area, isStation ? lot.PlaceId : null);
        }
        order.SchemeVersionId = seller.Version;
        order.Area = seller.Area;
        order.StationId ??= seller.StationId;
        return null;
    }

    /// <summary>Takes a line's goods.</summary>
    /// <param name="order">Its order, with its scheme.</param>
    /// <param name="line">Known to the context; becomes the first part.</param>
    /// <param name="parts">Together the line's quantity.</param>
    /// <param name="lines">All lines of the order; the new ones are added.</param>
    /// <param name="day">Business day.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="hasLeft">The goods were handed over before: a recall since then does not refuse them.</param>
    public async Task<Refusal?> Take(Order order, OrderLine line, IReadOnlyList<LotPart> parts, List<OrderLine> lines, DateOnly day, CancellationToken cancel, bool hasLeft = false)
    {
        var product = await Product(line.ProductId, cancel) ?? throw new InvalidOperationException("A line of no product takes nothing.");
        // Apportionment settles ties by the lots' codes, whatever order they were found in.
        if (parts.Count > 1)
        {
            var lotIds = parts.Select(p => p.LotId).ToList();
            var codes = await db.Lots.Where(l => l.County == order.County && lotIds.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.Code, cancel);
            parts = [.. parts.OrderBy(p => codes[p.LotId], StringComparer.Ordinal)];
        }
        var next = lines.Max(l => l.Number) + 1;
        foreach (var part in LineSplit.Divide(line, parts, product.ByPiece, ref next, ids.Next))
        {
            if (part != line)
            {
                lines.Add(part);
                db.OrderLines.Add(part);
            }
            if ((await LotStock.Take(db, ids, order.County, part.LotId!.Value, product.ByPiece ? part.Pieces : part.Grams, MoveKind.Sold, Request(part.Id, 1), part.Id, day, null, cancel, hasLeft)).Refused is { } no) return no;
        }
        return null;
    }

    /// <summary>Puts a line's goods back.</summary>
    public async Task<Refusal?> PutBack(OrderLine line, DateOnly day, CancellationToken cancel) =>
        line.LotId is { } lot ? (await LotStock.PutBack(db, ids, line.County, lot, line.Grams + line.Pieces, Request(line.Id, 2), line.Id, day, cancel)).Refused : null;

    /// <summary>A request that follows from its cause, so that asked twice it is the same.</summary>
    public static Guid Request(long id, long purpose)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, id);
        BitConverter.TryWriteBytes(bytes[8..], purpose);
        return new Guid(bytes);
    }
}
