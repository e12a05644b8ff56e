using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Shipping;

/// <summary>Orders from the window on their way to buyers.</summary>
internal static class Parcels
{
    public static Task<Refusal?> Pay(SalesHost host, Payment payment) =>
        host.Do((TakePaymentHandler take) => take.Handle(new PaymentTold(payment.Number, payment.Method, "T-" + payment.Number, payment.Amount, "CNY"), CancellationToken.None), Scope.Everything);

    /// <summary>Placed and paid.</summary>
    public static async Task<Placed> Bought(SalesHost host, int units = 1, long offer = Window.Almonds)
    {
        var placed = (await Window.Place(host, Window.Order(units, offer: offer, to: Window.ToLanzhou))).Value;
        Assert.Null(await Pay(host, placed.Payment));
        return placed;
    }

    /// <summary>Placed, paid, shipped and, where asked, received.</summary>
    public static async Task<Placed> Sent(SalesHost host, int units = 1, bool received = true)
    {
        var placed = await Bought(host, units);
        Assert.Null(await Move(host, placed.OrderId, OrderStep.Ship));
        if (received) Assert.Null(await Move(host, placed.OrderId, OrderStep.Receive));
        return placed;
    }

    public static async Task<Refusal?> Move(SalesHost host, long order, OrderStep step) => (await host.Do((MoveOrderHandler move) => move.Handle(order, step, CancellationToken.None))).Refused;

    public static Task<OrderState> State(SalesHost host, long order) => host.Db(db => db.Orders.Where(o => o.Id == order).Select(o => o.State).SingleAsync());

    /// <summary>Address of the buyer's page.</summary>
    public static string Page(SalesHost host, long order) => "/shop/order/" + OrderKey.Of(host.Services.GetRequiredService<Secrets>(), Databases.SmallCounty.County, order);

    /// <summary>What the buyer paid less what went back, in fen.</summary>
    public static Task<long> BuyersMoney(SalesHost host, long order) => host.Db(async db =>
        await db.Payments.Where(p => p.OrderId == order && p.State == PaymentState.Paid).SumAsync(p => (long)p.Amount) - await db.BuyerRefunds.Where(r => r.OrderId == order).SumAsync(r => (long)r.Amount));

    public static Task<long> Ledger(SalesHost host) => host.Db(db => db.Set<Posting>().SumAsync(p => (long)p.Amount));
}
