using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Shop;

namespace Shanhuo.Market.Contracts;

/// <summary>Orders that went to a province.</summary>
/// <param name="Name">Chinese name of the province.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Orders">How many.</param>
public sealed record ProvinceOrders(string Name, string NameEn, int Orders);

/// <summary>An order as strangers may see it: no number, no name, no address below the province.</summary>
/// <param name="Product">Name of its first goods.</param>
/// <param name="ProductEn">The same in English.</param>
/// <param name="Paid">Goods and freight of all its lines.</param>
/// <param name="Channel">Where it was sold.</param>
/// <param name="Province">Where it goes; null: not known.</param>
/// <param name="ProvinceEn">The same in English.</param>
/// <param name="Day">When it was placed.</param>
public sealed record LastOrder(string Product, string ProductEn, Fen Paid, string Channel, string? Province, string? ProvinceEn, DateOnly Day);

/// <summary>What a county shows on its large screen. Orders that were cancelled or are not paid do not count.</summary>
public static class ScreenFacts
{
    extension(ShanhuoDb db)
    {
        /// <summary>What buyers paid on a day, goods and freight, and in how many orders.</summary>
        public async Task<(Fen Paid, int Orders)> PlacedOn(AreaCode county, DateOnly day, CancellationToken cancel)
        {
            var orders = db.Orders.Where(o => o.County == county && o.PlacedDay == day && o.State != OrderState.Cancelled && o.State != OrderState.Unpaid);
            var paid = await orders.Join(db.OrderLines, o => new { o.County, o.Id }, l => new { l.County, Id = l.OrderId }, (o, l) => (long)l.Goods + (long)l.Freight).SumAsync(cancel);
            return (new Fen(paid), await orders.CountAsync(cancel));
        }

        /// <summary>Orders since a day whose province is known (our own: files of platforms do not tell), most first.</summary>
        public async Task<IReadOnlyList<ProvinceOrders>> OrdersByProvince(AreaCode county, DateOnly from, CancellationToken cancel)
        {
            var counts = await db.Orders.Where(o => o.County == county && o.PlacedDay >= from && o.State != OrderState.Cancelled && o.State != OrderState.Unpaid)
                .Join(db.Deliveries, o => new { o.County, o.Id }, d => new { d.County, Id = d.OrderId }, (o, d) => d.Province).Where(p => p != null).GroupBy(p => p).Select(g => new { g.Key, Orders = g.Count() }).ToListAsync(cancel);
            return [.. counts.Join(Provinces.All, c => c.Key, p => p.Code, (c, p) => new ProvinceOrders(p.Zh, p.En, c.Orders)).OrderByDescending(p => p.Orders).ThenBy(p => p.NameEn, StringComparer.Ordinal)];
        }

        /// <summary>The newest orders.</summary>
        public async Task<IReadOnlyList<LastOrder>> LastOrders(AreaCode county, int most, CancellationToken cancel)
        {
            var orders = await db.Orders.AsNoTracking().Where(o => o.County == county && o.State != OrderState.Cancelled && o.State != OrderState.Unpaid).OrderByDescending(o => o.PlacedDay).ThenByDescending(o => o.Id).Take(most).Select(o => new { o.Id, o.Channel, o.PlacedDay }).ToListAsync(cancel);
            var ids = orders.Select(o => o.Id).ToList();
            var lines = (await (from l in db.OrderLines
                                where l.County == county && EF.Parameter(ids).Contains(l.OrderId)
                                join p in db.Products on l.ProductId equals p.Id
                                orderby l.Number
                                select new { l.OrderId, p.Name, p.NameEn, l.Goods, l.Freight }).ToListAsync(cancel)).ToLookup(l => l.OrderId);
            var provinces = await db.Deliveries.Where(d => d.County == county && EF.Parameter(ids).Contains(d.OrderId)).ToDictionaryAsync(d => d.OrderId, d => d.Province, cancel);
            return [.. from o in orders
                       let first = lines[o.Id].FirstOrDefault()
                       where first is not null
                       let province = Provinces.All.FirstOrDefault(p => p.Code == provinces.GetValueOrDefault(o.Id))
                       select new LastOrder(first.Name, first.NameEn, new Fen(lines[o.Id].Sum(l => l.Goods.Value + l.Freight.Value)), o.Channel, province?.Zh, province?.En, o.PlacedDay)];
        }

        /// <summary>Households whose goods were in lots that sold since a day (from its week on).</summary>
        public Task<int> HouseholdsReached(AreaCode county, DateOnly from, CancellationToken cancel)
        {
            var week = Sense.UnitPrice.Week(from);
            return db.PriceWeeks.Where(w => w.County == county && w.Week >= week).Select(w => new { w.County, w.LotId }).Distinct()
                .Join(db.GrowerFacts, w => w, g => new { g.County, g.LotId }, (w, g) => g.HouseholdId).Distinct().CountAsync(cancel);
        }
    }
}
