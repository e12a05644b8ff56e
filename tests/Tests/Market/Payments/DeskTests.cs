using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Payments;

/// <summary>What neither notification nor query told comes with the day's bill, and what was kept frozen is let go when the goods are there.</summary>
public sealed class DeskTests
{
    private static async Task<Payment> PaidAtGateway(SalesHost host, PaidSite site, int units = 1)
    {
        var placed = (await Window.Place(host, Window.Order(units))).Value;
        Assert.Null((await site.Desk.Begin(placed.Payment, placed.Number, "/back", null, CancellationToken.None)).Refused);
        Assert.True(site.Gateway.Pay(site.Gateway.Book.Payments[placed.Payment.Number].PrepayId));
        return placed.Payment;
    }

    [Theory, EachDatabase]
    public async Task A_payment_of_which_nobody_told_us_is_found_in_the_bill_and_what_differs_is_shown_to_staff(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        var day = host.Clock.Today;
        var payment = await PaidAtGateway(host, site, 2);
        // In our books only: nobody at the institution knows of it.
        var ours = (await Window.Place(host, Window.Order())).Value;
        Assert.Null(await Parcels.Pay(host, ours.Payment));
        host.Clock.Days(1);
        var read = await site.Desk.ReadBill(day, CancellationToken.None);
        Assert.Null(read.Refused);
        Assert.Equal((PaymentState.Paid, OrderState.Placed), await host.Db(async db => (await db.Payments.Where(p => p.Number == payment.Number).Select(p => p.State).SingleAsync(), await db.Orders.Where(o => o.Id == payment.OrderId).Select(o => o.State).SingleAsync())));
        Assert.Equal((1, 1), read.Value);
        Assert.Equal("market.pay-not-billed", await host.Db(db => db.PaymentNotices.Where(n => n.PaymentNumber == ours.Payment.Number).Select(n => n.Refused).SingleAsync()));
        Assert.Equal((0, 0), (await site.Desk.ReadBill(day, CancellationToken.None)).Value);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await staff.Get("/market/payments");
        Assert.Contains(ours.Payment.Number, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(payment.Number, page.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Frozen_money_is_let_go_when_the_buyer_has_the_goods_and_not_before(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        var payment = await PaidAtGateway(host, site);
        var book = site.Gateway.Book.Payments[payment.Number];
        Assert.Null(await host.Do((TakePaymentHandler take) => take.Handle(new PaymentTold(payment.Number, "wechat", book.TransactionId!, payment.Amount, "CNY"), CancellationToken.None), Scope.Everything));
        Assert.True(await host.Db(db => db.Payments.Select(p => p.Frozen).SingleAsync()));
        Assert.Null(await Parcels.Move(host, payment.OrderId, OrderStep.Ship));
        Assert.Equal(0, await site.Desk.Release(CancellationToken.None));
        Assert.Empty(site.Gateway.Book.Sharings);
        Assert.Null(await Parcels.Move(host, payment.OrderId, OrderStep.Receive));
        Assert.Equal(1, await site.Desk.Release(CancellationToken.None));
        Assert.Equal(book.TransactionId, site.Gateway.Book.Sharings[payment.Number + "U"].TransactionId);
        Assert.Equal(0, await site.Desk.Release(CancellationToken.None));
        Assert.False(await host.Db(db => db.Payments.Select(p => p.Frozen).SingleAsync()));
    }
}
