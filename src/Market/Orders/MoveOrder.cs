using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Api;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Payments;

namespace Shanhuo.Market.Orders;

/// <summary>What happens to an order next.</summary>
internal enum OrderStep
{
    /// <summary>It leaves.</summary>
    Ship,

    /// <summary>The carrier says that the buyer has it.</summary>
    Deliver,

    /// <summary>The buyer says so: it is due.</summary>
    Receive,

    /// <summary>Given back before it left: the goods go back to their lots.</summary>
    Cancel,
}

/// <summary>With what an order left.</summary>
/// <param name="Carrier">1 to 30 characters.</param>
/// <param name="Waybill">6 to 40 letters, digits and hyphens; empty where the goods travel with our own car to a station.</param>
internal sealed record Parcel(string Carrier, string Waybill);

/// <summary>A step of an order by hand. The same step twice changes nothing.</summary>
internal sealed class MoveOrderHandler(ShanhuoDb db, TimeProvider clock, Events events, OrderLots lots, GiveBack back, Leaving leaving, Announce announce)
{
    /// <param name="orderId">In scope.</param>
    /// <param name="step">What happens.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="parcel">For <see cref="OrderStep.Ship"/>: written down with it; may be put right later with the same step.</param>
    public async Task<Outcome<Order>> Handle(long orderId, OrderStep step, CancellationToken cancel, Parcel? parcel = null)
    {
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        // The row is taken first, so that two who press at once come one after the other.
        var county = db.Scope.County;
        if (await db.OrdersHere.Where(o => o.County == county && o.Id == orderId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel) == 0) return new Refusal("market.order-unknown");
        var order = await db.OrdersHere.SingleAsync(o => o.County == county && o.Id == orderId, cancel);
        var no = order.State == OrderState.Placed && step is OrderStep.Ship or OrderStep.Receive ? await leaving.Hold(order, cancel) : null;
        no ??= await Step(order, step, parcel, cancel);
        if (no is not null)
        {
            db.ChangeTracker.Clear();
            return no;
        }
        await change.CommitAsync(cancel);
        return order;
    }

    /// <summary>May this person say that the buyer has it? Where an institution keeps the buyer's money until receipt, whoever gets the money cannot: only the county, or the station at which it was fetched.</summary>
    public async Task<bool> MaySayReceived(Order order, CancellationToken cancel)
    {
        if (db.Scope is not { Role: Role.Cooperative or Role.Station, OrganisationId: var own }) return true;
        if (!await db.Payments.AnyAsync(p => p.County == order.County && p.OrderId == order.Id && p.State == PaymentState.Paid && (p.Method == "wechat" || p.Method == "alipay"), cancel)) return true;
        return order.SellerId != own && await db.Unfiltered<Delivery>("the station at which an order is fetched hands it over").AnyAsync(d => d.County == order.County && d.OrderId == order.Id && d.PickupId == own, cancel);
    }

    private async Task<Refusal?> Step(Order order, OrderStep step, Parcel? parcel, CancellationToken cancel)
    {
        var day = clock.Today;
        if (step == OrderStep.Ship && parcel is not null && order.State is OrderState.Placed or OrderState.Shipped && await db.Unfiltered<Delivery>("who packs an order carries it to its buyer").SingleOrDefaultAsync(d => d.County == order.County && d.OrderId == order.Id, cancel) is { } delivery)
            (delivery.Carrier, delivery.Waybill) = (parcel.Carrier, parcel.Waybill.Length > 0 ? parcel.Waybill : null);
        switch (step)
        {
            case OrderStep.Ship when order.State == OrderState.Placed:
                (order.State, order.ShippedDay) = (OrderState.Shipped, day);
                break;
            case OrderStep.Deliver when order.State == OrderState.Shipped:
                order.DeliveredDay ??= day;
                break;
            case OrderStep.Receive when order.State is OrderState.Placed or OrderState.Shipped:
                if (!await MaySayReceived(order, cancel)) return new Refusal("market.order-buyer-says", Place.None, order.Number);
                (order.State, order.ReceivedDay) = (OrderState.Received, day);
                order.ShippedDay ??= day;
                break;
            case OrderStep.Cancel when order.State is OrderState.Placed or OrderState.Unpaid:
                if (await db.OrderLines.CountAsync(l => l.County == order.County && l.OrderId == order.Id, cancel) != await db.LinesToRefund.CountAsync(l => l.County == order.County && l.OrderId == order.Id, cancel)) return new Refusal("market.order-shared", Place.None, order.Number);
                break;
            case OrderStep.Ship when order.State == OrderState.Shipped:
                await db.SaveChangesAsync(cancel);
                return null;
            case OrderStep.Ship when order.State == OrderState.Received:
            case OrderStep.Deliver when order.State == OrderState.Received:
            case OrderStep.Receive when order.State == OrderState.Received:
            case OrderStep.Cancel when order.State == OrderState.Cancelled:
                return null;
            case OrderStep.Ship or OrderStep.Deliver or OrderStep.Receive when order.State == OrderState.Unpaid:
                return new Refusal("market.order-unpaid", Place.None, order.Number);
            default:
                return new Refusal(step == OrderStep.Cancel ? "market.order-left" : "market.order-over", Place.None, order.Number);
        }
        var lines = await db.OrderLines.Where(l => l.County == order.County && l.OrderId == order.Id).OrderBy(l => l.Number).ToListAsync(cancel);
        if (step == OrderStep.Cancel)
        {
            if (await back.Undo(order, lines, "cancelled", cancel) is { } no) return no;
        }
        // Told once: of a delivery that was known, nothing changes.
        if (step != OrderStep.Cancel && db.Entry(order).State == EntityState.Modified) await announce.Add(order.County, [order], Said(step), cancel);
        var returns = new Dictionary<long, int>();
        foreach (var product in lines.Select(l => l.ProductId).Distinct()) returns[product] = (await lots.Product(product, cancel))?.ReturnDays ?? 0;
        var due = OrderDue.Mark(order, lines, p => returns[p], new Dictionary<long, Fen>(), day);
        await db.SaveChangesAsync(cancel);
        if (due && await events.Raise(new LinesDue(order.County, [order.Id]), cancel) is { } unsettled) return unsettled;
        await db.SaveChangesAsync(cancel);
        return null;
    }

    private static string Said(OrderStep step) => step switch { OrderStep.Ship => Announce.Shipped, OrderStep.Deliver => Announce.Delivered, _ => Announce.Received };
}
