using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;

namespace Shanhuo.Market.Sense;

/// <summary>The last sales of a product in a township.</summary>
/// <param name="Median">Per kilogram or piece.</param>
/// <param name="Households">At least <see cref="PriceTable.FewestHouseholds"/>.</param>
internal readonly record struct TownshipPrice(Fen Median, int Households);

/// <summary>Reads the weekly prices. They are the county's, also for those who see a part of it only: what leaves here has households enough behind it.</summary>
internal sealed class MarketSense(ShanhuoDb db, TimeProvider clock)
{
    /// <summary>Weeks over which neighbours' sales are the last ones.</summary>
    public const int NeighbourWeeks = 8;

    /// <summary>The Monday of this week.</summary>
    public DateOnly ThisWeek => UnitPrice.Week(clock.Today);

    /// <summary>Prices of a product, the newest week first.</summary>
    /// <param name="county">County.</param>
    /// <param name="productId">Product.</param>
    /// <param name="weeks">So many, this week included.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<IReadOnlyList<PriceOfWeek>> Prices(AreaCode county, long productId, int weeks, CancellationToken cancel)
    {
        var from = ThisWeek.AddDays(-7 * (weeks - 1));
        var sold = from w in db.PriceWeeks
                   where w.County == county && w.ProductId == productId && w.Week >= @from
                   join l in db.LotFacts on new { w.County, Id = w.LotId } equals new { l.County, l.Id }
                   select new { w.Week, l.Grade, w.Channel, w.LotId, w.Price, w.Quantity };
        var prices = await sold.GroupBy(s => new { s.Week, s.Grade, s.Channel, s.Price }).Select(g => new { g.Key.Week, g.Key.Grade, g.Key.Channel, g.Key.Price, Quantity = g.Sum(s => s.Quantity) }).ToListAsync(cancel);
        var lots = (await sold.Select(s => new { s.Week, s.Grade, s.Channel, s.LotId }).Distinct().ToListAsync(cancel)).ToLookup(s => (s.Week, s.Grade, s.Channel), s => s.LotId);
        var growers = await Growers(county, [.. lots.SelectMany(l => l).Distinct()], cancel);
        return PriceTable.Of(prices.GroupBy(p => (p.Week, p.Grade, p.Channel)).Select(g => new SoldGroup(g.Key.Week, g.Key.Grade, g.Key.Channel, [.. g.Select(p => (p.Price, p.Quantity))], lots[g.Key].SelectMany(l => growers[l]).ToHashSet())));
    }

    /// <summary>The last sales of goods that a township's stations took in, by product; products with too few households are left out.</summary>
    public async Task<Dictionary<long, TownshipPrice>> Neighbours(AreaCode place, CancellationToken cancel)
    {
        var (county, township, from) = (place.County, place.At(AreaLevel.Township), ThisWeek.AddDays(-7 * (NeighbourWeeks - 1)));
        var last = township.Last;
        var sold = from w in db.PriceWeeks
                   where w.County == county && w.Week >= @from
                   join l in db.LotFacts on new { w.County, Id = w.LotId } equals new { l.County, l.Id }
                   where l.StationArea >= township && l.StationArea <= last
                   select new { w.ProductId, w.LotId, w.Price, w.Quantity };
        var rows = await sold.GroupBy(s => new { s.ProductId, s.LotId, s.Price }).Select(g => new { g.Key.ProductId, g.Key.LotId, g.Key.Price, Quantity = g.Sum(s => s.Quantity) }).ToListAsync(cancel);
        var growers = await Growers(county, [.. rows.Select(r => r.LotId).Distinct()], cancel);
        var prices = new Dictionary<long, TownshipPrice>();
        foreach (var product in rows.GroupBy(r => r.ProductId))
            if (product.SelectMany(r => growers[r.LotId]).Distinct().Count() is >= PriceTable.FewestHouseholds and var households)
                prices[product.Key] = new TownshipPrice(PriceSpread.Of(product.Select(r => (r.Price, r.Quantity)))!.Value.Median, households);
        return prices;
    }

    /// <summary>Is there room for one more? By product; a product of which nothing is known is not known.</summary>
    public async Task<Dictionary<long, Crowd>> Crowds(AreaCode county, IReadOnlyCollection<long> productIds, CancellationToken cancel)
    {
        var rule = Crowding.Shipped;
        var crowds = new Dictionary<long, Crowd>();
        var (thisWeek, days) = (ThisWeek, 7 * rule.WeeksPerSeason);
        var (last, before) = (thisWeek.AddDays(-days), thisWeek.AddDays(-2 * days));
        var sold = (await db.PriceWeeks.Where(w => w.County == county && productIds.Contains(w.ProductId) && w.Week >= before && w.Week < thisWeek)
            .GroupBy(w => new { w.ProductId, IsLast = w.Week >= last, w.Price }).Select(g => new { g.Key.ProductId, g.Key.IsLast, g.Key.Price, Quantity = g.Sum(w => w.Quantity), Lines = g.Sum(w => w.Lines) }).ToListAsync(cancel)).ToLookup(s => (s.ProductId, s.IsLast));
        var lots = db.LotFacts.Where(l => l.County == county && productIds.Contains(l.ProductId) && l.OpenedDay >= before && l.OpenedDay < thisWeek);
        var taken = await lots.GroupBy(l => new { l.ProductId, IsLast = l.OpenedDay >= last }).Select(g => new { g.Key.ProductId, g.Key.IsLast, Quantity = g.Sum(l => l.TakenIn) }).ToDictionaryAsync(t => (t.ProductId, t.IsLast), t => t.Quantity, cancel);
        // What was sorted into other lots is offered there.
        var used = await (from l in lots
                          join m in db.LotMoves on new { l.County, LotId = l.Id } equals new { m.County, m.LotId }
                          where m.Kind == MoveKind.UsedFor
                          group m.Quantity by new { l.ProductId, IsLast = l.OpenedDay >= last } into g
                          select new { g.Key.ProductId, g.Key.IsLast, Quantity = g.Sum() }).ToDictionaryAsync(u => (u.ProductId, u.IsLast), u => u.Quantity, cancel);
        var households = await (from l in lots
                                join grower in db.GrowerFacts on new { l.County, LotId = l.Id } equals new { grower.County, grower.LotId }
                                select new { l.ProductId, IsLast = l.OpenedDay >= last, grower.HouseholdId }).Distinct()
            .GroupBy(h => new { h.ProductId, h.IsLast }).Select(g => new { g.Key.ProductId, g.Key.IsLast, Count = g.Count() }).ToDictionaryAsync(h => (h.ProductId, h.IsLast), h => h.Count, cancel);
        foreach (var product in productIds) crowds[product] = rule.Of(Season(product, true), Season(product, false));
        return crowds;

        SeasonFacts Season(long product, bool isLast)
        {
            var spread = PriceSpread.Of(sold[(product, isLast)].Select(s => (s.Price, s.Quantity)));
            return new SeasonFacts(taken.GetValueOrDefault((product, isLast)) + used.GetValueOrDefault((product, isLast)), spread?.Quantity ?? 0, spread?.Median, sold[(product, isLast)].Sum(s => s.Lines), households.GetValueOrDefault((product, isLast)));
        }
    }

    private async Task<ILookup<long, long>> Growers(AreaCode county, IReadOnlyCollection<long> lotIds, CancellationToken cancel) =>
        (await db.GrowerFacts.Where(g => g.County == county && EF.Parameter(lotIds).Contains(g.LotId)).Select(g => new { g.LotId, g.HouseholdId }).Distinct().ToListAsync(cancel)).ToLookup(g => g.LotId, g => g.HouseholdId);
}
