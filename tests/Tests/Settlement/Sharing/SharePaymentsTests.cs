using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Sharing;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Shipping;
using Shanhuo.Tests.Settlement.Payouts;

namespace Shanhuo.Tests.Settlement.Sharing;

/// <summary>Merchants get their shares out of what the institution keeps frozen: once, within its limits, and back again when goods are returned.</summary>
public sealed class SharePaymentsTests
{
    private const string Coop = "1900000109", Carrier = "1900000208";

    private static async Task Agree(SalesHost host, string account, string merchant)
    {
        var entered = (await host.Do((ShareMerchants m) => m.Handle(new ProposeMerchant(Guid.CreateVersion7(), account, merchant, "前山山货有限公司"), default), PayoutCounty.First)).Value;
        Assert.Null((await host.Do((ShareMerchants m) => m.Handle(new DecideMerchant(entered.Id, true), default), PayoutCounty.Second)).Refused);
    }

    // At 20.00 for what the growers get 15.00 for, all merchants together are due less than 30 %.
    private static async Task<(SalesHost, PaidSite)> Start(DatabaseKind kind, params (string Account, string Merchant)[] merchants)
    {
        var host = await SalesHost.Start(kind);
        await Window.Open(host, o => o.Price = new Fen(2000));
        foreach (var (account, merchant) in merchants) await Agree(host, account, merchant);
        host.Clock.Days(1);
        return (host, await PaidSite.Start(host));
    }

    private static async Task<Payment> Received(SalesHost host, PaidSite site, int units = 4, bool received = true)
    {
        var payment = await site.PayAtGateway(host, units);
        var told = site.Gateway.Book.Payments[payment.Number];
        Assert.Null(await host.Do((TakePaymentHandler take) => take.Handle(new PaymentTold(payment.Number, "wechat", told.TransactionId!, payment.Amount, "CNY"), default), Scope.Everything));
        if (!received) return payment;
        Assert.Null(await Parcels.Move(host, payment.OrderId, OrderStep.Ship));
        Assert.Null(await Parcels.Move(host, payment.OrderId, OrderStep.Receive));
        return payment;
    }

    private static Task Round(PaidSite site) => site.Services.GetRequiredService<LedgerRound>().Run(SmallCounty.County, null, default);

    private static Task<long> Balance(SalesHost host, string role, string owner) => LedgerOf.Balance(host.Host, role, owner);

    private static Task<bool> Frozen(SalesHost host, Payment payment) => host.Db(db => db.Payments.Where(p => p.Id == payment.Id).Select(p => p.Frozen).SingleAsync());

    private static async Task Refund(SalesHost host, long order, long fen)
    {
        var line = await host.Db(db => db.OrderLines.Where(l => l.OrderId == order).Select(l => l.Id).SingleAsync());
        Assert.Null((await host.Do((ClaimRefundHandler claim) => claim.Handle(new ClaimRefund(Guid.CreateVersion7(), line, new Fen(fen), null, null, "short"), default))).Refused);
    }

    [Theory, EachDatabase]
    public async Task A_merchant_gets_its_share_once_when_the_order_is_settled_and_the_rest_is_let_go(DatabaseKind kind)
    {
        var (host, site) = await Start(kind, ("cooperative/C-01", Coop), ("carrier", Carrier));
        await using var _ = host;
        await using var __ = site;
        var payment = await Received(host, site, received: false);
        await Round(site);
        Assert.Empty(site.Gateway.Book.Sharings);
        Assert.True(await Frozen(host, payment));
        Assert.Null(await Parcels.Move(host, payment.OrderId, OrderStep.Ship));
        Assert.Null(await Parcels.Move(host, payment.OrderId, OrderStep.Receive));
        var (coop, carrier) = (await Balance(host, "cooperative", "C-01"), await Balance(host, "carrier", ""));
        Assert.True(coop > 0 && carrier > 0 && coop + carrier < payment.Amount.Value * 3 / 10);
        for (var i = 0; i < 3; i++) await Round(site);
        var shared = Assert.Single(site.Gateway.Book.Sharings.Values);
        Assert.Equal([(Coop, coop), (Carrier, carrier)], shared.Shares.Select(s => (s.Account, s.Amount)).OrderBy(s => s.Account));
        Assert.True(site.Gateway.Book.Payments[payment.Number].Unfrozen);
        Assert.False(await Frozen(host, payment));
        Assert.Equal((0, 0, coop + carrier), (await Balance(host, "cooperative", "C-01"), await Balance(host, "carrier", ""), await Balance(host, "institution", "wechat")));
        // Households are credited in the ledger as ever, and paid by the bank's list.
        Assert.Equal(0, await Parcels.Ledger(host));
    }

    [Theory, EachDatabase]
    public async Task What_does_not_fit_the_ratio_stays_in_the_ledger(DatabaseKind kind)
    {
        var (host, site) = await Start(kind, ("platform/pavilion", Carrier), ("cooperative/C-01", Coop), ("carrier", "1900000307"), ("station/V-01", "1900000406"));
        await using var _ = host;
        await using var __ = site;
        await host.Db(db => db.Offers.ExecuteUpdateAsync(set => set.SetProperty(o => o.Price, new Fen(2900))));
        var payment = await Received(host, site, 1);
        await Round(site);
        var shared = Assert.Single(site.Gateway.Book.Sharings.Values);
        var most = payment.Amount.Value * 3 / 10;
        Assert.Equal(most, shared.Shares.Sum(s => s.Amount));
        long stays = 0;
        foreach (var (role, owner) in new[] { ("platform", "pavilion"), ("cooperative", "C-01"), ("carrier", ""), ("station", "V-01") }) stays += await Balance(host, role, owner);
        Assert.True(stays > 0);
    }

    [Theory, EachDatabase]
    public async Task An_answer_that_is_lost_or_comes_later_pays_nobody_twice(DatabaseKind kind)
    {
        var (host, site) = await Start(kind, ("cooperative/C-01", Coop));
        await using var _ = host;
        await using var __ = site;
        site.Gateway.Misbehave.SharesLater = true;
        var payment = await Received(host, site);
        var coop = await Balance(host, "cooperative", "C-01");
        site.Gateway.Misbehave.LoseAnswers = true;
        await Round(site);
        host.Clock.Now += TimeSpan.FromHours(2);
        await Round(site);
        Assert.Equal(coop, await Balance(host, "cooperative", "C-01"));
        site.Gateway.Misbehave.LoseAnswers = false;
        host.Clock.Now += TimeSpan.FromHours(2);
        await Round(site);
        Assert.Equal(RequestState.Asked, await host.Db(db => db.ShareRequests.Select(r => r.State).SingleAsync()));
        Assert.True(await Frozen(host, payment));
        host.Clock.Now += TimeSpan.FromHours(2);
        await Round(site);
        Assert.Equal((0, false), (await Balance(host, "cooperative", "C-01"), await Frozen(host, payment)));
        Assert.Equal(coop, Assert.Single(site.Gateway.Book.Sharings.Values).Shares.Sum(s => s.Amount));
        // And back: asked, worked on, done.
        await Refund(host, payment.OrderId, payment.Amount.Value);
        var owes = -await Balance(host, "cooperative", "C-01");
        Assert.True(owes > 0);
        for (var i = 0; i < 3; i++)
        {
            await Round(site);
            host.Clock.Now += TimeSpan.FromHours(2);
        }
        Assert.Equal((0, owes), (await Balance(host, "cooperative", "C-01"), Assert.Single(site.Gateway.Book.Returns.Values).Amount));
    }

    [Theory, EachDatabase]
    public async Task Refund_by_refund_a_merchant_gives_back_just_what_settlement_takes_from_it(DatabaseKind kind)
    {
        var (host, site) = await Start(kind, ("cooperative/C-01", Coop), ("carrier", Carrier));
        await using var _ = host;
        await using var __ = site;
        var payment = await Received(host, site, 6);
        await Round(site);
        var got = site.Gateway.Book.Sharings.Values.Single().Shares.ToDictionary(s => s.Account, s => s.Amount);
        var left = payment.Amount.Value;
        foreach (var fen in new[] { 1L, 777, 2_000, 5_000 })
        {
            await Refund(host, payment.OrderId, fen);
            left -= fen;
            await Round(site);
            Assert.Equal(0, await Balance(host, "cooperative", "C-01"));
            Assert.Equal(0, await Balance(host, "carrier", ""));
            await Round(site);
        }
        await Refund(host, payment.OrderId, left);
        await Round(site);
        var back = site.Gateway.Book.Returns.Values.GroupBy(r => r.Merchant).ToDictionary(g => g.Key, g => g.Sum(r => r.Amount));
        // Freight is spent: the carrier keeps its own, the cooperative has nothing left of it.
        Assert.Equal(got[Coop], back[Coop]);
        Assert.False(back.ContainsKey(Carrier));
        Assert.Equal(await host.Db(db => db.ShareReturns.CountAsync()), site.Gateway.Book.Returns.Count);
        Assert.Equal(got[Carrier], await Balance(host, "institution", "wechat"));
        Assert.Equal(0, await Parcels.Ledger(host));
    }

    [Theory, EachDatabase]
    public async Task A_second_payment_of_an_order_does_not_share_out_what_the_first_has_brought(DatabaseKind kind)
    {
        var (host, site) = await Start(kind, ("cooperative/C-01", Coop));
        await using var _ = host;
        await using var __ = site;
        var payment = await Received(host, site);
        await Round(site);
        var paid = Assert.Single(site.Gateway.Book.Sharings.Values).Shares.Sum(s => s.Amount);
        Assert.True(paid > 0);
        // The account has money of other orders, so that its balance holds nobody back.
        await LedgerOf.Enter(host.Host, Cause.Correction, "x", SmallCounty.Day, null, ("cooperative", "C-01", 100_000), ("risk-fund", "", -100_000));
        var other = await site.PayAtGateway(host);
        var told = site.Gateway.Book.Payments[other.Number];
        await host.Db(async db =>
        {
            db.Payments.Add(new Payment { County = SmallCounty.County, Id = 99, OrderId = payment.OrderId, Part = PaymentPart.Balance, Method = "wechat", Number = "SHSECOND000000001B", Amount = new Fen(5_000), State = PaymentState.Paid, TransactionId = told.TransactionId, CreatedMs = 0, PayUntilMs = 0, PaidMs = host.Clock.NowMs, Frozen = true });
            await db.SaveChangesAsync();
        });
        await Round(site);
        Assert.Empty(site.Gateway.Book.Sharings["SHSECOND000000001BS1"].Shares);
        Assert.Equal(paid, site.Gateway.Book.Sharings.Values.Sum(s => s.Shares.Sum(r => r.Amount)));
    }

    [Theory, EachDatabase]
    public async Task Who_owes_elsewhere_gets_nothing_and_the_seller_still_has_his_money(DatabaseKind kind)
    {
        var (host, site) = await Start(kind, ("cooperative/C-01", Coop));
        await using var _ = host;
        await using var __ = site;
        var payment = await Received(host, site);
        await LedgerOf.Enter(host.Host, Cause.IntakeBought, "x", SmallCounty.Day, null, ("cooperative", "C-01", -5_000_000), ("growers", "L-9", 5_000_000));
        await Round(site);
        Assert.Empty(Assert.Single(site.Gateway.Book.Sharings.Values).Shares);
        Assert.False(await Frozen(host, payment));
    }

    [Theory, EachDatabase]
    public async Task Money_of_an_order_that_was_given_up_is_not_shared(DatabaseKind kind)
    {
        var (host, site) = await Start(kind, ("cooperative/C-01", Coop));
        await using var _ = host;
        await using var __ = site;
        var payment = await Received(host, site, received: false);
        Assert.Null(await Parcels.Move(host, payment.OrderId, OrderStep.Cancel));
        await Round(site);
        // The refund is still on its way.
        Assert.True(await Frozen(host, payment));
        await site.Desk.SendRefunds(default);
        await host.Db(db => db.BuyerRefunds.ExecuteUpdateAsync(set => set.SetProperty(r => r.State, BuyerRefundState.Done).SetProperty(r => r.DoneMs, host.Clock.NowMs)));
        await Round(site);
        Assert.Empty(site.Gateway.Book.Sharings);
        Assert.False(await Frozen(host, payment));
    }

    [Theory, EachDatabase]
    public async Task What_the_institution_refuses_is_shown_to_staff_and_the_rest_is_let_go(DatabaseKind kind)
    {
        var (host, site) = await Start(kind, ("cooperative/C-01", Coop));
        await using var _ = host;
        await using var __ = site;
        var payment = await Received(host, site);
        var coop = await Balance(host, "cooperative", "C-01");
        // Somebody has shared out all that may be, at the merchant platform.
        var (sharing, told) = (site.Services.GetRequiredService<ISharePayments>().Sharing().Value, site.Gateway.Book.Payments[payment.Number]);
        Assert.Null((await sharing.AddReceiver("1900000999", "别人", "PARTNER", default)).Refused);
        Assert.Null((await sharing.Share("ELSEWHERE1", told.TransactionId!, [new("1900000999", new Fen(payment.Amount.Value * 3 / 10))], "x", false, default)).Refused);
        for (var i = 0; i < 13; i++)
        {
            await Round(site);
            host.Clock.Now += TimeSpan.FromHours(2);
        }
        Assert.Equal((coop, false), (await Balance(host, "cooperative", "C-01"), await Frozen(host, payment)));
        Assert.Equal([RequestState.Failed, RequestState.Done], await host.Db(db => db.ShareRequests.OrderBy(r => r.Id).Select(r => r.State).ToListAsync()));
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        Assert.Contains("被拒绝", (await staff.Get("/settlement/sharing")).Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    public async Task A_merchant_number_is_entered_by_one_agreed_by_another_and_used_after_a_day(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        const string form = "form:has(#Form_Merchant)";
        Dictionary<string, string> fields = new() { ["Form.Account"] = "cooperative/C-01", ["Form.Merchant"] = "19000001", ["Form.Name"] = "前山合作社" };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(await staff.Get("/settlement/sharing"), form, new(fields) { ["Form.Merchant"] = "12" })).Status);
        foreach (var account in new[] { "household/H-101", "growers/L-1", "village-fund/L-1", "cooperative/C-99", "" })
            Assert.Equal("sharing.account", (await host.Do((ShareMerchants m) => m.Handle(new ProposeMerchant(Guid.CreateVersion7(), account, "19000001", "某某"), default))).Refused!.Code);
        var page = await staff.Submit(await staff.Get("/settlement/sharing"), form, fields);
        Assert.Contains("等第二个人同意", page.Text, StringComparison.Ordinal);
        var id = await host.Db(db => db.ShareMerchants.Select(m => m.Id).SingleAsync());
        // Who entered it has no button, and may not by hand either.
        Assert.Null(page.Page.QuerySelector("button[name=approve]"));
        var entered = await host.Db(db => db.ShareMerchants.Select(m => m.ByAccountId).SingleAsync());
        Assert.Equal("payouts.same-person", (await host.Do((ShareMerchants m) => m.Handle(new DecideMerchant(id, true), default), new Scope { Area = SmallCounty.County, AccountId = entered, Role = Role.CountyStaff })).Refused!.Code);
        var auditor = await host.VisitAs(Role.Auditor, SmallCounty.County);
        Assert.Null((await auditor.Get("/settlement/sharing")).Page.QuerySelector("main form"));
        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County, language: "en");
        Assert.Contains("in use after a day", (await official.Submit(await official.Get("/settlement/sharing"), "form:has([name=approve])", new() { ["approve"] = "true" })).Text, StringComparison.Ordinal);
        Assert.Empty(await host.Do((ShareMerchants m) => m.InUse(SmallCounty.County, default)));
        host.Clock.Days(1);
        Assert.Equal("19000001", (await host.Do((ShareMerchants m) => m.InUse(SmallCounty.County, default)))[new AccountName("cooperative", "C-01")].Merchant);
    }
}
