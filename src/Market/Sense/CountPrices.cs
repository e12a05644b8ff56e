using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Sense;

/// <summary>Adds lines to the weekly prices in the transaction that marks them as settled, which happens to each line once: so each is counted once.</summary>
internal static class CountPrices
{
    private const int RowsAtOnce = 500, LinesAtOnce = 10_000;

    public static async Task Add(ShanhuoDb db, AreaCode county, IReadOnlyCollection<LineFact> lines, CancellationToken cancel)
    {
        // Two that settle at once take the rows in one order, so that neither waits for the other.
        var rows = Of(county, lines).OrderBy(r => (r.ProductId, r.Week, r.LotId, r.Channel, r.Price.Value), Comparer<(long, DateOnly, long, string, long)>.Create((a, b) => a.CompareTo(b))).ToList();
        foreach (var chunk in rows.Chunk(RowsAtOnce))
        {
            var (sql, values) = (new StringBuilder("insert into market_price_weeks (county, product_id, week, lot_id, channel, price, quantity, goods, lines) values "), new List<object>(chunk.Length * 9));
            foreach (var row in chunk)
            {
                sql.Append(values.Count == 0 ? "(" : ", (").AppendJoin(", ", Enumerable.Range(values.Count, 9).Select(n => string.Create(CultureInfo.InvariantCulture, $"{{{n}}}"))).Append(')');
                values.AddRange([row.County.Value, row.ProductId, row.Week, row.LotId, row.Channel, row.Price.Value, row.Quantity, row.Goods.Value, row.Lines]);
            }
            sql.Append(" on conflict (county, product_id, week, lot_id, channel, price) do update set quantity = market_price_weeks.quantity + excluded.quantity, goods = market_price_weeks.goods + excluded.goods, lines = market_price_weeks.lines + excluded.lines");
            await db.Database.ExecuteSqlRawAsync(sql.ToString(), values, cancel);
        }
    }

    /// <summary>Counts a county's settled lines from the beginning, inside the caller's transaction.</summary>
    public static async Task Anew(ShanhuoDb db, AreaCode county, CancellationToken cancel)
    {
        await db.PriceWeeks.Where(w => w.County == county).ExecuteDeleteAsync(cancel);
        for (long last = 0; ;)
        {
            var page = await db.LineFacts.Where(l => l.County == county && l.Id > last && l.IsSettled).OrderBy(l => l.Id).Take(LinesAtOnce).ToListAsync(cancel);
            if (page.Count == 0) return;
            await Add(db, county, page, cancel);
            last = page[^1].Id;
        }
    }

    // What was given for nothing, such as a sample, has no price.
    private static IEnumerable<PriceWeek> Of(AreaCode county, IEnumerable<LineFact> lines) =>
        from line in lines
        let byPiece = line.Pieces > 0
        let quantity = byPiece ? line.Pieces : line.Grams
        where quantity > 0 && line.Goods > Fen.Zero
        group (quantity, line.Goods) by (line.ProductId, Week: UnitPrice.Week(line.DueDay), line.LotId, line.Channel, Price: UnitPrice.Of(line.Goods, quantity, byPiece)) into g
        select new PriceWeek { County = county, ProductId = g.Key.ProductId, Week = g.Key.Week, LotId = g.Key.LotId, Channel = g.Key.Channel, Price = g.Key.Price, Quantity = g.Sum(l => l.quantity), Goods = new Fen(g.Sum(l => l.Goods.Value)), Lines = g.Count() };
}
