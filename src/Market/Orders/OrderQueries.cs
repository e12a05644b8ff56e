using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Orders;

/// <summary>A row of the list of orders.</summary>
internal sealed record OrderRow(long Id, string Number, string Channel, string Buyer, DateOnly PlacedDay, OrderState State, bool IsWaiting)
{
    public Fen Amount { get; set; }
}

/// <summary>What the list shows.</summary>
internal sealed record OrderFilter(OrderState? State, string? Channel, DateOnly? From, DateOnly? Until, string? Before);

/// <summary>A line with its names.</summary>
internal sealed record LineRow(OrderLine Line, string Product, string ProductEn, bool ByPiece, string? Lot, Fen Refunded, string? Drawing);

/// <summary>A lot that can be named on an order.</summary>
internal sealed record LotRow(long Id, long ProductId, string Code, string Grade, long Available);

/// <summary>What the pages of orders show, a page at a time.</summary>
internal static class OrderQueries
{
    public const int PageSize = 50;

    extension(ShanhuoDb db)
    {
        /// <summary>The orders that somebody meets: those of the area, and of them a cooperative or station only those that it sells or took, or whose goods are of its lots.</summary>
        public IQueryable<Order> OrdersHere
        {
            get
            {
                if (db.Scope is not { Role: Role.Cooperative or Role.Station, OrganisationId: { } own }) return db.OrdersOfArea;
                var (lines, lots) = (db.OrderLines, db.Unfiltered<Lots.Lot>("whose lot it is decides, not where it lies"));
                return db.OrdersOfArea.Where(o => o.SellerId == own || o.StationId == own || lines.Any(l => l.County == o.County && l.OrderId == o.Id && lots.Any(t => t.County == l.County && t.Id == l.LotId && (t.CooperativeId == own || t.PlaceId == own))));
            }
        }

        // Worded so that an index serves them: of one county, and for a village of one seat.
        private IQueryable<Order> OrdersOfArea => (db.Scope.Area.Level, db.Scope.Area, db.Scope.County) switch
        {
            (AreaLevel.Village, var village, var county) => db.Orders.Where(o => o.County == county && o.Area == village),
            ( >= AreaLevel.County, _, var county) => db.Orders.Where(o => o.County == county),
            _ => db.Orders,
        };

        /// <summary>Orders in scope, newest first, and where the next page begins.</summary>
        public async Task<(List<OrderRow> Rows, string? Next)> OrderPage(OrderFilter filter, CancellationToken cancel)
        {
            var orders = db.OrdersHere.AsNoTracking();
            if (filter.State is { } state) orders = orders.Where(o => o.State == state);
            if (filter.Channel is { } channel) orders = orders.Where(o => o.Channel == channel);
            if (filter.From is { } from) orders = orders.Where(o => o.PlacedDay >= from);
            if (filter.Until is { } until) orders = orders.Where(o => o.PlacedDay <= until);
            if (Cursor(filter.Before) is var (day, id)) orders = orders.Where(o => o.PlacedDay < day || (o.PlacedDay == day && o.Id < id));
            var rows = await orders.OrderByDescending(o => o.PlacedDay).ThenByDescending(o => o.Id).Take(PageSize + 1).Select(o => new OrderRow(o.Id, o.Number, o.Channel, o.Buyer, o.PlacedDay, o.State, o.IsWaiting)).ToListAsync(cancel);
            string? next = null;
            if (rows.Count > PageSize)
            {
                rows.RemoveAt(PageSize);
                next = string.Create(CultureInfo.InvariantCulture, $"{rows[^1].PlacedDay:yyyyMMdd}-{rows[^1].Id}");
            }
            var shown = rows.Select(r => r.Id).ToList();
            // A query for none of the ids would still walk all lines.
            var sums = shown.Count == 0 ? [] : await db.OrderLines.Where(l => shown.Contains(l.OrderId)).GroupBy(l => l.OrderId).Select(g => new { g.Key, Sum = g.Sum(l => (long)l.Goods + (long)l.Freight) }).ToDictionaryAsync(g => g.Key, g => g.Sum, cancel);
            foreach (var row in rows) row.Amount = new Fen(sums.GetValueOrDefault(row.Id));
            return (rows, next);
        }

        /// <summary>The lines of an order with their names.</summary>
        public async Task<List<LineRow>> LinesOf(Order order, CancellationToken cancel)
        {
            var lines = await (from line in db.OrderLines.AsNoTracking()
                               where line.County == order.County && line.OrderId == order.Id
                               join p in db.Products on line.ProductId equals p.Id into ps
                               from product in ps.DefaultIfEmpty()
                               join l in db.Unfiltered<Lots.Lot>("who may see an order may see from which lots it was taken") on new { line.County, Id = line.LotId } equals new { l.County, Id = (long?)l.Id } into ls
                               from lot in ls.DefaultIfEmpty()
                               orderby line.Number
                               select new { line, product.Name, product.NameEn, product.Drawing, ByPiece = (bool?)product.ByPiece, Lot = lot.Code }).ToListAsync(cancel);
            var lineIds = lines.Select(l => l.line.Id).ToList();
            var refunded = await db.RefundClaims.Where(r => r.County == order.County && lineIds.Contains(r.LineId)).GroupBy(r => r.LineId).Select(g => new { g.Key, Sum = g.Sum(r => (long)r.Amount) }).ToDictionaryAsync(g => g.Key, g => g.Sum, cancel);
            return [.. lines.Select(l => new LineRow(l.line, l.Name ?? l.line.SellerCode ?? "", l.NameEn ?? l.line.SellerCode ?? "", l.ByPiece ?? false, l.Lot, new Fen(refunded.GetValueOrDefault(l.line.Id)), l.Drawing))];
        }

        /// <summary>Lines on which somebody may give money back: those of the orders it meets; a cooperative or station only of orders that it sells or took, or of its own lots, whoever else has goods in the order.</summary>
        public IQueryable<OrderLine> LinesToRefund
        {
            get
            {
                var orders = db.OrdersHere;
                var met = db.OrderLines.Where(l => orders.Any(o => o.County == l.County && o.Id == l.OrderId));
                if (db.Scope is not { Role: Role.Cooperative or Role.Station, OrganisationId: { } own }) return met;
                var lots = db.Unfiltered<Lots.Lot>("whose lot it is decides, not where it lies");
                // The station of a platform's order is that of its first lot, and sells nothing of the others.
                return met.Where(l => orders.Any(o => o.County == l.County && o.Id == l.OrderId && (o.SellerId == own || o.StationId == own && (o.SellerId != null || o.Channel == "shop" || o.Channel == "bulk"))) || lots.Any(t => t.County == l.County && t.Id == l.LotId && (t.CooperativeId == own || t.PlaceId == own)));
            }
        }

        /// <summary>Lots of which this person may write an order: a cooperative its own, others those of their area.</summary>
        public IQueryable<Lots.Lot> LotsToSell => db.Scope is { Role: Role.Cooperative, OrganisationId: { } own } ? db.Lots.Where(l => l.CooperativeId == own) : db.Lots;

        /// <summary>Open ones of them that have something left, first expired first.</summary>
        public Task<List<LotRow>> SellableLots(AreaCode county, DateOnly today, CancellationToken cancel) =>
            db.LotsToSell.Where(l => l.County == county && l.ClosedDay == null && l.RecallId == null && l.Available > 0 && l.BestBefore >= today).OrderBy(l => l.ProductId).ThenBy(l => l.BestBefore).ThenBy(l => l.Id).Take(500).Select(l => new LotRow(l.Id, l.ProductId, l.Code, l.Grade, l.Available)).ToListAsync(cancel);
    }

    private static (DateOnly Day, long Id)? Cursor(string? before) =>
        before?.Split('-') is [var d, var i] && DateOnly.TryParseExact(d, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && long.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? (day, id) : null;
}
