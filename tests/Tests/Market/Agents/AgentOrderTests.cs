using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Agents;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Intakes;

namespace Shanhuo.Tests.Market.Agents;

/// <summary>Buying for a villager: nothing without the villager's yes, the fee out of the seller's money, each thing once.</summary>
public sealed class AgentOrderTests
{
    [Theory]
    [InlineData(100, 50)]
    [InlineData(30, 30)]
    [InlineData(5_800, 174)]
    [InlineData(1_050, 50)]
    [InlineData(1_000_000, 1_000)]
    public void The_fee_is_the_rate_within_its_bounds_and_never_more_than_the_goods(long goods, long fee) => Assert.Equal(new Fen(fee), AgentFees.Shipped["order"].Of(new Fen(goods)));

    [Theory, EachDatabase]
    public async Task Nothing_is_ordered_before_the_villager_approves_and_then_once(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        var request = Guid.CreateVersion7();
        var slip = (await host.Draft(request: request)).Value;
        Assert.Equal(slip.Id, (await host.Draft(request: request)).Value.Id);
        Assert.Equal((0, new Fen(5_800), new Fen(174)), (await host.Db(db => db.Orders.CountAsync()), slip.Goods, slip.Fee));
        Assert.Equal(slip.Goods + slip.Freight, slip.Amount);
        Assert.Equal("registry.code-wrong", (await host.Yes(slip.Id, "1111")).Refused?.Code);
        Assert.Equal(0, await host.Db(db => db.Orders.CountAsync()));
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => host.Yes(slip.Id))));
        Assert.Contains(answers, a => a.Refused is null && a.Value.State == SlipState.Done);
        var done = (await host.Yes(slip.Id)).Value;
        var order = await host.Db(db => db.Orders.SingleAsync());
        Assert.Equal(("agent", SmallCounty.StationA, OrderState.Unpaid, order.Id), (order.Channel, order.StationId, order.State, done.OrderId));
        Assert.Equal((174, 1, 99_000), (await host.Db(db => db.OrderLines.SumAsync(l => (long)l.Commission)), await host.Db(db => db.AgentTasks.CountAsync(t => t.Task == "order")), await host.Available(SmallCounty.Lot)));
        Assert.Equal(SmallCounty.StationA, await host.Db(db => db.Deliveries.Select(d => d.PickupId).SingleAsync()));
    }

    [Theory, EachDatabase]
    public async Task Wrong_codes_are_counted_with_those_of_intakes_and_the_issuer_of_the_slip_cannot_use_the_code(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        var slip = (await host.Draft()).Value;
        for (var i = 0; i < 5; i++) Assert.Equal("registry.code-wrong", (await host.Yes(slip.Id, "1111")).Refused?.Code);
        Assert.Equal("market.code-slip", (await host.Yes(slip.Id)).Refused?.Code);
        host.Clock.Now = host.Clock.Now.AddMinutes(16);
        await host.Db(db => db.Intakes.Where(i => i.HouseholdId == SmallCounty.Ma).ExecuteUpdateAsync(set => set.SetProperty(i => i.WrongCodes, 10).SetProperty(i => i.ReceivedMs, host.Clock.Now.ToUnixTimeMilliseconds())));
        var next = (await host.Draft()).Value;
        Assert.Equal("market.code-day", (await host.Yes(next.Id)).Refused?.Code);
        // A signed paper needs no code.
        Assert.Equal(SlipState.Done, (await host.Yes(next.Id, null, paper: true)).Value.State);
        await host.Db(async db =>
        {
            db.CodeSlips.Add(new CodeSlip { Id = 1, HouseholdId = SmallCounty.Li, NumberHash = "x", IssuedByAccountId = Morning.StationA.AccountId, IssuedMs = 1, ExpiresMs = 2, UsedMs = 2 });
            await db.SaveChangesAsync();
        });
        var theirs = (await host.Draft(household: SmallCounty.Li)).Value;
        Assert.Equal("market.code-issuer", (await host.Yes(theirs.Id)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task Another_station_meets_neither_the_household_nor_the_slip_and_the_household_its_own(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        Assert.Equal("market.intake-household", (await host.Draft(scope: Morning.StationB)).Refused?.Code);
        var slip = (await host.Draft()).Value;
        Assert.Equal("agents.slip-unknown", (await host.Yes(slip.Id, scope: Morning.StationB)).Refused?.Code);
        Assert.Equal("agents.slip-unknown", (await host.Yes(slip.Id, scope: new Scope { AccountId = 81, Role = Role.Household, Area = SmallCounty.VillageA, HouseholdId = SmallCounty.Li })).Refused?.Code);
        Assert.Equal(SlipState.Done, (await host.Yes(slip.Id, scope: new Scope { AccountId = 80, Role = Role.Household, Area = SmallCounty.VillageA, HouseholdId = SmallCounty.Ma })).Value.State);
    }

    [Theory, EachDatabase]
    public async Task Goods_that_went_to_others_meanwhile_are_said_and_nothing_is_owed(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        var slip = (await host.Draft(4)).Value;
        await Buying.Window.Leave(host, 1_000);
        var after = (await host.Yes(slip.Id)).Value;
        Assert.Equal((SlipState.Failed, "market.offer-short", 0), (after.State, after.Refused, await host.Db(db => db.AgentTasks.CountAsync())));
        var dearer = (await host.Draft(1)).Value;
        await host.Db(db => db.Offers.ExecuteUpdateAsync(set => set.SetProperty(o => o.Price, new Fen(3_000))));
        Assert.Equal("market.cart-changed", (await host.Yes(dearer.Id)).Value.Refused);
        Assert.Equal(0, await host.Db(db => db.Orders.CountAsync()));
        var own = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        Assert.Contains("价钱变了", (await own.Get($"/market/agents/slip?id={dearer.Id}")).Text);
    }

    [Theory, EachDatabase]
    public async Task Cash_is_taken_once_by_one_station(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        var slip = (await host.Yes((await host.Draft()).Value.Id)).Value;
        var number = await host.NumberOf(slip);
        Assert.Equal("agents.cash-changed", (await host.Cash(number, slip.Amount.Value - 1)).Refused?.Code);
        Assert.Equal("agents.cash-unknown", (await host.Cash("W0", 1)).Refused?.Code);
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => host.Cash(number, slip.Amount.Value, i % 2 == 0 ? Morning.StationA : Morning.StationB))));
        var slips = taken.Where(t => t.Refused is null).Select(t => t.Value.StationId).Distinct().ToList();
        Assert.Single(slips);
        Assert.All(taken.Where(t => t.Refused is not null), t => Assert.Equal("agents.cash-elsewhere", t.Refused!.Code));
        Assert.Equal((1, OrderState.Placed, PaymentState.Paid, 0), (await host.Db(db => db.CashSlips.CountAsync()), await host.Db(db => db.Orders.Select(o => o.State).SingleAsync()), await host.Db(db => db.Payments.Select(p => p.State).SingleAsync()), await host.Db(db => db.BuyerRefunds.CountAsync())));
        Assert.Equal(1, await host.Db(db => db.AgentTasks.CountAsync(t => t.Task == "cash")));
    }

    [Theory, EachDatabase]
    public async Task The_same_press_again_never_pays_the_second_part_of_an_order(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        var slip = (await host.Yes((await host.Draft()).Value.Id)).Value;
        var number = await host.NumberOf(slip);
        var first = (await host.Payments(number)).Single();
        Assert.Null((await host.Cash(number, slip.Amount.Value, payment: first)).Refused);
        // The rest is asked for, and happens to be as much.
        await host.Db(async db =>
        {
            db.Payments.Add(new Payment { County = SmallCounty.County, Id = 9_000_000_000_000_000_000, OrderId = slip.OrderId!.Value, Part = PaymentPart.Balance, Method = "cash", Number = "BALANCE1", Amount = slip.Amount, CreatedMs = host.Clock.NowMs, PayUntilMs = host.Clock.NowMs + 86_400_000 });
            await db.SaveChangesAsync();
        });
        Assert.Equal(first, (await host.Cash(number, slip.Amount.Value, payment: first)).Value is { } again ? await host.Db(db => db.Payments.Where(p => p.Id == again.PaymentId).Select(p => p.Number).SingleAsync()) : "");
        Assert.Equal((PaymentState.Open, 1), (await host.Db(db => db.Payments.Where(p => p.Number == "BALANCE1").Select(p => p.State).SingleAsync()), await host.Db(db => db.CashSlips.CountAsync())));
        // What the page shows is the open part.
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        Assert.Equal("BALANCE1", (await station.Get("/market/agents/cash?number=" + number)).Page.QuerySelector("[name=payment]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_month_that_is_none_is_refused_in_words()
    {
        await using var host = await Counter.Start(DatabaseKind.Sqlite);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        foreach (var month in new[] { "9999-12", "1999-12", "0001-01", "2026-13", "x" })
        {
            var answer = await station.Get("/market/agents/commission?month=" + month);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Contains("不是月份", answer.Text);
        }
        Assert.Equal(HttpStatusCode.OK, (await station.Get("/market/agents/commission?month=2100-12")).Status);
    }

    [Theory, EachDatabase]
    public async Task The_month_sums_what_was_earned_apart_from_what_is_unpaid_and_leaves_out_what_was_cancelled(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        var slips = new List<AgentSlip>();
        for (var i = 0; i < 3; i++) slips.Add((await host.Yes((await host.Draft(i + 1)).Value.Id, null, paper: true)).Value);
        await host.Cash(await host.NumberOf(slips[0]), slips[0].Amount.Value);
        Assert.Null((await host.Do((MoveOrderHandler move) => move.Handle(slips[2].OrderId!.Value, OrderStep.Cancel, CancellationToken.None))).Refused);
        var intake = (await host.Do((ReceiveIntakeHandler receive) => receive.Handle(Morning.Almonds(10_000), CancellationToken.None), Morning.StationA)).Value;
        foreach (var _ in new[] { 1, 2 }) Assert.Null((await host.Do((ApproveIntakeHandler approve) => approve.Handle(new ApproveIntake(intake.Id, ApprovalKind.SignedSlip, null, new Upload("image/jpeg", Morning.Photo)), CancellationToken.None), Morning.StationA)).Refused);
        var rows = await host.Month();
        Assert.Equal([("cash", true, 1, slips[0].Amount, Fen.Zero), ("order", true, 1, new Fen(2_900), new Fen(87)), ("order", false, 1, new Fen(5_800), new Fen(174)), ("sell", true, 1, new Fen(30_000), Fen.Zero)],
            rows.Select(r => (r.Task, r.Earned, r.Count, r.Amount, r.Fee)));
        Assert.Empty(await host.Month(Morning.StationB));
        Assert.Equal(rows, await host.Month(SalesHost.Staff));
    }

    [Theory, EachDatabase]
    public async Task From_the_search_to_the_slip_of_the_cash_through_the_pages(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        Assert.Contains("代买", (await station.Get("/market/agents")).Text);
        Assert.Contains("马文", (await station.Get("/market/agents/order?q=" + Uri.EscapeDataString("马文"))).Text);
        var goods = await station.Get($"/market/agents/order?household={SmallCounty.Ma}");
        Assert.Contains("3%", goods.Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await station.Submit(goods, "form[method=post]:has(#phone)", new() { [$"Units[{Buying.Window.Almonds}]"] = "两份" })).Status);
        var approve = await station.Submit(goods, "form[method=post]:has(#phone)", new() { [$"Units[{Buying.Window.Almonds}]"] = "２" });
        Assert.Equal("/market/agents/approve", approve.Address.AbsolutePath);
        Assert.Contains("¥1.74", approve.Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await station.Submit(approve, "form:has(#code)", new() { ["Code"] = "1111" })).Status);
        var slip = await station.Submit(approve, "form:has(#code)", new() { ["Code"] = Morning.Code });
        Assert.Equal("/market/agents/slip", slip.Address.AbsolutePath);
        var cash = await station.Get(slip.Page.QuerySelector("a[href^='/market/agents/cash']")!.GetAttribute("href")!);
        var receipt = await station.Submit(cash, "form:has([name=shown])", []);
        Assert.Equal("/market/agents/cashreceipt", receipt.Address.AbsolutePath);
        Assert.NotNull(receipt.Page.QuerySelector("article.receipt"));
        Assert.Contains("已付清", (await station.Get(cash.Address.PathAndQuery)).Text);
        Assert.Contains("¥1.74", (await station.Get("/market/agents/commission")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await (await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB)).Get(receipt.Address.PathAndQuery)).Status);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County, language: "en");
        Assert.Contains("ordering for a villager", (await staff.Get("/market/agents/commission")).Text);
    }
}
