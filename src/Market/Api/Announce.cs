using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Api;

/// <summary>Adds to a change the messages that tell of it: to the addresses of who sells the orders and of who placed them. Saved, or not, with the change.</summary>
internal sealed class Announce(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    public const string Placed = "order.placed", Paid = "order.paid", Shipped = "order.shipped", Delivered = "order.delivered", Received = "order.received", Cancelled = "order.cancelled", Refunded = "order.refunded";

    private const string Why = "who sells or placed an order is told of it, whoever changed it";

    /// <summary>Adds them; where nobody of the county wants to be told, it costs one look.</summary>
    /// <param name="county">County of the orders.</param>
    /// <param name="orders">Their lines must be in the database.</param>
    /// <param name="type">What happened.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task Add(AreaCode county, IReadOnlyCollection<Order> orders, string type, CancellationToken cancel)
    {
        if (orders.Count == 0) return;
        var hooks = await db.Unfiltered<Hook>(Why).Where(h => h.County == county && h.State == HookState.Open).Select(h => new { h.Id, h.OrganisationId }).ToListAsync(cancel);
        if (hooks.Count == 0) return;
        var (orderIds, requests) = (orders.Select(o => o.Id).ToList(), orders.Select(o => o.RequestId).ToList());
        // In two steps: joined, SQLite would go through all lines by their offers.
        var lines = await db.Unfiltered<OrderLine>(Why).Where(l => l.County == county && EF.Parameter(orderIds).Contains(l.OrderId)).Select(l => new { l.OrderId, l.OfferId }).Distinct().ToListAsync(cancel);
        var offerIds = lines.Select(l => l.OfferId).OfType<long>().Distinct().ToList();
        var sellerOf = await db.Unfiltered<Offer>(Why).Where(o => o.County == county && EF.Parameter(offerIds).Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.SellerId, cancel);
        var sellers = lines.Where(l => l.OfferId is not null).ToLookup(l => l.OrderId, l => sellerOf[l.OfferId!.Value]);
        var placers = await db.Unfiltered<ApiRequest>(Why).Where(r => r.County == county && EF.Parameter(requests).Contains(r.RequestId)).ToDictionaryAsync(r => r.RequestId, r => r.OrganisationId, cancel);
        var now = clock.NowMs;
        foreach (var order in orders)
            foreach (var hook in hooks.Where(h => sellers[order.Id].Contains(h.OrganisationId) || (placers.TryGetValue(order.RequestId, out var placer) && placer == h.OrganisationId)))
                db.HookMessages.Add(new HookMessage { Id = ids.Next(), County = county, OrganisationId = hook.OrganisationId, HookId = hook.Id, Type = type, OrderNumber = order.Number, AtMs = now, NextTryMs = now });
    }
}
