using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.AfterSales;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;

namespace Shanhuo.Market.Shipping;

/// <summary>What a line weighed when it was packed.</summary>
/// <param name="RequestId">Once.</param>
/// <param name="LineId">A line of an offer by weight, of an order that has not left.</param>
/// <param name="Grams">Actual grams.</param>
internal sealed record WeighLine(Guid RequestId, long LineId, long Grams);

/// <summary>The price of a line by its actual weight.</summary>
internal static class WeightPrice
{
    /// <summary>Of the goods amount paid for the ordered weight, the part of the actual weight, rounded half to even; never more than was paid.</summary>
    public static Fen Of(Fen paid, long orderedGrams, long actualGrams) => actualGrams >= orderedGrams ? paid : new Fen(Rounding.HalfEven((Int128)paid.Value * actualGrams, orderedGrams));
}

/// <summary>Enters the actual weight: the line's grams and amount, its lot and the buyer's money follow in the same change.</summary>
internal sealed class WeighLineHandler(ShanhuoDb db, Ids ids, TimeProvider clock, GiveBack back)
{
    private const string Why = "whoever packs an order must know how the seller's offer stands";

    public async Task<Refusal?> Handle(WeighLine weigh, CancellationToken cancel)
    {
        var county = db.Scope.County;
        var asked = await db.OrderLines.AsNoTracking().SingleOrDefaultAsync(l => l.County == county && l.Id == weigh.LineId, cancel);
        if (asked is null) return new Refusal("market.refund-line");
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Orders.Where(o => o.County == county && o.Id == asked.OrderId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel) == 0) return new Refusal("market.order-unknown");
        if (await db.LineWeights.AsNoTracking().SingleOrDefaultAsync(w => w.County == county && w.LineId == weigh.LineId, cancel) is { } done) return done.RequestId == weigh.RequestId ? null : new Refusal("weigh.done");
        var order = await db.Orders.SingleAsync(o => o.County == county && o.Id == asked.OrderId, cancel);
        var line = await db.OrderLines.SingleAsync(l => l.County == county && l.Id == weigh.LineId, cancel);
        if (await WhyNot(order, line, weigh.Grams, cancel) is { } no) return no;
        var (ordered, paid) = (line.Grams, line.Goods);
        var goods = WeightPrice.Of(paid, ordered, weigh.Grams);
        var moved = await Move(line, weigh.Grams, cancel);
        if (moved is not null) return moved;
        var offer = await db.Unfiltered<Offer>(Why).Where(o => o.County == county && o.Id == line.OfferId).Select(o => o.CommissionPpm).SingleAsync(cancel);
        // What else stands in the commission (a station's fee) stays.
        (line.Grams, line.Goods, line.Commission) = (weigh.Grams, goods, line.Commission - new Rate(offer).Of(paid) + new Rate(offer).Of(goods));
        db.LineWeights.Add(new LineWeight { County = county, LineId = line.Id, RequestId = weigh.RequestId, OrderedGrams = ordered, ActualGrams = weigh.Grams, Paid = paid, Goods = goods, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs });
        if (goods < paid) await PayBack(order, paid - goods, weigh.RequestId, cancel);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return null;
    }

    private async Task<Refusal?> WhyNot(Order order, OrderLine line, long grams, CancellationToken cancel)
    {
        var rules = AfterSalesRules.Shipped;
        if (line.OfferId is not { } offer || !await db.Unfiltered<Offer>(Why).AnyAsync(o => o.County == order.County && o.Id == offer && o.ByWeight, cancel)) return new Refusal("weigh.not-by-weight");
        if (order.State != OrderState.Placed) return new Refusal("weigh.left", Place.None, order.Number);
        if (line.LotId is null) return new Refusal("market.order-waits", Place.None, order.Number);
        if (grams <= 0 || grams * 100 < line.Grams * rules.WeightFromPercent || grams * 100 > line.Grams * rules.WeightToPercent) return new Refusal("weigh.grams", Place.Input("Grams"), rules.WeightFromPercent, rules.WeightToPercent);
        var parts = await db.Payments.Where(p => p.County == order.County && p.OrderId == order.Id).Select(p => new { p.Part, p.State }).ToListAsync(cancel);
        return parts.Any(p => p.Part == PaymentPart.Deposit) && !parts.Any(p => p.Part == PaymentPart.Balance && p.State == PaymentState.Paid) ? new Refusal("market.order-balance", Place.None, order.Number) : null;
    }

    private async Task<Refusal?> Move(OrderLine line, long grams, CancellationToken cancel)
    {
        var (lot, request) = (line.LotId!.Value, OrderLots.Request(line.Id, 3));
        if (grams < line.Grams) return (await LotStock.PutBack(db, ids, line.County, lot, line.Grams - grams, request, line.Id, clock.Today, cancel)).Refused;
        return grams > line.Grams ? (await LotStock.Take(db, ids, line.County, lot, grams - line.Grams, request, line.Id, clock.Today, cancel)).Refused : null;
    }

    // Who has not paid yet (on delivery) pays less; who has gets it back.
    private async Task PayBack(Order order, Fen less, Guid requestId, CancellationToken cancel)
    {
        var open = await db.Payments.SingleOrDefaultAsync(p => p.County == order.County && p.OrderId == order.Id && p.State == PaymentState.Open && p.Part == PaymentPart.Whole, cancel);
        if (open is not null) open.Amount -= less;
        else await back.Pay(order, less, requestId, "weight", cancel);
    }
}
