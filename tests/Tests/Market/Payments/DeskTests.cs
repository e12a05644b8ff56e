using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Payments;

/// <summary>What neither notification nor query told comes with the day's bill.</summary>
public sealed class DeskTests
{
    [Theory, EachDatabase]
    public async Task A_payment_of_which_nobody_told_us_is_found_in_the_bill_and_what_differs_is_shown_to_staff(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        site.Gateway.Misbehave.Never = true;
        var payment = await site.PayAtGateway(host, 2);
        // In our books only: nobody at the institution knows of it.
        var ours = (await Window.Place(host, Window.Order())).Value;
        Assert.Null(await Parcels.Pay(host, ours.Payment));
        host.Clock.Days(1);
        var read = await site.Desk.ReadBills(CancellationToken.None);
        Assert.Equal((PaymentState.Paid, OrderState.Placed), await host.Db(async db => (await db.Payments.Where(p => p.Number == payment.Number).Select(p => p.State).SingleAsync(), await db.Orders.Where(o => o.Id == payment.OrderId).Select(o => o.State).SingleAsync())));
        Assert.Equal((1, 1), read);
        Assert.Equal("market.pay-not-billed", await host.Db(db => db.PaymentNotices.Where(n => n.PaymentNumber == ours.Payment.Number).Select(n => n.Refused).SingleAsync()));
        await host.Db(db => db.BilledDays.ExecuteDeleteAsync());
        Assert.Equal((0, 0), await site.Desk.ReadBills(CancellationToken.None));
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await staff.Get("/market/payments");
        Assert.Contains(ours.Payment.Number, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(payment.Number, page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await staff.Get(page.Page.QuerySelector("main table a")!.GetAttribute("href")!)).Status);
        // What nobody can have sent to us is seen by all, another county's payment by that county alone.
        Assert.Equal(401, (await site.Desk.Hear("wechat", new Dictionary<string, string>(), "{}"u8.ToArray(), CancellationToken.None))!.Status);
        var elsewhere = (await (await host.VisitAs(Role.CountyStaff, AreaCode.Parse("622923"))).Get("/market/payments")).Text;
        Assert.Contains("没有采信", elsewhere, StringComparison.Ordinal);
        Assert.DoesNotContain(ours.Payment.Number, elsewhere, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task Bills_of_days_on_which_nobody_ran_are_read_when_somebody_does(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        // The very first time there is only yesterday.
        await site.Desk.ReadBills(CancellationToken.None);
        Assert.Equal(host.Clock.Today.AddDays(-1), await host.Db(db => db.BilledDays.Select(b => b.Day).SingleAsync()));
        var unknown = new List<string>();
        for (var day = 0; day < 2; day++)
        {
            // In our books only: the bill of its day tells.
            var ours = (await Window.Place(host, Window.Order())).Value;
            Assert.Null(await Parcels.Pay(host, ours.Payment));
            unknown.Add(ours.Payment.Number);
            host.Clock.Days(1);
        }
        Assert.Equal((0, 2), await site.Desk.ReadBills(CancellationToken.None));
        Assert.Equal(unknown, await host.Db(db => db.PaymentNotices.Where(n => n.Refused == "market.pay-not-billed").OrderBy(n => n.Id).Select(n => n.PaymentNumber).ToListAsync()));
        Assert.Equal(host.Clock.Today.AddDays(-1), await host.Db(db => db.BilledDays.Select(b => b.Day).SingleAsync()));
        // Longer ago than a month is not asked for.
        host.Clock.Days(40);
        Assert.Equal((0, 0), await site.Desk.ReadBills(CancellationToken.None));
        Assert.Equal(host.Clock.Today.AddDays(-1), await host.Db(db => db.BilledDays.Select(b => b.Day).SingleAsync()));
    }

    [Theory, EachDatabase]
    public async Task A_refund_that_was_refused_is_asked_again_once_and_by_the_staff_of_its_county_alone(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        site.Gateway.Misbehave.Never = true;
        var payment = await site.PayAtGateway(host, 2);
        Assert.Null(await host.Services.GetRequiredService<CheckoutQueue>().Pay(new PaymentTold(payment.Number, "wechat", site.Gateway.Book.Payments[payment.Number].TransactionId!, payment.Amount, "CNY"), CancellationToken.None));
        Assert.Null(await Parcels.Move(host, payment.OrderId, OrderStep.Ship));
        var line = await host.Db(db => db.OrderLines.Where(l => l.OrderId == payment.OrderId).Select(l => l.Id).SingleAsync());
        Assert.Null((await host.Do((ClaimRefundHandler claim) => claim.Handle(new ClaimRefund(Guid.CreateVersion7(), line, new Fen(321), null, null, "short"), CancellationToken.None))).Refused);
        await host.Db(db => db.BuyerRefunds.ExecuteUpdateAsync(set => set.SetProperty(r => r.State, BuyerRefundState.Failed).SetProperty(r => r.Tries, 40).SetProperty(r => r.NextTryMs, host.Clock.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds())));
        var refund = await host.Db(db => db.BuyerRefunds.SingleAsync());

        // Who may look sees it without the button; a press that is made up does nothing. Another county does not even see it.
        foreach (var (role, area, organisation, sees) in new (string, AreaCode, long?, bool)[] { (Role.CountyOfficial, SmallCounty.County, null, true), (Role.Auditor, SmallCounty.County, null, true), (Role.CountyStaff, AreaCode.Parse("622923"), null, false), (Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative, false), (Role.Station, SmallCounty.VillageA, SmallCounty.StationA, false) })
        {
            var other = await host.VisitAs(role, area, organisation);
            var seen = await other.Get("/market/payments");
            Assert.Equal(sees, seen.Text.Contains(refund.Number, StringComparison.Ordinal));
            Assert.Null(seen.Page.QuerySelector("form[action*='handler=Again']"));
            await Press(other, refund.Id);
            Assert.Equal(BuyerRefundState.Failed, (await Refund()).State);
        }

        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await staff.Get("/market/payments");
        Assert.Contains("¥3.21", page.Text, StringComparison.Ordinal);
        var after = await staff.Submit(page, "form[action*='handler=Again']", []);
        Assert.Equal((HttpStatusCode.OK, "/market/payments"), (after.Status, after.Address.AbsolutePath));
        Assert.DoesNotContain(refund.Number, after.Text, StringComparison.Ordinal);
        await site.Desk.SendRefunds(CancellationToken.None);
        // A second press of the page as it was, and one from another window.
        await staff.Submit(page, "form[action*='handler=Again']", []);
        await Press(staff, refund.Id);
        await site.Desk.SendRefunds(CancellationToken.None);
        Assert.NotEqual(BuyerRefundState.Failed, (await Refund()).State);
        Assert.Equal([321L], site.Gateway.Book.Refunds.Values.Select(r => r.Amount));

        Task<BuyerRefund> Refund() => host.Db(db => db.BuyerRefunds.AsNoTracking().SingleAsync());

        static async Task Press(Visitor visitor, long id)
        {
            var token = (await visitor.Get("/")).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            using var form = new FormUrlEncodedContent([new("id", $"{id}"), new("__RequestVerificationToken", token)]);
            await visitor.Client.PostAsync("/market/payments?handler=Again", form);
        }
    }
}
