using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Payments.Gateway;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Payments;

/// <summary>What the institution tells of refunds: each is done once, and what does not fit changes nothing and is on record.</summary>
public sealed class RefundNoticeTests
{
    [Theory, EachDatabase]
    public async Task A_refund_is_done_once_however_often_it_is_told_and_only_by_its_own_number_and_amount(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        var refund = await Asked(host, site);
        Assert.Equal(401, await Tell(site, refund, r => r, forged: true));
        Assert.Equal(204, await Tell(site, refund, r => r with { Amount = r.Amount - 1 }));
        Assert.Equal(204, await Tell(site, refund, r => r with { Number = "SRX0000001" }));
        // The right number and amount, of another order's payment.
        var other = await site.PayAtGateway(host);
        Assert.Equal(204, await Tell(site, refund, r => r with { PaymentNumber = other.Number }));
        Assert.Equal(BuyerRefundState.Asked, (await Stands(host, refund)).State);
        Assert.Equal(["market.pay-refund-amount", "market.pay-refund-unknown", "market.pay-refund-unknown"], await host.Db(db => db.PaymentNotices.Where(n => n.Refused != null && n.PaymentNumber != "").OrderBy(n => n.Refused).Select(n => n.Refused!).ToListAsync()));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Tell(site, refund, r => r)))), status => Assert.Equal(204, status));
        var done = await Stands(host, refund);
        Assert.Equal((BuyerRefundState.Done, host.Clock.NowMs), (done.State, done.DoneMs));
        // Told again the next day, and then that it failed.
        host.Clock.Days(1);
        foreach (var state in new[] { "SUCCESS", "ABNORMAL", "CLOSED", "PROCESSING" }) Assert.Equal(204, await Tell(site, refund, r => r with { State = state }));
        var after = await Stands(host, refund);
        Assert.Equal((done.State, done.DoneMs, done.Tries), (after.State, after.DoneMs, after.Tries));
        Assert.Equal((1, 0L), (await host.Db(db => db.BuyerRefunds.CountAsync()), await Parcels.BuyersMoney(host, refund.OrderId)));
        Assert.Equal(0, await site.Desk.SendRefunds(CancellationToken.None));
    }

    [Theory, EachDatabase]
    public async Task A_refund_that_failed_stays_so_until_the_institution_has_carried_it_out_after_all(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        var refund = await Asked(host, site);
        Assert.Equal(204, await Tell(site, refund, r => r with { State = "ABNORMAL" }));
        Assert.Equal((BuyerRefundState.Failed, null), ((await Stands(host, refund)).State, (await Stands(host, refund)).DoneMs));
        Assert.Equal(204, await Tell(site, refund, r => r with { State = "PROCESSING" }));
        Assert.Equal(BuyerRefundState.Failed, (await Stands(host, refund)).State);
        // Nobody sends it a second time by itself.
        host.Clock.Days(1);
        Assert.Equal(0, await site.Desk.SendRefunds(CancellationToken.None));
        Assert.Equal(204, await Tell(site, refund, r => r));
        Assert.Equal((BuyerRefundState.Done, host.Clock.NowMs), ((await Stands(host, refund)).State, (await Stands(host, refund)).DoneMs));
    }

    [Theory, EachDatabase]
    public async Task A_payment_that_is_told_before_its_door_is_answered_pays_the_order_once(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        site.Gateway.Misbehave.NotifyBeforeAnswer = true;
        var placed = (await Window.Place(host, Window.Order(2))).Value;
        Assert.Null((await site.Desk.Begin(placed.Payment, placed.Number, "/back", null, CancellationToken.None)).Refused);
        Assert.Equal(OrderState.Placed, await Parcels.State(host, placed.OrderId));
        host.Clock.Now = host.Clock.Now.AddMinutes(1);
        await site.Gateway.SendDue(CancellationToken.None);
        host.Clock.Now = host.Clock.Now.AddMinutes(20);
        Assert.Equal(0, await site.Desk.Expire(CancellationToken.None));
        Assert.Equal((OrderState.Placed, placed.Payment.Amount.Value, 99_000), (await Parcels.State(host, placed.OrderId), await Parcels.BuyersMoney(host, placed.OrderId), await host.Available(SmallCounty.Lot)));
        Assert.Equal((0, 0), (await host.Db(db => db.BuyerRefunds.CountAsync()), await host.Db(db => db.PaymentNotices.CountAsync(n => n.Refused != null))));
    }

    // Paid, cancelled, and its refund asked for; the gateway has carried it out and tells nobody by itself.
    private static async Task<BuyerRefund> Asked(SalesHost host, PaidSite site)
    {
        site.Gateway.Misbehave.Never = true;
        var payment = await site.PayAtGateway(host, 2);
        GatewayNotice paid;
        lock (site.Gateway.Book.Gate) paid = site.Gateway.Book.Notices.Values.Single(n => n.RefundNumber is null);
        var (_, headers, body) = site.Gateway.Tell(paid);
        Assert.Equal(204, (await site.Desk.Hear("wechat", headers, body, CancellationToken.None))!.Status);
        Assert.Null(await Parcels.Move(host, payment.OrderId, OrderStep.Cancel));
        await site.Desk.SendRefunds(CancellationToken.None);
        var refund = await host.Db(db => db.BuyerRefunds.AsNoTracking().SingleAsync());
        Assert.Equal((BuyerRefundState.Asked, payment.Amount), (refund.State, refund.Amount));
        await site.Gateway.SendDue(CancellationToken.None);
        return refund;
    }

    // A notification of the refund as the change would have it, signed by the gateway.
    private static async Task<int> Tell(PaidSite site, BuyerRefund refund, Func<GatewayRefund, GatewayRefund> change, bool forged = false)
    {
        (string, Dictionary<string, string> Headers, byte[] Body) told;
        var book = site.Gateway.Book;
        lock (book.Gate)
        {
            var (kept, notice) = (book.Refunds[refund.Number], book.Notices.Values.Single(n => n.RefundNumber == refund.Number));
            Assert.Equal("SUCCESS", kept.State);
            var changed = change(kept);
            book.Write(changed);
            site.Gateway.Misbehave.Forge = forged;
            told = site.Gateway.Tell(notice with { RefundNumber = changed.Number });
            site.Gateway.Misbehave.Forge = false;
            book.Write(kept);
        }
        return (await site.Desk.Hear("wechat", told.Headers, told.Body, CancellationToken.None))!.Status;
    }

    private static Task<BuyerRefund> Stands(SalesHost host, BuyerRefund refund) => host.Db(db => db.BuyerRefunds.AsNoTracking().SingleAsync(r => r.Number == refund.Number));
}
