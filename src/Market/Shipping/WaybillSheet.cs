using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Market.AfterSales;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Shipping;

/// <summary>Waybills by file: the sheet of what may leave goes out, with the addresses that the carrier prints; carriers and numbers come back in.</summary>
internal static class WaybillSheet
{
    private static readonly string[] NumberNames = ["订单号", "订单编号", "Order", "order"], CarrierNames = ["快递公司", "承运", "Carrier", "carrier"], WaybillNames = ["运单号", "快递单号", "Waybill", "waybill"];

    // All on which orders with an address come, so that the index of numbers serves a look-up.
    private static readonly string[] Channels = [.. OwnChannel.AllCodes];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/market/shipping/waybills.xlsx", Write).WithMetadata(new AudienceAttribute(Role.Station, Role.Cooperative, Role.CountyStaff));

    private static async Task<IResult> Write(PackingBook book, ShanhuoDb db, Ids ids, TimeProvider clock, Say say, CancellationToken cancel)
    {
        var orders = (await book.Read(null, null, true, cancel)).Where(o => o.Stays is null).ToList();
        var to = await book.Reveal(orders, cancel);
        var output = new MemoryStream();
        using (var sheet = SheetWriter.Begin(SheetFormat.Xlsx, output, say["shipping.title"], new(say["ship.order"], Width: 24), new(say["ship.name"], Width: 14), new(say["ship.phone"], Width: 16), new(say["ship.address"], Width: 40), new(say["ship.carrier-is"], Width: 14) { Choices = [.. AfterSalesRules.Shipped.Carriers.Select(c => c.Name)] }, new(say["ship.waybill-is"], Width: 24)))
            foreach (var order in orders) sheet.Row(order.Order.Number, to[order.Order.Id].Name, to[order.Order.Id].Phone, to[order.Order.Id].Address, "", "");
        db.Record(ids, clock, "export", "waybills", 0);
        await db.SaveChangesAsync(cancel);
        return Results.Bytes(output.ToArray(), SheetWriter.ContentType(SheetFormat.Xlsx), "waybills.xlsx");
    }

    /// <summary>A row that holds a parcel.</summary>
    internal sealed record Row(long OrderId, string Number, Parcel Parcel, Place Where);

    /// <summary>Reads a file whole before anything is done: each wrong cell is named. Rows without a waybill are left out.</summary>
    public static async Task<(List<Row> Rows, List<Refusal> Wrong)> Read(ShanhuoDb db, PackingBook book, Stream stream, string fileName, CancellationToken cancel)
    {
        var (rows, wrong) = (new List<Row>(), new List<Refusal>());
        if (!(await SheetReader.Open(stream, fileName, cancel)).Ok(out var reader, out var no)) return (rows, [no]);
        SheetHeader? header = null;
        var (number, carrier, waybill) = (-1, -1, -1);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var outcome in reader.Rows())
        {
            if (!outcome.Ok(out var row, out no)) return ([], [.. wrong, no]);
            if (header is null)
            {
                header = new SheetHeader(row);
                (number, carrier, waybill) = (header.Find(NumberNames), header.Find(CarrierNames), header.Find(WaybillNames));
                if (number < 0 || carrier < 0 || waybill < 0) return ([], [new Refusal("ship.header", row.At(""))]);
                continue;
            }
            if (row[carrier].IsEmpty && row[waybill].IsEmpty) continue;
            if (!row[number].TryCode(out var code) || !row[waybill].TryCode(out var bill) && !row[waybill].IsEmpty) { wrong.Add(new Refusal("market.import-damaged", row.At(header.Names[number]), row[number].Text)); continue; }
            if (!seen.Add(code)) { wrong.Add(new Refusal("ship.twice", row.At(header.Names[number]), code)); continue; }
            var order = await book.Mine.AsNoTracking().Where(o => Channels.Contains(o.Channel) && o.Number == code && (o.State == OrderState.Placed || o.State == OrderState.Shipped)).Select(o => new { o.Id, o.County }).FirstOrDefaultAsync(cancel);
            var delivery = order is null ? null : await db.Unfiltered<Delivery>("who packs an order carries it to its buyer").AsNoTracking().SingleOrDefaultAsync(d => d.County == order.County && d.OrderId == order.Id, cancel);
            if (delivery is null) { wrong.Add(new Refusal("ship.unknown", row.At(header.Names[number]), code)); continue; }
            if (!ShipOrderHandler.Parcel(row[carrier].Text, row[waybill].IsEmpty ? "" : row[waybill].Text, delivery.Mode).Ok(out var parcel, out no)) { wrong.Add(no with { Where = row.At(header.Names[no.Where.Column == "Carrier" ? carrier : waybill]) }); continue; }
            rows.Add(new Row(order!.Id, code, parcel, row.At(header.Names[number])));
        }
        return header is null ? ([], [new Refusal("sheet.empty")]) : (rows, wrong);
    }
}
