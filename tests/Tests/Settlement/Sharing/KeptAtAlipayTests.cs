using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Settlement.Sharing;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Payments;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Settlement.Sharing;

/// <summary>What a buyer pays by Alipay is kept there until the goods are received, and then given free once.</summary>
public sealed class KeptAtAlipayTests
{
    [Theory, EachDatabase]
    public async Task The_seller_has_the_money_when_the_buyer_has_the_goods_less_what_went_back_and_once(DatabaseKind kind)
    {
        await using var alipay = new AlipayCounterpart();
        await using var host = await SalesHost.Start(kind);
        await alipay.SetUpKept(host);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        var payment = await Paid(host, site, alipay);
        await Round(site);
        Assert.True(await Frozen(host, payment));
        Assert.Null(await Parcels.Move(host, payment.OrderId, OrderStep.Ship));
        Assert.Null(await Parcels.Move(host, payment.OrderId, OrderStep.Receive));
        // What goes back to the buyer is waited for.
        var line = await host.Db(db => db.OrderLines.Where(l => l.OrderId == payment.OrderId).Select(l => l.Id).SingleAsync());
        Assert.Null((await host.Do((ClaimRefundHandler claim) => claim.Handle(new ClaimRefund(Guid.CreateVersion7(), line, new Fen(300), null, null, "short"), default))).Refused);
        await Round(site);
        Assert.Equal((0, true), (alipay.Asked, await Frozen(host, payment)));
        await site.Desk.SendRefunds(CancellationToken.None);
        // It is done, and nobody hears of it.
        alipay.LoseNext = true;
        await Round(site);
        Assert.Equal((1, true), (alipay.Asked, await Frozen(host, payment)));
        for (var i = 0; i < 3; i++)
        {
            host.Clock.Now += TimeSpan.FromHours(2);
            await Round(site);
        }
        Assert.Equal([(payment.Amount.Value - 300) / 100m], alipay.Confirmed.Values);
        Assert.Equal((2, false), (alipay.Asked, await Frozen(host, payment)));
        Assert.Equal(0, await Parcels.Ledger(host));
    }

    [Theory, EachDatabase]
    public async Task What_Alipay_refuses_is_shown_to_staff_and_can_be_asked_again(DatabaseKind kind)
    {
        await using var alipay = new AlipayCounterpart();
        await using var host = await SalesHost.Start(kind);
        await alipay.SetUpKept(host);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        var payment = await Paid(host, site, alipay);
        Assert.Null(await Parcels.Move(host, payment.OrderId, OrderStep.Ship));
        Assert.Null(await Parcels.Move(host, payment.OrderId, OrderStep.Receive));
        // Something was given back at Alipay's own site, of which we know nothing.
        alipay.Paid["T-1"] -= 1;
        for (var i = 0; i < 12; i++)
        {
            await Round(site);
            host.Clock.Now += TimeSpan.FromHours(2);
        }
        Assert.Equal((RequestState.Failed, true), (await host.Db(db => db.ShareRequests.Select(r => r.State).SingleAsync()), await Frozen(host, payment)));
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await staff.Get("/settlement/sharing");
        Assert.Contains(payment.Number, page.Text, StringComparison.Ordinal);
        Assert.Contains("支付宝：收货前冻结", page.Text, StringComparison.Ordinal);
        alipay.Paid["T-1"] += 1;
        Assert.Equal(HttpStatusCode.OK, (await staff.Submit(page, "form:has(input[name=id])", [])).Status);
        await Round(site);
        Assert.False(await Frozen(host, payment));
    }

    private static async Task<Payment> Paid(SalesHost host, PaidSite site, AlipayCounterpart alipay)
    {
        var placed = (await Window.Place(host, Window.Order(4, "alipay"))).Value;
        Assert.Null((await site.Desk.Begin(placed.Payment, placed.Number, "/back", null, CancellationToken.None)).Refused);
        alipay.Paid["T-1"] = placed.Payment.Amount.Value / 100m;
        Assert.Equal("success", await alipay.Notify(site, placed.Payment, []));
        return placed.Payment;
    }

    private static Task Round(PaidSite site) => site.Services.GetRequiredService<LedgerRound>().Run(SmallCounty.County, null, default);

    private static Task<bool> Frozen(SalesHost host, Payment payment) => host.Db(db => db.Payments.Where(p => p.Id == payment.Id).Select(p => p.Frozen).SingleAsync());
}
