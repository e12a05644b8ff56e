using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Channels;

/// <summary>Lines that wait for a lot: tried again when stock or codes have come, or given a lot by hand.</summary>
internal sealed class WaitingLinesHandler(ShanhuoDb db, TimeProvider clock, Events events, OrderLots lots, LineServing serving)
{
    /// <summary>Tries all waiting orders of the county, oldest first, one transaction each.</summary>
    /// <returns>How many lines got their lot.</returns>
    public async Task<int> TryAgain(AreaCode county, CancellationToken cancel)
    {
        var orders = await db.OrderLines.Where(l => l.County == county && l.Waits > WaitReason.None).Select(l => l.OrderId).Distinct().ToListAsync(cancel);
        var served = 0;
        foreach (var id in orders.Order())
        {
            cancel.ThrowIfCancellationRequested();
            db.ChangeTracker.Clear();
            await using var change = await db.Database.BeginTransactionAsync(cancel);
            if (await Lock(county, id, cancel) is not (var order, var lines) || order.State is OrderState.Cancelled or OrderState.Unpaid) continue;
            var before = lines.Count(l => l.LotId is null);
            await serving.Know(county, order.Channel, [order.Number], [.. lines.Where(l => l.SellerCode is not null).Select(l => l.SellerCode!).Distinct()], cancel);
            // Lost to another sale: it stays in the list and is tried the next time.
            if (await serving.Serve(order, lines, clock.Today, cancel) is not null) continue;
            if (await Finish(order, lines, cancel) is not null) continue;
            await change.CommitAsync(cancel);
            served += before - lines.Count(l => l.LotId is null);
        }
        return served;
    }

    /// <summary>Gives a waiting line a lot by hand.</summary>
    /// <param name="lineId">A line without a lot whose product is known.</param>
    /// <param name="lotCode">Public code of a lot of the same product with enough in it.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Refusal?> Give(long lineId, string lotCode, CancellationToken cancel)
    {
        if (await db.OrderLines.AsNoTracking().SingleOrDefaultAsync(l => l.County == db.Scope.County && l.Id == lineId, cancel) is not { } asked) return new Refusal("market.waiting-gone");
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await Lock(asked.County, asked.OrderId, cancel) is not (var order, var lines) || lines.SingleOrDefault(l => l.Id == lineId) is not { LotId: null, Waits: > WaitReason.None } line) return new Refusal("market.waiting-gone");
        if (line.ProductId == 0) return new Refusal("market.waiting-code", Place.Input("Lot"), line.SellerCode ?? "");
        var code = Numerals.Narrow(lotCode);
        var named = db.Lots.Where(l => l.County == order.County && l.Code == code && l.ProductId == line.ProductId);
        if (line.OfferId is { } offer)
        {
            var seller = await lots.SellerOf(order.County, offer, cancel);
            named = named.Where(l => (l.CooperativeId ?? l.PlaceId) == seller);
        }
        var lot = await named.Select(l => (long?)l.Id).SingleOrDefaultAsync(cancel);
        if (lot is null) return new Refusal("market.waiting-lot", Place.Input("Lot"), code);
        var no = await lots.Freeze(order, lot.Value, clock.Today, cancel) ?? await lots.Take(order, line, [new LotPart(lot.Value, line.Grams + line.Pieces)], lines, clock.Today, cancel, order.State is OrderState.Shipped or OrderState.Received);
        if (no is not null) return no with { Where = Place.Input("Lot") };
        order.IsWaiting = lines.Any(l => l.LotId is null);
        if (await Finish(order, lines, cancel) is { } unsettled) return unsettled;
        await change.CommitAsync(cancel);
        return null;
    }

    private async Task<(Order Order, List<OrderLine> Lines)?> Lock(AreaCode county, long orderId, CancellationToken cancel)
    {
        if (await db.Orders.Where(o => o.County == county && o.Id == orderId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel) == 0) return null;
        var order = await db.Orders.SingleAsync(o => o.County == county && o.Id == orderId, cancel);
        return (order, await db.OrderLines.Where(l => l.County == county && l.OrderId == orderId).OrderBy(l => l.Number).ToListAsync(cancel));
    }

    private async Task<Refusal?> Finish(Order order, List<OrderLine> lines, CancellationToken cancel)
    {
        var lineIds = lines.Select(l => l.Id).ToList();
        var claimed = await db.RefundClaims.Where(r => r.County == order.County && lineIds.Contains(r.LineId)).GroupBy(r => r.LineId).Select(g => new { g.Key, Sum = g.Sum(r => (long)r.Amount) }).ToDictionaryAsync(g => g.Key, g => new Fen(g.Sum), cancel);
        var returns = new Dictionary<long, int>();
        foreach (var product in lines.Select(l => l.ProductId).Distinct()) returns[product] = (await lots.Product(product, cancel))?.ReturnDays ?? 0;
        var due = OrderDue.Mark(order, lines, p => returns[p], claimed, clock.Today);
        await db.SaveChangesAsync(cancel);
        if (due && await events.Raise(new LinesDue(order.County, [order.Id]), cancel) is { } no) return no;
        foreach (var claim in await db.RefundClaims.Where(r => r.County == order.County && lineIds.Contains(r.LineId) && !r.IsSettled).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(cancel))
            if (await events.Raise(new RefundClaimed(order.County, claim), cancel) is { } no2) return no2;
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
