using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Payments;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Payments;

/// <summary>Alipay's notifications at the address to which it sends them.</summary>
public sealed class AlipayRouteTests : IDisposable
{
    private readonly AlipayCounterpart alipay = new();

    public void Dispose() => alipay.Dispose();

    [Theory, EachDatabase]
    public async Task A_signed_notification_pays_its_order_once_however_often_and_however_late_it_comes(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        alipay.SetUp(host);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        var placed = (await Window.Place(host, Window.Order(2, "alipay"))).Value;
        foreach (var (changed, says) in new (Dictionary<string, string>, string)[] { (new() { ["seller_id"] = "2088000000000000" }, "success"), (new() { ["total_amount"] = "0.01" }, "success"), (new() { ["trade_status"] = "WAIT_BUYER_PAY" }, "success") })
            Assert.Equal(says, await alipay.Notify(site, placed.Payment, changed));
        Assert.Equal("failure", await alipay.Notify(site, placed.Payment, [], forged: true));
        Assert.Equal(OrderState.Unpaid, await Parcels.State(host, placed.OrderId));
        foreach (var said in await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => alipay.Notify(site, placed.Payment, [])))) Assert.Equal("success", said);
        await IsPaidOnce(host, placed.OrderId, placed.Payment);
        host.Clock.Days(3);
        Assert.Equal("success", await alipay.Notify(site, placed.Payment, []));
        await IsPaidOnce(host, placed.OrderId, placed.Payment);
        // Another trade for the same order is somebody's to look at.
        Assert.Equal("success", await alipay.Notify(site, placed.Payment, new() { ["trade_no"] = "T-2" }));
        await IsPaidOnce(host, placed.OrderId, placed.Payment);
        Assert.Equal(["market.pay-amount", "market.pay-foreign", "market.pay-twice"], await host.Db(db => db.PaymentNotices.Where(n => n.Refused != null && n.PaymentNumber == placed.Payment.Number).OrderBy(n => n.Refused).Select(n => n.Refused!).ToListAsync()));
    }

    [Theory, EachDatabase]
    public async Task One_that_comes_when_the_goods_are_given_up_sends_the_money_back_once(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        alipay.SetUp(host);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        var placed = (await Window.Place(host, Window.Order(2, "alipay"))).Value;
        host.Clock.Now = host.Clock.Now.AddMinutes(16);
        // Alipay cannot be reached: the goods go back all the same.
        await host.Services.GetRequiredService<PaymentDesk>().Expire(CancellationToken.None);
        Assert.Equal((OrderState.Cancelled, 100_000), (await Parcels.State(host, placed.OrderId), await host.Available(SmallCounty.Lot)));
        host.Clock.Days(1);
        foreach (var said in await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => alipay.Notify(site, placed.Payment, [])))) Assert.Equal("success", said);
        Assert.Equal("success", await alipay.Notify(site, placed.Payment, []));
        var refund = await host.Db(db => db.BuyerRefunds.SingleAsync());
        Assert.Equal((placed.Payment.Amount, "late-payment", OrderState.Cancelled, 0L), (refund.Amount, refund.Reason, await Parcels.State(host, placed.OrderId), await Parcels.BuyersMoney(host, placed.OrderId)));
    }

    [Theory, EachDatabase]
    public async Task One_that_is_paid_while_it_is_given_up_is_kept(DatabaseKind kind)
    {
        await using var counterpart = new AlipayCounterpart();
        await using var host = await SalesHost.Start(kind);
        await counterpart.SetUpKept(host);
        await Window.Open(host);
        var placed = (await Window.Place(host, Window.Order(2, "alipay"))).Value;
        (counterpart.PayBeforeClosing, counterpart.Awaited) = (true, placed.Payment.Amount.Value / 100m);
        host.Clock.Now = host.Clock.Now.AddMinutes(16);
        var desk = host.Services.GetRequiredService<PaymentDesk>();
        await desk.Expire(CancellationToken.None);
        Assert.Equal((OrderState.Unpaid, 99_000), (await Parcels.State(host, placed.OrderId), await host.Available(SmallCounty.Lot)));
        await desk.Expire(CancellationToken.None);
        await IsPaidOnce(host, placed.OrderId, placed.Payment);
    }

    private static async Task IsPaidOnce(SalesHost host, long order, Payment payment)
    {
        Assert.Equal((OrderState.Placed, payment.Amount.Value, 0), (await Parcels.State(host, order), await Parcels.BuyersMoney(host, order), await host.Db(db => db.BuyerRefunds.CountAsync())));
        Assert.Equal(("T-1", 99_000), (await host.Db(db => db.Payments.Select(p => p.TransactionId).SingleAsync()), await host.Available(SmallCounty.Lot)));
    }
}
