using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Buying;

/// <summary>A buyer's money: taken once, never for goods that are gone, never in another amount.</summary>
public sealed class PaymentTests
{
    private static Task<Refusal?> Pay(SalesHost host, Payment payment, string transaction = "T-1", Fen? amount = null, string currency = "CNY") =>
        host.Services.GetRequiredService<CheckoutQueue>().Pay(new PaymentTold(payment.Number, payment.Method, transaction, amount ?? payment.Amount, currency), CancellationToken.None);

    [Theory, EachDatabase]
    public async Task A_payment_that_is_told_many_times_at_once_pays_once(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = (await Window.Place(host, Window.Order(2))).Value;
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Pay(host, placed.Payment)))), Assert.Null);
        Assert.Equal((OrderState.Placed, PaymentState.Paid, 0), await host.Db(async db => (await db.Orders.Select(o => o.State).SingleAsync(), await db.Payments.Select(p => p.State).SingleAsync(), await db.BuyerRefunds.CountAsync())));
        Assert.Equal("market.pay-twice", (await Pay(host, placed.Payment, "T-2"))?.Code);
    }

    [Theory, EachDatabase]
    public async Task Another_amount_another_currency_or_another_way_changes_nothing(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var payment = (await Window.Place(host, Window.Order())).Value.Payment;
        Assert.Equal("market.pay-amount", (await Pay(host, payment, amount: payment.Amount - new Fen(1)))?.Code);
        Assert.Equal("market.pay-currency", (await Pay(host, payment, currency: "USD"))?.Code);
        Assert.Equal("market.pay-method", (await host.Do((TakePaymentHandler take) => take.Handle(new PaymentTold(payment.Number, "alipay", "T", payment.Amount, "CNY"), CancellationToken.None), Scope.Everything))?.Code);
        Assert.Equal("market.pay-unknown", (await host.Do((TakePaymentHandler take) => take.Handle(new PaymentTold("SH0", "wechat", "T", payment.Amount, "CNY"), CancellationToken.None), Scope.Everything))?.Code);
        Assert.Equal((OrderState.Unpaid, PaymentState.Open), await host.Db(async db => (await db.Orders.Select(o => o.State).SingleAsync(), await db.Payments.Select(p => p.State).SingleAsync())));
    }

    [Theory, EachDatabase]
    public async Task Money_that_comes_after_the_goods_went_to_others_goes_back_once(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var payment = (await Window.Place(host, Window.Order(3))).Value.Payment;
        host.Clock.Now = host.Clock.Now.AddMinutes(16);
        Assert.Equal(1, await host.Services.GetRequiredService<PaymentDesk>().Expire(CancellationToken.None));
        Assert.Equal(100_000, await host.Available(SmallCounty.Lot));
        host.Clock.Days(3);
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Pay(host, payment)))), Assert.Null);
        var (state, refund) = await host.Db(async db => (await db.Orders.Select(o => o.State).SingleAsync(), await db.BuyerRefunds.SingleAsync()));
        Assert.Equal((OrderState.Cancelled, payment.Amount, "late-payment", BuyerRefundState.Due), (state, refund.Amount, refund.Reason, refund.State));
    }

    [Theory, EachDatabase]
    public async Task A_buyer_who_pays_in_the_moment_in_which_the_time_ends_has_the_goods_or_the_money(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        for (var round = 0; round < 10; round++)
        {
            var placed = (await Window.Place(host, Window.Order())).Value;
            host.Clock.Now = host.Clock.Now.AddMinutes(16);
            await Task.WhenAll(Task.Run(() => Pay(host, placed.Payment)), Task.Run(() => host.Services.GetRequiredService<PaymentDesk>().Expire(CancellationToken.None)));
            var (state, back) = await host.Db(async db => (await db.Orders.Where(o => o.Id == placed.OrderId).Select(o => o.State).SingleAsync(), await db.BuyerRefunds.Where(r => r.OrderId == placed.OrderId).SumAsync(r => (long)r.Amount)));
            Assert.True(state == OrderState.Placed && back == 0 || state == OrderState.Cancelled && back == placed.Payment.Amount.Value, $"{state}, {back}");
        }
    }

    [Theory, EachDatabase]
    public async Task A_cancelled_order_gives_back_the_goods_the_units_of_the_offer_and_the_money(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await host.SecondLot(302, "L-2", 300_000);
        await Window.Open(host, o => o.Cap = 250);
        // Two lots serve it.
        var placed = (await Window.Place(host, Window.Order(90))).Value;
        await Pay(host, placed.Payment);
        await Window.Leave(host, 10_000);
        var second = (await Window.Place(host, Window.Order(60))).Value;
        await Pay(host, second.Payment);
        Assert.Equal(2, await host.Db(db => db.OrderLines.CountAsync(l => l.OrderId == second.OrderId)));
        Assert.Equal(150, await host.Db(db => db.Offers.Select(o => o.Sold).SingleAsync()));
        Assert.Null((await host.Do((MoveOrderHandler move) => move.Handle(second.OrderId, OrderStep.Cancel, CancellationToken.None))).Refused);
        Assert.Null((await host.Do((MoveOrderHandler move) => move.Handle(second.OrderId, OrderStep.Cancel, CancellationToken.None))).Refused);
        Assert.Equal((90, 10_000, 300_000), (await host.Db(db => db.Offers.Select(o => o.Sold).SingleAsync()), await host.Available(SmallCounty.Lot), await host.Available(302)));
        Assert.Equal(second.Payment.Amount.Value, await host.Db(db => db.BuyerRefunds.SumAsync(r => (long)r.Amount)));
    }

    [Theory, EachDatabase]
    public async Task A_refund_of_a_received_order_pays_the_buyer_what_settlement_takes_back(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = (await Window.Place(host, Window.Order(4))).Value;
        await Pay(host, placed.Payment);
        foreach (var step in new[] { OrderStep.Ship, OrderStep.Receive }) Assert.Null((await host.Do((MoveOrderHandler move) => move.Handle(placed.OrderId, step, CancellationToken.None))).Refused);
        var line = await host.Db(db => db.OrderLines.Select(l => l.Id).SingleAsync());
        foreach (var amount in new[] { 1000L, 333, 1 })
            Assert.Null((await host.Do((ClaimRefundHandler claim) => claim.Handle(new ClaimRefund(Guid.CreateVersion7(), line, new Fen(amount), null, null, "damaged"), CancellationToken.None))).Refused);
        Assert.Equal((1334, 0), await host.Db(async db => (await db.BuyerRefunds.SumAsync(r => (long)r.Amount), await db.Set<Shanhuo.Settlement.Ledger.Posting>().SumAsync(p => (long)p.Amount))));
    }
}
