using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Market.Counter;

/// <summary>The sheet in which a counter without a line writes what it sells; empty with the station's lots, and read when it comes back.</summary>
internal static class CounterSheet
{
    private static readonly string[] NumberNames = ["单号", "Number", "number"], LotNames = ["批次", "Lot", "lot"], QuantityNames = ["斤或件", "Jin or pieces"], PriceNames = ["每斤或每件元", "Yuan per jin or piece"], TimeNames = ["时间", "Time", "time"];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/market/counter/sheet.xlsx", Write).WithMetadata(new AudienceAttribute(Role.Station));

    private static async Task<IResult> Write(ShanhuoDb db, Say say, CancellationToken cancel)
    {
        var lots = await db.Lots.AsNoTracking().Where(l => l.ClosedDay == null && l.Available > 0).OrderBy(l => l.BestBefore).Select(l => l.Code).Take(200).ToListAsync(cancel);
        var output = new MemoryStream();
        using (var sheet = SheetWriter.Begin(SheetFormat.Xlsx, output, say["counter.title"], new(say["counter.number-column"], Width: 14), new(say["counter.lot-column"], Width: 26) { Choices = lots }, new(say["counter.quantity-column"], Width: 14), new(say["counter.price-column"], Width: 22), new(say["counter.time-column"], Width: 20))) { }
        return Results.Bytes(output.ToArray(), SheetWriter.ContentType(SheetFormat.Xlsx), "counter.xlsx");
    }

    /// <summary>Reads a file whole before anything is kept: each wrong cell is named.</summary>
    public static async Task<(List<ToldSale> Sales, List<Refusal> Wrong)> Read(ShanhuoDb db, Stream stream, string fileName, CancellationToken cancel)
    {
        var (sales, wrong) = (new List<ToldSale>(), new List<Refusal>());
        if (!(await SheetReader.Open(stream, fileName, cancel)).Ok(out var reader, out var no)) return (sales, [no]);
        SheetHeader? header = null;
        var at = new int[5];
        var (lots, products) = (db.Lots, db.Products);
        foreach (var outcome in reader.Rows())
        {
            if (!outcome.Ok(out var row, out no)) return ([], [.. wrong, no]);
            if (header is null)
            {
                header = new SheetHeader(row);
                at = [header.Find(NumberNames), header.Find(LotNames), header.Find(QuantityNames), header.Find(PriceNames), header.Find(TimeNames)];
                if (at.Take(4).Any(a => a < 0)) return ([], [new Refusal("counter.header", row.At(""))]);
                continue;
            }
            if (at.Where(a => a >= 0).All(a => row[a].IsEmpty)) continue;
            var lot = row[at[1]].Text.Trim().ToUpperInvariant();
            var byPiece = await (from l in lots join p in products on l.ProductId equals p.Id where l.Code == lot select (bool?)p.ByPiece).FirstOrDefaultAsync(cancel);
            if (!row[at[0]].TryCode(out var number)) wrong.Add(new Refusal("counter.number", row.At(header.Names[at[0]])));
            if (byPiece is null) wrong.Add(new Refusal("market.lot-unknown", row.At(header.Names[at[1]]), lot));
            var (pieces, grams) = (0L, default(Grams));
            if (!(byPiece == true ? row[at[2]].TryWhole(out pieces) && pieces > 0 : Grams.TryParseJin(row[at[2]].Text, out grams) && grams.Value > 0)) wrong.Add(new Refusal("order.form-quantity", row.At(header.Names[at[2]]), row[at[2]].Text));
            if (!row[at[3]].TryMoney(out var price) || price < Fen.Zero) wrong.Add(new Refusal("order.form-price", row.At(header.Names[at[3]]), row[at[3]].Text));
            var time = default(DateTime);
            if (at[4] >= 0 && !row[at[4]].IsEmpty && !row[at[4]].TryTime(out time)) wrong.Add(new Refusal("counter.time", row.At(header.Names[at[4]]), row[at[4]].Text));
            // A price per jin is half of that per kilogram.
            if (wrong.Count == 0) sales.Add(new ToldSale(number, lot, byPiece == true ? pieces : grams.Value, byPiece == true ? price : price + price, time == default ? null : new DateTimeOffset(time, TimeSpan.FromHours(8))));
        }
        return header is null ? ([], [new Refusal("sheet.empty")]) : (sales, wrong);
    }
}
