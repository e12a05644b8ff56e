using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.AfterSales;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;
using Shanhuo.Settlement.Refunds;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.AfterSales;

/// <summary>A buyer says what is wrong, people decide, and the money follows to the fen.</summary>
public sealed class ClaimTests
{
    private static readonly byte[] Photo = [0xFF, 0xD8, 0xFF, 0xE0, .. Encoding.ASCII.GetBytes("a spoiled almond")];
    private static readonly Scope Second = new() { Area = SmallCounty.County, AccountId = 2, Role = Role.CountyStaff };

    private static Task<Outcome<BuyerClaim>> Ask(SalesHost host, long order, long line, ClaimPart part, string reason = "short", Guid? request = null) =>
        host.Do((AskClaimHandler ask) => ask.Handle(new AskClaim(request ?? Guid.CreateVersion7(), order, reason, "", [new AskedLine(line, part)], reason is "damaged" or "spoiled" or "wrong" ? [new Upload("image/jpeg", Photo)] : []), CancellationToken.None));

    private static Task<Refusal?> Grant(SalesHost host, BuyerClaim claim, long line, long fen, Scope? who = null, bool returns = false, string? fault = null) =>
        host.Do((DecideClaimHandler decide) => decide.Grant(new GrantClaim(claim.Id, new Dictionary<long, Fen> { [line] = new(fen) }, fault, returns, ""), CancellationToken.None), who);

    private static Task<long> Line(SalesHost host, long order) => host.Db(db => db.OrderLines.Where(l => l.OrderId == order).Select(l => l.Id).SingleAsync());

    [Theory, EachDatabase]
    public async Task A_buyer_asks_with_a_photo_and_has_the_money_when_staff_grant_it(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Parcels.Sent(host, 4);
        var line = await Line(host, placed.OrderId);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var buyer = await staff.Get(Parcels.Page(host, placed.OrderId));
        var form = await staff.Get(buyer.Page.QuerySelector("a[href$='/claim']")!.GetAttribute("href")!);
        // Without a photo it is said so, and nothing is written down.
        var fields = new Dictionary<string, string> { ["Form.Reason"] = "damaged", [$"Form.Lines[{line}].How"] = "quantity", [$"Form.Lines[{line}].Text"] = "1", ["Form.Words"] = "碎了一包" };
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(form, "form:has(#photos)", fields)).Status);
        Assert.Equal(0, await host.Db(db => db.BuyerClaims.CountAsync()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(form, "form:has(#photos)", fields, new() { ["Form.Photos"] = ("a.jpg", "<svg/>"u8.ToArray()) })).Status);
        var asked = await staff.Submit(form, "form:has(#photos)", fields, new() { ["Form.Photos"] = ("a.jpg", Photo) });
        // One 斤 of four is a quarter of the goods.
        Assert.Contains("¥29.00", asked.Text);
        var claim = await host.Db(db => db.BuyerClaims.SingleAsync());
        Assert.False(await host.Db(async db => (await db.ClaimPhotos.SingleAsync()).Hidden.AsSpan().IndexOf("spoiled"u8) >= 0));
        Assert.Equal(Photo, await staff.Client.GetByteArrayAsync($"/market/claims/photo/{claim.Id}/1"));
        var other = await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Client.GetAsync($"/market/claims/photo/{claim.Id}/1")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/market/claims/claim/{claim.Id}")).Status);
        host.Clock.Days(4);
        Assert.Contains("已过期", (await staff.Get("/market/claims")).Text);
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        Assert.Equal(HttpStatusCode.OK, (await seller.Submit(await seller.Get($"/market/claims/claim/{claim.Id}"), "form:has(#Form_Words)", new() { ["Form.Words"] = "应该退", ["step"] = "propose" })).Status);
        // A seller proposes and cannot decide.
        Assert.NotEqual(HttpStatusCode.OK, (await seller.Submit(await seller.Get($"/market/claims/claim/{claim.Id}"), "form:has(#Form_Words)", new() { [$"Form.Amounts[{line}]"] = "29", ["step"] = "grant" })).Status);
        Assert.Equal(0, await host.Db(db => db.RefundClaims.CountAsync()));
        await staff.Submit(await staff.Get($"/market/claims/claim/{claim.Id}"), "form:has(#Form_Fault)", new() { [$"Form.Amounts[{line}]"] = "20", ["step"] = "grant" });
        var refund = await host.Db(db => db.RefundClaims.SingleAsync());
        Assert.Equal(("damaged", "carrier", 2000, true), (refund.Reason, refund.Fault, refund.Amount.Value, refund.IsSettled));
        Assert.Equal((placed.Payment.Amount.Value - 2000, 0), (await Parcels.BuyersMoney(host, placed.OrderId), await Parcels.Ledger(host)));
        Assert.Contains("已退款", (await staff.Get(Parcels.Page(host, placed.OrderId) + "/claim")).Text);
        Assert.Equal(["asked", "proposed", "granted", "paid"], await host.Db(db => db.ClaimSteps.OrderBy(s => s.Id).Select(s => s.Kind).ToListAsync()));
    }

    [Theory, EachDatabase]
    public async Task A_refused_claim_says_why_and_costs_nothing(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Parcels.Sent(host);
        var claim = (await Ask(host, placed.OrderId, await Line(host, placed.OrderId), new ClaimPart(ClaimHow.All))).Value;
        Assert.Equal("claim.why", (await host.Do((DecideClaimHandler decide) => decide.Refuse(claim.Id, "不", CancellationToken.None)))?.Code);
        Assert.Null(await host.Do((DecideClaimHandler decide) => decide.Refuse(claim.Id, "照片里秤上是五百克", CancellationToken.None)));
        Assert.Contains("照片里秤上是五百克", (await (await host.VisitAs(Role.CountyStaff, SmallCounty.County)).Get(Parcels.Page(host, placed.OrderId) + "/claim")).Text);
        Assert.Equal("claim.over", (await Grant(host, claim, await Line(host, placed.OrderId), 100))?.Code);
        Assert.Equal(placed.Payment.Amount.Value, await Parcels.BuyersMoney(host, placed.OrderId));
    }

    [Theory, EachDatabase]
    public async Task Above_the_limit_two_people_grant_the_same_figures(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Parcels.Sent(host, 10);
        var line = await Line(host, placed.OrderId);
        var claim = (await Ask(host, placed.OrderId, line, new ClaimPart(ClaimHow.All))).Value;
        Assert.Null(await Grant(host, claim, line, 25_000));
        Assert.Equal("claim.second", (await Grant(host, claim, line, 25_000))?.Code);
        Assert.Equal(0, await host.Db(db => db.BuyerRefunds.CountAsync()));
        // Other figures are a first word again.
        Assert.Null(await Grant(host, claim, line, 24_000, Second));
        Assert.Equal((0, ClaimState.Asked), await host.Db(async db => (await db.BuyerRefunds.CountAsync(), (await db.BuyerClaims.SingleAsync()).State)));
        Assert.Null(await Grant(host, claim, line, 24_000));
        Assert.Equal((24_000, ClaimState.Paid), await host.Db(async db => (await db.BuyerRefunds.SumAsync(r => (long)r.Amount), (await db.BuyerClaims.SingleAsync()).State)));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, false)]
    [InlineData(DatabaseKind.Sqlite, true)]
    [InlineData(DatabaseKind.Postgres, false)]
    [InlineData(DatabaseKind.Postgres, true)]
    public async Task Goods_that_come_back_are_in_their_lot_or_spoiled_and_then_the_money_is_paid(DatabaseKind kind, bool spoiled)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Parcels.Sent(host, 4);
        var line = await Line(host, placed.OrderId);
        var claim = (await Ask(host, placed.OrderId, line, new ClaimPart(ClaimHow.Quantity, 1000), "changed-mind")).Value;
        Assert.Null(await Grant(host, claim, line, 5800, returns: true));
        Assert.Equal((0, ClaimState.Granted), await host.Db(async db => (await db.BuyerRefunds.CountAsync(), (await db.BuyerClaims.SingleAsync()).State)));
        Assert.Null(await host.Do((DecideClaimHandler decide) => decide.SentBack(claim.Id, "ZT-998877", CancellationToken.None)));
        Assert.Null(await host.Do((DecideClaimHandler decide) => decide.TakeBack(claim.Id, spoiled, CancellationToken.None)));
        Assert.Equal("claim.over", (await host.Do((DecideClaimHandler decide) => decide.TakeBack(claim.Id, spoiled, CancellationToken.None)))?.Code);
        Assert.Equal((spoiled ? 98_000 : 99_000, placed.Payment.Amount.Value - 5800, 0), (await host.Available(SmallCounty.Lot), await Parcels.BuyersMoney(host, placed.OrderId), await Parcels.Ledger(host)));
        Assert.Equal((1000, spoiled ? 1000 : 0), await host.Db(async db => (await db.LotMoves.Where(m => m.Kind == MoveKind.Sold).SumAsync(m => -m.Quantity), await db.LotMoves.Where(m => m.Kind == MoveKind.Spoiled).SumAsync(m => -m.Quantity))));
    }

    [Theory, EachDatabase]
    public async Task Goods_come_back_also_after_a_part_was_given_back_by_hand_and_no_more_is_paid_than_was_left(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Parcels.Sent(host, 4);
        var line = await Line(host, placed.OrderId);
        var claim = (await Ask(host, placed.OrderId, line, new ClaimPart(ClaimHow.All), "changed-mind")).Value;
        var goods = await host.Db(db => db.OrderLines.Where(l => l.Id == line).Select(l => l.Goods).SingleAsync());
        Assert.Null(await Grant(host, claim, line, goods.Value, returns: true));
        var freight = await host.Db(db => db.OrderLines.Where(l => l.Id == line).Select(l => l.Freight).SingleAsync());
        Assert.Null((await host.Do((ClaimRefundHandler refund) => refund.Handle(new ClaimRefund(Guid.CreateVersion7(), line, freight + new Fen(1_000), null, null, "late"), CancellationToken.None))).Refused);
        Assert.Null(await host.Do((DecideClaimHandler decide) => decide.TakeBack(claim.Id, false, CancellationToken.None)));
        Assert.Equal((goods + freight, ClaimState.Paid), await host.Db(async db => (new Fen(await db.BuyerRefunds.SumAsync(r => (long)r.Amount)), (await db.BuyerClaims.SingleAsync()).State)));
        Assert.Equal((100_000, 0), (await host.Available(SmallCounty.Lot), await Parcels.Ledger(host)));
    }

    [Theory, EachDatabase]
    public async Task Who_gets_the_money_that_is_kept_until_receipt_cannot_say_that_the_buyer_has_the_goods(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Parcels.Sent(host, 1, received: false);
        var seller = new Scope { Area = SmallCounty.Township, OrganisationId = SmallCounty.Cooperative, AccountId = 5, Role = Role.Cooperative };
        Task<Outcome<Order>> Receive(Scope who) => host.Do((MoveOrderHandler move) => move.Handle(placed.OrderId, OrderStep.Receive, CancellationToken.None), who);
        Assert.Equal("market.order-buyer-says", (await Receive(seller)).Refused?.Code);
        Assert.Null((await (await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative)).Get($"/market/orders/show/{placed.OrderId}")).Page.QuerySelector("input[name=step][value=Receive]"));
        Assert.NotNull((await (await host.VisitAs(Role.CountyStaff, SmallCounty.County)).Get($"/market/orders/show/{placed.OrderId}")).Page.QuerySelector("input[name=step][value=Receive]"));
        Assert.Null((await host.Do((MoveOrderHandler move) => move.Handle(placed.OrderId, OrderStep.Deliver, CancellationToken.None), seller)).Refused);
        // The station at which it was fetched hands it over and sees who came.
        await host.Db(db => db.Deliveries.ExecuteUpdateAsync(set => set.SetProperty(d => d.PickupId, (long?)SmallCounty.StationB)));
        await host.Db(db => db.Orders.ExecuteUpdateAsync(set => set.SetProperty(o => o.StationId, (long?)SmallCounty.StationB).SetProperty(o => o.Area, SmallCounty.VillageB)));
        Assert.Null((await Receive(new Scope { Area = SmallCounty.VillageB, OrganisationId = SmallCounty.StationB, AccountId = 6, Role = Role.Station })).Refused);
        Assert.Equal(OrderState.Received, await Parcels.State(host, placed.OrderId));
    }

    [Theory, EachDatabase]
    public async Task The_same_request_is_one_claim_and_nothing_is_asked_twice(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Parcels.Sent(host, 2, received: false);
        var line = await Line(host, placed.OrderId);
        var request = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Ask(host, placed.OrderId, line, new ClaimPart(ClaimHow.All), "late", request))));
        Assert.Single(answers.Select(a => a.Value.Id).Distinct());
        Assert.Equal("claim.nothing", (await Ask(host, placed.OrderId, line, new ClaimPart(ClaimHow.All), "late")).Refused?.Code);
        // Nothing of an order that is not the buyer's own.
        var other = await Parcels.Sent(host);
        Assert.Equal("market.refund-line", (await Ask(host, other.OrderId, line, new ClaimPart(ClaimHow.All))).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task Whatever_is_given_back_in_whatever_parts_the_buyers_money_and_the_ledger_agree(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var chance = new Random(11);
        for (var round = 0; round < 6; round++)
        {
            var placed = await Parcels.Sent(host, chance.Next(1, 5), received: round % 2 == 0);
            var line = await Line(host, placed.OrderId);
            var (left, back) = (placed.Payment.Amount.Value, 0L);
            for (var part = 1; left > 0; part++)
            {
                var some = part == AfterSalesRules.Shipped.MostClaims ? left : chance.NextInt64(1, left + 1);
                var claim = (await Ask(host, placed.OrderId, line, new ClaimPart(ClaimHow.Amount, 0, new Fen(some)), "other")).Value;
                var granted = part == AfterSalesRules.Shipped.MostClaims ? some : chance.NextInt64(1, some + 1);
                var fault = new[] { null, "carrier", "station", "cooperative" }[chance.Next(4)];
                Assert.Null(await Grant(host, claim, line, granted, fault: fault));
                (left, back) = (left - granted, back + granted);
                Assert.Equal((placed.Payment.Amount.Value - back, 0), (await Parcels.BuyersMoney(host, placed.OrderId), await Parcels.Ledger(host)));
                if (part == AfterSalesRules.Shipped.MostClaims) break;
            }
            Assert.Equal(0, await Parcels.BuyersMoney(host, placed.OrderId));
            // Parts that were granted before the line was due are settled by the next round.
            var stuck = new List<Refusal>();
            await host.Do((SettleRefunds settle) => settle.Settle(SmallCounty.County, stuck, CancellationToken.None), Scope.Everything);
            Assert.Empty(stuck);
            Assert.Equal(0, await Parcels.Ledger(host));
            Assert.Equal(back, await host.Db(db => db.RefundClaims.Where(r => r.LineId == line && r.IsSettled).SumAsync(r => (long)r.Amount)));
        }
    }
}

/// <summary>What can be asked, until when, and how much of it is money.</summary>
public sealed class ClaimRuleTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    private static Refusal? WhyNot(string reason, bool fresh, int days, int photos = 1, OrderState state = OrderState.Received) => ClaimRule.WhyNot(AfterSalesRules.Shipped.Reason(reason)!, fresh, state, Day, Day.AddDays(days), photos);

    [Fact]
    public void Seven_days_without_a_reason_but_not_for_fresh_goods()
    {
        Assert.Null(WhyNot("changed-mind", fresh: false, days: 7, photos: 0));
        Assert.Equal("claim.late", WhyNot("changed-mind", fresh: false, days: 8)?.Code);
        Assert.Equal("claim.not-fresh", WhyNot("changed-mind", fresh: true, days: 0)?.Code);
    }

    [Fact]
    public void Fresh_goods_that_spoiled_are_asked_with_a_photo_within_two_days()
    {
        Assert.Null(WhyNot("spoiled", fresh: true, days: 2));
        Assert.Equal("claim.photo", WhyNot("spoiled", fresh: true, days: 2, photos: 0)?.Code);
        Assert.Equal("claim.late", WhyNot("spoiled", fresh: true, days: 3)?.Code);
        Assert.Equal("claim.only-fresh", WhyNot("spoiled", fresh: false, days: 0)?.Code);
    }

    [Theory]
    [InlineData(OrderState.Placed)]
    [InlineData(OrderState.Unpaid)]
    [InlineData(OrderState.Cancelled)]
    public void What_has_not_left_is_not_claimed(OrderState state) => Assert.Equal("claim.not-left", WhyNot("late", false, 0, state: state)?.Code);

    [Theory]
    [InlineData("spoiled", "Quantity", 500, 0, 725)]
    [InlineData("spoiled", "All", 0, 0, 3300)]
    [InlineData("changed-mind", "All", 0, 0, 2900)]
    [InlineData("damaged", "Quantity", 1, 0, 1)]
    [InlineData("other", "Amount", 0, 3300, 3300)]
    public void A_part_of_the_goods_is_its_part_of_the_money(string reason, string how, long quantity, long amount, long fen) =>
        Assert.Equal(new Fen(fen), ClaimRule.Wanted(new Fen(2900), new Fen(400), 2000, new Fen(3300), AfterSalesRules.Shipped.Reason(reason)!, new ClaimPart(Enum.Parse<ClaimHow>(how), quantity, new Fen(amount))).Value);

    [Fact]
    public void Never_more_than_is_left()
    {
        var rule = AfterSalesRules.Shipped.Reason("late")!;
        Assert.Equal(new Fen(70), ClaimRule.Wanted(new Fen(2900), new Fen(400), 2000, new Fen(70), rule, new ClaimPart(ClaimHow.All)).Value);
        Assert.Equal("claim.amount", ClaimRule.Wanted(new Fen(2900), new Fen(400), 2000, new Fen(70), rule, new ClaimPart(ClaimHow.Amount, 0, new Fen(71))).Refused?.Code);
        Assert.Equal("claim.quantity", ClaimRule.Wanted(new Fen(2900), new Fen(400), 2000, new Fen(70), rule, new ClaimPart(ClaimHow.Quantity, 2001)).Refused?.Code);
        Assert.Equal("claim.nothing", ClaimRule.Wanted(new Fen(2900), new Fen(400), 2000, Fen.Zero, rule, new ClaimPart(ClaimHow.All)).Refused?.Code);
    }

    [Fact]
    public void Each_reason_is_one_that_settlement_knows()
    {
        Assert.All(AfterSalesRules.Shipped.Reasons, r => Assert.Contains(r.Code, ClaimRefundHandler.Reasons));
        Assert.All(AfterSalesRules.Shipped.Reasons.Where(r => r.Fault is not null), r => Assert.Contains(r.Fault!, ClaimRefundHandler.Faults));
    }
}
