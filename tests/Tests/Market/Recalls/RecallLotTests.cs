using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Recalls;
using Shanhuo.Registry.Trail;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Recalls;

/// <summary>A recalled lot is out of sale everywhere at once, and every buyer of it is undone or on the list.</summary>
public sealed class RecallLotTests
{
    private static readonly Scope Second = new() { Area = SmallCounty.County, AccountId = 2, Role = Role.CountyStaff };

    private static Task<Outcome<LotRecall>> Ask(SalesHost host, Guid? request = null) =>
        host.Do((RecallLotHandler recall) => recall.Ask(new RecallLot(request ?? Guid.CreateVersion7(), SmallCounty.Lot, "查出黄曲霉毒素超标"), CancellationToken.None));

    [Theory, EachDatabase]
    public async Task The_offer_says_so_unpaid_orders_are_undone_and_the_others_are_called(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var (sent, paid, unpaid) = (await Parcels.Sent(host), await Parcels.Bought(host, 2), (await Window.Place(host, Window.Order(3))).Value);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var lot = await staff.Get($"/market/lots/recall?id={SmallCounty.Lot}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(lot, "form:has(#Reason)", new() { ["Reason"] = "坏" })).Status);
        var page = await staff.Submit(lot, "form:has(#Reason)", new() { ["Reason"] = "查出黄曲霉毒素超标" });
        Assert.StartsWith("/market/recalls/recall/", page.Address.AbsolutePath, StringComparison.Ordinal);
        // Masked until it is asked for.
        Assert.Contains("王••", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("13900001234", page.Text, StringComparison.Ordinal);
        Assert.Equal(OrderState.Cancelled, await Parcels.State(host, unpaid.OrderId));
        var calls = await host.Db(db => db.RecallCalls.OrderBy(c => c.Id).Select(c => new { c.Id, c.OrderId, c.Quantity, c.State }).ToListAsync());
        Assert.Equal([(sent.OrderId, 500, CallState.Open), (paid.OrderId, 1000, CallState.Open), (unpaid.OrderId, 1500, CallState.Undone)], calls.Select(c => (c.OrderId, c.Quantity, c.State)));
        var shown = await staff.Submit(page, $"#c{calls[0].Id} form", new() { ["step"] = "show" });
        Assert.Contains("13900001234", shown.Text, StringComparison.Ordinal);
        Assert.Single(shown.Page.QuerySelectorAll("a[href^='tel:']"));
        Assert.Equal(1, await host.Db(db => db.Set<AuditRecord>().CountAsync(r => r.What == "recall-call" && r.Kind == "look")));
        await staff.Submit(shown, $"#c{calls[0].Id} form", new() { ["step"] = "not-reached" });
        var marked = await staff.Submit(await staff.Get(page.Address.AbsolutePath), $"#c{calls[0].Id} form", new() { ["step"] = "returned" });
        Assert.Contains("货退回了", marked.Page.QuerySelector($"#c{calls[0].Id} state, #c{calls[0].Id} p")!.TextContent, StringComparison.Ordinal);
        Assert.Equal([CallState.NotReached, CallState.Returned], await host.Db(db => db.RecallMarks.Where(m => m.CallId == calls[0].Id).OrderBy(m => m.Id).Select(m => m.State).ToListAsync()));
        // What is shown is what can be ordered.
        Assert.Contains("召回", (await staff.Get($"/shop/620525/almond-{Window.Almonds}")).Text, StringComparison.Ordinal);
        Assert.Equal("market.offer-recalled", (await Window.Place(host, Window.Order())).Refused?.Code);
        // A paid one does not leave; it is cancelled and the money goes back.
        Assert.Equal("market.order-recalled", (await Parcels.Move(host, paid.OrderId, OrderStep.Ship))?.Code);
        Assert.Null(await Parcels.Move(host, paid.OrderId, OrderStep.Cancel));
        Assert.Equal(0, await Parcels.BuyersMoney(host, paid.OrderId));
        Assert.Equal(100_000 - 500, await host.Available(SmallCounty.Lot));
        var sheet = await staff.Client.GetAsync(page.Address.AbsolutePath.Replace("/recall/", "/", StringComparison.Ordinal) + ".xlsx");
        Assert.Equal((HttpStatusCode.OK, 1), (sheet.StatusCode, await host.Db(db => db.Set<AuditRecord>().CountAsync(r => r.What == "recall-call" && r.Kind == "export"))));
        Assert.Contains("已召回", (await staff.Get($"/market/lots/recall?id={SmallCounty.Lot}")).Text, StringComparison.Ordinal);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        Assert.NotEqual(HttpStatusCode.OK, (await station.Get(page.Address.AbsolutePath)).Status);
    }

    [Theory, EachDatabase]
    public async Task A_mark_sent_twice_is_one_and_a_second_try_is_another(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await Parcels.Bought(host);
        Assert.Null((await Ask(host)).Refused);
        var (call, request) = (await host.Db(db => db.RecallCalls.Select(c => c.Id).SingleAsync()), Guid.CreateVersion7());
        Task<Refusal?> Mark(Guid id, CallState state) => host.Do((CallBook book) => book.Mark(id, call, state, CancellationToken.None));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Mark(request, CallState.NotReached)))), Assert.Null);
        Assert.Null(await Mark(Guid.CreateVersion7(), CallState.NotReached));
        Assert.Null(await Mark(Guid.CreateVersion7(), CallState.Called));
        // One that was late is not the last word.
        Assert.Null(await Mark(request, CallState.NotReached));
        Assert.Equal((3, CallState.Called), await host.Db(async db => (await db.RecallMarks.CountAsync(), (await db.RecallCalls.SingleAsync()).State)));
    }

    [Theory, EachDatabase]
    public async Task What_a_stop_left_undone_is_done_when_somebody_asks_or_confirms_again(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var request = Guid.CreateVersion7();
        var recall = (await Ask(host, request)).Value;
        // As it stands when the program ended just after the lots were marked.
        async Task<long> Left()
        {
            await host.Db(db => db.Lots.ExecuteUpdateAsync(s => s.SetProperty(l => l.RecallId, (long?)null)));
            var placed = (await Window.Place(host, Window.Order())).Value;
            await host.Db(async db =>
            {
                db.RecallCalls.Add(new RecallCall { Id = placed.OrderId, County = SmallCounty.County, RecallId = recall.Id, OrderId = placed.OrderId, Lots = "L-1", Quantity = 500 });
                await db.SaveChangesAsync();
                return await db.Lots.Where(l => l.Id == SmallCounty.Lot).ExecuteUpdateAsync(s => s.SetProperty(l => l.RecallId, recall.Id));
            });
            return placed.OrderId;
        }
        foreach (var again in new Func<Task<Refusal?>>[] { async () => (await Ask(host, request)).Refused, async () => (await host.Do((RecallLotHandler r) => r.Confirm(recall.Id, CancellationToken.None), Second)).Refused })
        {
            var order = await Left();
            Assert.Null(await again());
            Assert.Equal((OrderState.Cancelled, CallState.Undone), (await Parcels.State(host, order), await host.Db(db => db.RecallCalls.Where(c => c.OrderId == order).Select(c => c.State).SingleAsync())));
        }
        var last = await Left();
        Assert.Equal("recall.already", (await Ask(host)).Refused?.Code);
        Assert.Equal(OrderState.Cancelled, await Parcels.State(host, last));
    }

    [Theory, EachDatabase]
    public async Task Other_lots_go_on_serving_the_offer(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await host.SecondLot(9001, "L-2", 2_000);
        Assert.Null((await Ask(host)).Refused);
        Assert.Equal("market.offer-short", (await Window.Place(host, Window.Order(5))).Refused?.Code);
        var placed = (await Window.Place(host, Window.Order(4))).Value;
        Assert.Equal([9001L], await host.Db(db => db.OrderLines.Where(l => l.OrderId == placed.OrderId).Select(l => l.LotId!.Value).ToListAsync()));
        Assert.Equal("market.offer-recalled", (await Window.Place(host, Window.Order())).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task What_was_made_of_it_is_recalled_too_and_its_goods_can_only_be_written_off(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await host.SecondLot(9001, "L-2", 2_000);
        await host.SecondLot(9002, "L-3", 2_000);
        await host.Db(async db =>
        {
            // L-2 was made of L-1; L-3 was not.
            db.LotMoves.Add(new LotMove { Id = 9101, County = SmallCounty.County, RequestId = Guid.CreateVersion7(), LotId = SmallCounty.Lot, Kind = MoveKind.UsedFor, Quantity = -2_000, Day = SmallCounty.Day, CauseId = 9001 });
            await db.SaveChangesAsync();
        });
        Assert.Null((await Ask(host)).Refused);
        Assert.Equal([SmallCounty.Lot, 9001L], (await host.Db(db => db.Lots.Where(l => l.RecallId != null).Select(l => l.Id).ToListAsync())).Order());
        foreach (var move in Enum.GetValues<MoveKind>().Where(k => k is MoveKind.Sold or MoveKind.UsedFor or MoveKind.Given or MoveKind.Spoiled or MoveKind.Lost))
            Assert.Equal(move is MoveKind.Spoiled or MoveKind.Lost ? null : "market.lot-recalled", await host.In(async s =>
            {
                var db = s.GetRequiredService<ShanhuoDb>();
                await using var change = await db.Database.BeginTransactionAsync();
                return (await LotStock.Take(db, s.GetRequiredService<Ids>(), SmallCounty.County, 9001, 100, move, Guid.CreateVersion7(), null, SmallCounty.Day, null, CancellationToken.None)).Refused?.Code;
            }));
    }

    [Theory, EachDatabase]
    public async Task Where_the_rules_ask_a_second_person_nothing_is_closed_before_another_confirms(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        Task<Outcome<LotRecall>> With(Func<RecallLotHandler, Task<Outcome<LotRecall>>> work, Scope? who = null) => host.In(s => work(ActivatorUtilities.CreateInstance<RecallLotHandler>(s, new RecallRules(true))), who);
        var asked = (await With(r => r.Ask(new RecallLot(Guid.CreateVersion7(), SmallCounty.Lot, "查出黄曲霉毒素超标"), CancellationToken.None))).Value;
        Assert.Null(asked.InForceMs);
        Assert.Equal("recall.already", (await Ask(host)).Refused?.Code);
        var placed = await Parcels.Bought(host);
        Assert.Equal("recall.second", (await With(r => r.Confirm(asked.Id, CancellationToken.None))).Refused?.Code);
        var done = (await With(r => r.Confirm(asked.Id, CancellationToken.None), Second)).Value;
        Assert.Equal((2L, true), (done.SecondAccountId, done.InForceMs is not null));
        Assert.Equal(placed.OrderId, await host.Db(db => db.RecallCalls.Select(c => c.OrderId).SingleAsync()));
        Assert.Equal("market.offer-recalled", (await Window.Place(host, Window.Order())).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task An_order_placed_while_the_lot_is_recalled_is_undone_or_on_the_list(DatabaseKind kind)
    {
        for (var round = 0; round < 4; round++)
        {
            await using var host = await SalesHost.Start(kind);
            await Window.Open(host);
            var request = Guid.CreateVersion7();
            using var go = new SemaphoreSlim(0);
            var buyers = Enumerable.Range(0, 24).Select(i => Task.Run(async () =>
            {
                await go.WaitAsync();
                await Task.Delay(i * (round + 1));
                // On delivery and paid at once in turn: the first are placed, the others wait for their payment.
                return await Window.Place(host, Window.Order(method: i % 2 == 0 ? "cod" : "wechat"));
            })).ToList();
            var recalls = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
            {
                await go.WaitAsync();
                await Task.Delay(10 * (round + 1));
                return await Ask(host, request);
            })).ToList();
            go.Release(26);
            var answers = await Task.WhenAll(buyers);
            Assert.Single((await Task.WhenAll(recalls)).Select(r => r.Value.Id).Distinct());
            Assert.All(answers.Where(a => a.Refused is not null), a => Assert.Equal("market.offer-recalled", a.Refused!.Code));
            var calls = await host.Db(db => db.RecallCalls.ToDictionaryAsync(c => c.OrderId, c => c.State));
            var states = await host.Db(db => db.Orders.ToDictionaryAsync(o => o.Id, o => o.State));
            foreach (var placed in answers.Where(a => a.Refused is null).Select(a => a.Value.OrderId))
                Assert.True(states[placed] == OrderState.Cancelled && calls[placed] == CallState.Undone || states[placed] == OrderState.Placed && calls[placed] == CallState.Open, $"{states[placed]}");
            Assert.Equal(answers.Count(a => a.Refused is null), calls.Count);
            Assert.Equal(100_000 - 500 * states.Values.Count(s => s == OrderState.Placed), await host.Available(SmallCounty.Lot));
        }
    }
}
