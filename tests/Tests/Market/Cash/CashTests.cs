using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Cash;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Registry.Trail;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Bulk;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Cash;

/// <summary>Cash on delivery is booked once and to the fen, and cash that goes back is handed out once, above the limit by two people.</summary>
public sealed class CashTests
{
    private static readonly Scope Second = new() { Area = SmallCounty.County, AccountId = 2, Role = Role.CountyStaff };
    private static readonly Scope Seller = new() { Area = SmallCounty.Township, AccountId = 3, Role = Role.Cooperative, OrganisationId = SmallCounty.Cooperative };
    private static readonly Scope Other = new() { Area = SmallCounty.VillageB, AccountId = 4, Role = Role.Station, OrganisationId = SmallCounty.StationB };

    private static Task<Outcome<CashPaper>> Collect(SalesHost host, Payment payment, long fen, Guid? request = null, Scope? who = null) =>
        host.Do((CashDesk desk) => desk.Collect(request ?? Guid.CreateVersion7(), payment.Id, new Fen(fen), CancellationToken.None), who ?? Seller);

    private static Task<Outcome<CashPaper>> HandBack(SalesHost host, long refund, Guid? request = null, Scope? who = null, string? reference = null) =>
        host.Do((CashDesk desk) => desk.HandBack(request ?? Guid.CreateVersion7(), refund, reference, CancellationToken.None), who ?? Seller);

    private static async Task<Placed> Sent(SalesHost host, int units = 1)
    {
        var placed = (await Window.Place(host, Window.Order(units, "cod"))).Value;
        Assert.Null(await Parcels.Move(host, placed.OrderId, OrderStep.Ship));
        Assert.Null(await Parcels.Move(host, placed.OrderId, OrderStep.Receive));
        return placed;
    }

    private static async Task Refund(SalesHost host, long order, long fen)
    {
        var line = await host.Db(db => db.OrderLines.Where(l => l.OrderId == order).Select(l => l.Id).SingleAsync());
        Assert.Null((await host.Do((ClaimRefundHandler claim) => claim.Handle(new ClaimRefund(Guid.CreateVersion7(), line, new Fen(fen), null, null, "short"), CancellationToken.None))).Refused);
    }

    [Theory, EachDatabase]
    public async Task The_seller_books_what_was_collected_on_the_page_and_prints_the_slip(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Sent(host, 2);
        var (due, id) = (placed.Payment.Amount, placed.Payment.Id);
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        var page = await seller.Get("/market/cash");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await seller.Submit(page, $"#p{id} form", new() { ["amount"] = "1", ["step"] = "collect" })).Status);
        var slip = await seller.Submit(page, $"#p{id} form", new() { ["amount"] = due.ToString(), ["step"] = "collect" });
        Assert.StartsWith("/market/cash/slip/", slip.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Contains($"K{id}", slip.Text, StringComparison.Ordinal);
        Assert.Equal((due.Value, PaymentState.Paid, $"K{id}"), await host.Db(async db => (await Parcels.BuyersMoney(host, placed.OrderId), (await db.Payments.SingleAsync()).State, (await db.Payments.SingleAsync()).TransactionId)));
        Assert.Null((await seller.Get("/market/cash")).Page.QuerySelector($"#p{id}"));
        var other = await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(slip.Address.AbsolutePath)).Status);
        Assert.Null((await other.Get("/market/cash")).Page.QuerySelector("section.card"));
    }

    [Theory, EachDatabase]
    public async Task It_is_collected_once_however_many_press_at_once(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Sent(host);
        var due = placed.Payment.Amount.Value;
        Assert.Equal("cash.amount", (await Collect(host, placed.Payment, due - 1)).Refused?.Code);
        Assert.Equal("cash.unknown", (await Collect(host, placed.Payment, due, who: Other)).Refused?.Code);
        var request = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Collect(host, placed.Payment, due, i < 4 ? request : null))));
        Assert.Single(answers.Where(a => a.Refused is null).Select(a => a.Value.Id).Distinct());
        Assert.All(answers.Where(a => a.Refused is not null), a => Assert.Equal("cash.collected", a.Refused!.Code));
        Assert.Equal((1, due), await host.Db(async db => (await db.CashPapers.CountAsync(), await Parcels.BuyersMoney(host, placed.OrderId))));
        var cancelled = (await Window.Place(host, Window.Order(method: "cod"))).Value;
        Assert.Null(await Parcels.Move(host, cancelled.OrderId, OrderStep.Cancel));
        Assert.Equal("cash.cancelled", (await Collect(host, cancelled.Payment, cancelled.Payment.Amount.Value)).Refused?.Code);
        // Neither is it a way around an institution.
        var online = (await Window.Place(host, Window.Order())).Value;
        Assert.Equal("cash.unknown", (await Collect(host, online.Payment, online.Payment.Amount.Value)).Refused?.Code);
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, false)]
    [InlineData(DatabaseKind.Sqlite, true)]
    [InlineData(DatabaseKind.Postgres, false)]
    [InlineData(DatabaseKind.Postgres, true)]
    public async Task What_is_granted_is_handed_back_once_whether_the_money_came_before_or_after(DatabaseKind kind, bool grantedFirst)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Sent(host, 2);
        var due = placed.Payment.Amount.Value;
        if (grantedFirst) await Refund(host, placed.OrderId, 300);
        Assert.Null((await Collect(host, placed.Payment, due)).Refused);
        if (!grantedFirst) await Refund(host, placed.OrderId, 300);
        var refund = await host.Db(db => db.BuyerRefunds.SingleAsync());
        Assert.Equal((300, BuyerRefundState.Due, due - 300, 0), (refund.Amount.Value, refund.State, await Parcels.BuyersMoney(host, placed.OrderId), await Parcels.Ledger(host)));
        // No institution is asked for it.
        Assert.Equal(0, await host.Services.GetRequiredService<PaymentDesk>().SendRefunds(CancellationToken.None));
        Assert.Equal("cash.unknown", (await HandBack(host, refund.Id, who: Other)).Refused?.Code);
        var request = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(() => HandBack(host, refund.Id, i < 3 ? request : null))));
        Assert.Single(answers.Where(a => a.Refused is null).Select(a => a.Value.Id).Distinct());
        Assert.All(answers.Where(a => a.Refused is not null), a => Assert.Equal("cash.handed", a.Refused!.Code));
        Assert.Equal((BuyerRefundState.Done, 2, 1), await host.Db(async db => ((await db.BuyerRefunds.SingleAsync()).State, await db.CashPapers.CountAsync(), await db.Set<AuditRecord>().CountAsync(r => r.What == "cash-back"))));
    }

    [Theory, EachDatabase]
    public async Task A_larger_sum_is_released_by_one_and_handed_out_by_another(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Sent(host, 10);
        Assert.Null((await Collect(host, placed.Payment, placed.Payment.Amount.Value)).Refused);
        await Refund(host, placed.OrderId, CashRules.Shipped.SecondPersonAbove + 1);
        var refund = await host.Db(db => db.BuyerRefunds.Select(r => r.Id).SingleAsync());
        Assert.Equal("cash.release-first", (await HandBack(host, refund)).Refused?.Code);
        Task<Refusal?> Release(Scope who) => host.Do((CashDesk desk) => desk.Release(refund, CancellationToken.None), who);
        Assert.Null(await Release(Second));
        Assert.Equal("cash.released", (await Release(Seller))?.Code);
        Assert.Equal("cash.second", (await HandBack(host, refund, who: Second)).Refused?.Code);
        Assert.Contains("退款收据", (await SlipOf(host, refund)).Text, StringComparison.Ordinal);
        Assert.Equal(BuyerRefundState.Done, await host.Db(db => db.BuyerRefunds.Select(r => r.State).SingleAsync()));
    }

    [Theory, EachDatabase]
    public async Task A_transfer_is_sent_back_by_two_people_and_its_slip_names_the_banks_number(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var (order, refund) = await Transferred(host, "ZJ-1");
        // No institution is asked for it.
        Assert.Equal(0, await host.Services.GetRequiredService<PaymentDesk>().SendRefunds(CancellationToken.None));
        var other = await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB);
        Assert.Null((await other.Get("/market/cash")).Page.QuerySelector($"#r{refund}"));
        Assert.Equal("cash.unknown", (await HandBack(host, refund, who: Other, reference: "TK-1")).Refused?.Code);
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        var page = await seller.Get((await seller.Get("/market/payments/transfers")).Page.QuerySelector("a[href='/market/cash']")!.GetAttribute("href")!);
        Assert.All(["某学校食堂", "ZJ-1"], part => Assert.Contains(part, page.Page.QuerySelector($"#r{refund}")!.TextContent, StringComparison.Ordinal));
        Assert.Equal("cash.release-transfer", (await HandBack(host, refund, reference: "TK-1")).Refused?.Code);
        var released = await seller.Submit(page, $"#r{refund} form", new() { ["step"] = "release" });
        Assert.Null(released.Page.QuerySelector($"#r{refund} input[name=reference]"));
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var form = await staff.Get("/market/cash");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(form, $"#r{refund} form", new() { ["reference"] = "?", ["step"] = "back" })).Status);
        var slip = await staff.Submit(form, $"#r{refund} form", new() { ["reference"] = "tk－2026－1", ["step"] = "back" });
        Assert.StartsWith("/market/cash/slip/", slip.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.All(["银行退款单", "TK-2026-1"], part => Assert.Contains(part, slip.Text, StringComparison.Ordinal));
        Assert.Equal((BuyerRefundState.Done, true, 0L, 1), await host.Db(async db => ((await db.BuyerRefunds.SingleAsync()).State, (await db.BuyerRefunds.SingleAsync()).DoneMs is not null, await Parcels.BuyersMoney(host, order), await db.Set<AuditRecord>().CountAsync(r => r.What == "transfer-back"))));
        Assert.Null((await staff.Get("/market/cash")).Page.QuerySelector($"#r{refund}"));
    }

    [Theory, EachDatabase]
    public async Task A_transfer_is_sent_back_once_and_its_number_stands_for_one_refund(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var refunds = new[] { (await Transferred(host, "ZJ-1")).Refund, (await Transferred(host, "ZJ-2")).Refund };
        foreach (var refund in refunds) Assert.Null(await host.Do((CashDesk desk) => desk.Release(refund, CancellationToken.None), Second));
        Assert.Equal("cash.second", (await HandBack(host, refunds[0], who: Second, reference: "TK-1")).Refused?.Code);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => HandBack(host, refunds[0], reference: $"TK-{i}"))));
        var sent = Assert.Single(answers, a => a.Refused is null).Value;
        Assert.All(answers.Where(a => a.Refused is not null), a => Assert.Equal("cash.handed", a.Refused!.Code));
        Assert.Equal("transfer.used", (await HandBack(host, refunds[1], reference: sent.Reference)).Refused?.Code);
        Assert.Null((await HandBack(host, refunds[1], reference: "TK-9")).Refused);
    }

    // A canteen pays its order by transfer, and cancels it.
    private static async Task<(long Order, long Refund)> Transferred(SalesHost host, string reference)
    {
        var quote = (await Bargain.Ask(host)).Value;
        await Bargain.Quote(host, quote, units: 2, deposit: null);
        var order = (await Bargain.Accept(host, quote, 1)).Value;
        var payment = await host.Db(db => db.Payments.SingleAsync(p => p.OrderId == order));
        foreach (var who in new[] { Seller, Second }) Assert.Null((await host.Do((TakeTransferHandler take) => take.Say(payment.Id, reference, payment.Amount, SmallCounty.Day, CancellationToken.None), who)).Refused);
        Assert.Null(await Parcels.Move(host, order, OrderStep.Cancel));
        return (order, await host.Db(db => db.BuyerRefunds.Where(r => r.OrderId == order).Select(r => r.Id).SingleAsync()));
    }

    private static async Task<Answer> SlipOf(SalesHost host, long refund)
    {
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        return await seller.Submit(await seller.Get("/market/cash"), $"#r{refund} form", new() { ["step"] = "back" });
    }
}
