using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Shop;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Channels.Out;

/// <summary>An order that is on its way.</summary>
internal sealed record ShippedOrder(string Number, string Carrier, string Waybill);

/// <summary>Writes what a platform takes by file: our goods with their stock, and the parcels of its orders.</summary>
internal sealed class FeedFiles(ShanhuoDb db, ShopReader shop, TimeProvider clock)
{
    /// <summary>Days back for which parcels go out again; a platform that has one takes it as known.</summary>
    public const int ShipmentDays = 60;

    /// <summary>What can be ordered now, with what is left of it: what cannot stands with none, so that the platform stops selling it.</summary>
    public async Task<byte[]> Goods(AreaCode county, FeedTemplate template, SheetFormat format, CancellationToken cancel)
    {
        var name = await db.AreaFacts.Where(a => a.Code == county).Select(a => a.Name).SingleOrDefaultAsync(cancel) ?? county.ToString();
        var ids = await db.Offers.Where(o => o.County == county && o.State == Offers.OfferState.Open).OrderBy(o => o.Code).Select(o => o.Id).ToListAsync(cancel);
        var output = new MemoryStream();
        using (var sheet = SheetWriter.Begin(format, output, "goods", [.. template.Goods.Select(c => new SheetColumn(c.Name, c.Fact switch { "price" => SheetColumnKind.Money, "stock" => SheetColumnKind.Whole, "kilograms" => SheetColumnKind.Decimal, _ => SheetColumnKind.Text }))]))
            foreach (var card in await shop.Cards(county, ids, cancel))
                sheet.Row([.. template.Goods.Select(c => Cell(c.Fact, card, name))]);
        return output.ToArray();
    }

    /// <summary>Orders of the channel that left, with their carrier and waybill.</summary>
    public async Task<byte[]> Shipments(AreaCode county, FeedTemplate template, SheetFormat format, CancellationToken cancel)
    {
        var output = new MemoryStream();
        using (var sheet = SheetWriter.Begin(format, output, "shipments", [.. template.Shipments.Select(c => new SheetColumn(c.Name))]))
            foreach (var order in await Shipped(county, template.Channel, cancel))
                sheet.Row([.. template.Shipments.Select(c => (SheetValue)(c.Fact switch { "number" => order.Number, "carrier" => order.Carrier, _ => order.Waybill }))]);
        return output.ToArray();
    }

    /// <summary>The oldest first; what was typed goes before what the delivery says.</summary>
    public async Task<IReadOnlyList<ShippedOrder>> Shipped(AreaCode county, string channel, CancellationToken cancel)
    {
        var from = clock.Today.AddDays(-ShipmentDays);
        var rows = await (from o in db.Orders
                          where o.County == county && o.Channel == channel && o.PlacedDay >= @from && (o.State == OrderState.Placed || o.State == OrderState.Shipped || o.State == OrderState.Received)
                          join w in db.EnteredWaybills on new { o.County, o.Id } equals new { w.County, Id = w.OrderId } into ws
                          from typed in ws.DefaultIfEmpty()
                          join d in db.Deliveries on new { o.County, o.Id } equals new { d.County, Id = d.OrderId } into ds
                          from delivery in ds.DefaultIfEmpty()
                          where typed.Waybill != null || delivery.Waybill != null
                          orderby o.PlacedDay, o.Id
                          select new { o.Number, Carrier = typed.Carrier ?? delivery.Carrier, Waybill = typed.Waybill ?? delivery.Waybill }).ToListAsync(cancel);
        return [.. rows.Select(r => new ShippedOrder(r.Number, r.Carrier ?? "", r.Waybill!))];
    }

    private static SheetValue Cell(string fact, OfferCard card, string county) => fact switch
    {
        "code" => card.Offer.Code,
        "title" => card.Offer.Title,
        "titleEn" => card.Offer.TitleEn,
        "price" => card.Offer.Price,
        "stock" => card.Closed is null ? card.Standing.Left : 0,
        "kilograms" => new Grams(card.Product.ByPiece ? card.Offer.PerUnit * card.Product.PieceGrams : card.Offer.PerUnit),
        "county" => county,
        "grade" => card.Offer.Grade,
        _ => card.Seller,
    };
}
