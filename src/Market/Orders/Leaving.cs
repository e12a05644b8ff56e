using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Shipping;

namespace Shanhuo.Market.Orders;

/// <summary>What keeps a placed order from leaving: the balance of a deposit, a group buy that has not come about, goods by weight that nobody has weighed, goods that are not there.</summary>
internal sealed class Leaving(ShanhuoDb db)
{
    private const string Why = "whoever packs an order must know how the seller's offer stands";

    /// <summary>Those of some orders that must not leave, each with the first reason.</summary>
    public async Task<Dictionary<long, Refusal>> WhyNot(AreaCode county, IReadOnlyList<Order> orders, CancellationToken cancel)
    {
        var stay = new Dictionary<long, Refusal>();
        var orderIds = orders.Select(o => o.Id).ToList();
        if (orderIds.Count == 0) return stay;
        var payments = (await db.Payments.AsNoTracking().Where(p => p.County == county && orderIds.Contains(p.OrderId)).Select(p => new { p.OrderId, p.Part, p.State }).ToListAsync(cancel)).ToLookup(p => p.OrderId);
        var lines = (await (from l in db.OrderLines
                            where l.County == county && orderIds.Contains(l.OrderId) && l.OfferId != null
                            join o in db.Unfiltered<Offer>(Why) on new { l.County, Id = l.OfferId!.Value } equals new { o.County, o.Id }
                            join w in db.LineWeights on new { l.County, l.Id } equals new { w.County, Id = w.LineId } into weights
                            from weight in weights.DefaultIfEmpty()
                            select new { l.OrderId, Offer = o.Id, o.Kind, o.Round, o.Minimum, ToWeigh = o.ByWeight && weight == null }).ToListAsync(cancel)).ToLookup(l => l.OrderId);
        var recalled = (await (from l in db.OrderLines
                               where l.County == county && orderIds.Contains(l.OrderId)
                               join lot in db.Unfiltered<Lots.Lot>("goods that are recalled leave nowhere") on new { l.County, Id = l.LotId } equals new { lot.County, Id = (long?)lot.Id }
                               where lot.RecallId != null
                               select l.OrderId).Distinct().ToListAsync(cancel)).ToHashSet();
        var groups = new Dictionary<long, (long Paid, long Open)>();
        foreach (var order in orders)
        {
            var mine = lines[order.Id].ToList();
            Refusal? no = null;
            foreach (var line in mine.Where(l => l.Kind == OfferKind.Group && l.Round != GroupRound.Reached))
            {
                if (!groups.TryGetValue(line.Offer, out var units)) groups[line.Offer] = units = await Units(db, county, line.Offer, cancel);
                if (line.Round != GroupRound.Open || units.Paid < line.Minimum) no = new Refusal("market.order-group", Place.None, order.Number, units.Paid, line.Minimum ?? 0);
            }
            if (no is null && payments[order.Id].Any(p => p.Part == PaymentPart.Deposit) && !payments[order.Id].Any(p => p.Part == PaymentPart.Balance && p.State == PaymentState.Paid)) no = new Refusal("market.order-balance", Place.None, order.Number);
            if (no is null && mine.Count > 0 && order.IsWaiting) no = new Refusal("market.order-waits", Place.None, order.Number);
            if (no is null && mine.Any(l => l.ToWeigh)) no = new Refusal("market.order-unweighed", Place.None, order.Number);
            if (no is null && recalled.Contains(order.Id)) no = new Refusal("market.order-recalled", Place.None, order.Number);
            if (no is not null) stay[order.Id] = no;
        }
        return stay;
    }

    /// <summary>Lets one order leave; a group buy that it was part of has come about from then on. Call with an open transaction that holds the order's row.</summary>
    public async Task<Refusal?> Hold(Order order, CancellationToken cancel)
    {
        if ((await WhyNot(order.County, [order], cancel)).TryGetValue(order.Id, out var no)) return no;
        var offers = await (from l in db.OrderLines
                            where l.County == order.County && l.OrderId == order.Id && l.OfferId != null
                            join o in db.Unfiltered<Offer>(Why) on new { l.County, Id = l.OfferId!.Value } equals new { o.County, o.Id }
                            where o.Kind == OfferKind.Group && o.Round != GroupRound.Reached
                            orderby o.Id
                            select o.Id).Distinct().ToListAsync(cancel);
        foreach (var id in offers)
            if (await db.Unfiltered<Offer>(Why).Where(o => o.County == order.County && o.Id == id && (o.Round == GroupRound.Open || o.Round == GroupRound.Reached)).ExecuteUpdateAsync(set => set.SetProperty(o => o.Round, GroupRound.Reached), cancel) == 0) return new Refusal("market.order-group", Place.None, order.Number, 0, 0);
        return null;
    }

    /// <summary>Units of an offer that are paid (or will be on delivery), and those that still wait for their payment.</summary>
    public static async Task<(long Paid, long Open)> Units(ShanhuoDb db, AreaCode county, long offer, CancellationToken cancel)
    {
        var orders = db.Unfiltered<Order>(Why);
        var sums = await (from l in db.OrderLines
                          where l.County == county && l.OfferId == offer
                          join o in orders on new { l.County, Id = l.OrderId } equals new { o.County, o.Id }
                          where o.State != OrderState.Cancelled
                          group l.Units by o.State == OrderState.Unpaid into g
                          select new { Open = g.Key, Units = g.Sum() }).ToListAsync(cancel);
        return (sums.Where(s => !s.Open).Sum(s => s.Units), sums.Where(s => s.Open).Sum(s => s.Units));
    }
}
