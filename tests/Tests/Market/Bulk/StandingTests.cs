using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Bulk;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Payments;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Bulk;

/// <summary>What was agreed once is ordered on each due day, once, and what could not be ordered is said.</summary>
public sealed class StandingTests
{
    private static DateOnly Day(int after) => SmallCounty.Day.AddDays(after);

    private static async Task<StandingOrder> Agree(SalesHost host, int every = 2, int weekdays = 0, int units = 1, int days = 30, long? ceiling = null, int priceDays = 30, bool accept = true)
    {
        var quote = (await Bargain.Ask(host, phone: $"139{Random.Shared.Next(10_000_000, 99_999_999)}")).Value;
        await Bargain.Quote(host, quote);
        var offer = ceiling is null ? await host.Db(db => db.QuotationLines.OrderByDescending(l => l.QuotationId).Select(l => l.OfferId).FirstAsync()) : Window.Almonds;
        var standing = (await host.Do((WriteStandingHandler write) => write.Handle(new WriteStanding(Guid.CreateVersion7(), quote.Id, offer, units, ceiling is null ? Day(priceDays) : null, ceiling is { } most ? new Fen(most) : null, every, weekdays, Day(0), Day(days), new Fen(500), 0, "transfer"), CancellationToken.None), Bargain.Seller)).Value;
        if (accept) Assert.Null(await Turn(host, standing, "accept"));
        return standing;
    }

    private static Task<Refusal?> Turn(SalesHost host, StandingOrder standing, string step) => host.Do((TurnStandingHandler turn) => turn.Handle(standing.Id, step, CancellationToken.None));

    private static Task<int> Step(SalesHost host) => host.Services.GetRequiredService<StandingRounds>().Step(CancellationToken.None);

    private static Task<List<StandingDay>> Days(SalesHost host, StandingOrder standing) => host.Db(db => db.StandingDays.Where(d => d.StandingOrderId == standing.Id).OrderBy(d => d.Day).ToListAsync());

    [Theory, EachDatabase]
    public async Task Each_due_day_is_ordered_once_at_the_fixed_price_and_the_rest_is_honest(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var standing = await Agree(host, units: 8, priceDays: 5);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Step(host))));
        // 40 kg a day: the second day leaves 20 kg, the third has too little.
        host.Clock.Days(2); await Step(host); await Step(host);
        host.Clock.Days(2); await Step(host);
        // The fixed price is over.
        host.Clock.Days(2); await Step(host);
        // Nobody ran for four days.
        host.Clock.Days(5); await Step(host);
        var days = await Days(host, standing);
        Assert.Equal([(0, StandingDayState.Ordered, null), (2, StandingDayState.Ordered, null), (4, StandingDayState.Short, "market.offer-short"), (6, StandingDayState.Short, "market.offer-closed"), (8, StandingDayState.Missed, "standing.missed"), (10, StandingDayState.Missed, "standing.missed")],
            days.Select(d => (d.Day.DayNumber - SmallCounty.Day.DayNumber, d.State, d.Why)));
        Assert.Equal("4", days[2].Figure);
        var orders = await host.Db(db => db.Orders.OrderBy(o => o.Id).ToListAsync());
        Assert.Equal(orders.Select(o => (long?)o.Id), days.Where(d => d.State == StandingDayState.Ordered).Select(d => d.OrderId));
        Assert.All(orders, o => Assert.Equal((OrderState.Placed, "某学校食堂", "bulk"), (o.State, o.Buyer, o.Channel)));
        Assert.All(await host.Db(db => db.OrderLines.ToListAsync()), l => Assert.Equal((216_000, 500), (l.Goods.Value, l.Freight.Value)));
        Assert.Equal(20_000, await host.Available(SmallCounty.Lot));
    }

    [Theory, EachDatabase]
    public async Task At_the_price_of_the_day_a_dearer_day_is_not_ordered(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var standing = await Agree(host, every: 1, ceiling: 3_000);
        await Step(host);
        await host.Db(db => db.Offers.Where(o => o.Id == Window.Almonds).ExecuteUpdateAsync(s => s.SetProperty(o => o.Price, new Fen(3_001))));
        host.Clock.Days(1); await Step(host);
        await host.Db(db => db.Offers.Where(o => o.Id == Window.Almonds).ExecuteUpdateAsync(s => s.SetProperty(o => o.Price, new Fen(3_000))));
        host.Clock.Days(1); await Step(host);
        Assert.Equal([(StandingDayState.Ordered, null), (StandingDayState.Short, "standing.dear"), (StandingDayState.Ordered, null)], (await Days(host, standing)).Select(d => (d.State, d.Why)));
        Assert.Equal([2_900, 3_000], await host.Db(async db => (await db.OrderLines.OrderBy(l => l.Id).ToListAsync()).ConvertAll(l => l.Goods.Value)));
    }

    [Theory, EachDatabase]
    public async Task Nothing_is_ordered_before_the_buyer_agrees_nor_while_it_pauses_nor_after_it_ends(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var standing = await Agree(host, every: 1, accept: false);
        await Step(host);
        Assert.Empty(await Days(host, standing));
        Assert.Null(await Turn(host, standing, "accept"));
        Assert.Equal("standing.over", (await Turn(host, standing, "accept"))?.Code);
        await Step(host);
        Assert.Null(await Turn(host, standing, "pause"));
        host.Clock.Days(1); await Step(host);
        host.Clock.Days(1);
        Assert.Null(await Turn(host, standing, "resume"));
        await Step(host);
        Assert.Null(await Turn(host, standing, "end"));
        host.Clock.Days(1); await Step(host);
        Assert.Equal([StandingDayState.Ordered, StandingDayState.Paused, StandingDayState.Ordered], (await Days(host, standing)).Select(d => d.State));
        Assert.Equal(OfferState.Ended, await host.Db(db => db.Offers.Where(o => o.Id == standing.OfferId).Select(o => o.State).SingleAsync()));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, "pause")]
    [InlineData(DatabaseKind.Sqlite, "end")]
    [InlineData(DatabaseKind.Postgres, "pause")]
    [InlineData(DatabaseKind.Postgres, "end")]
    public async Task Today_is_not_ordered_after_the_buyer_said_no_though_its_row_is_there(DatabaseKind kind, string step)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var standing = await Agree(host, every: 1);
        await Due(host, standing.Id);
        await host.Db(db => db.StandingOrders.ExecuteUpdateAsync(s => s.SetProperty(o => o.NextDay, Day(1))));
        Assert.Null(await Turn(host, standing, step));
        await Step(host);
        Assert.Equal((StandingDayState.Paused, 0), (Assert.Single(await Days(host, standing)).State, await host.Db(db => db.Orders.CountAsync())));
    }

    [Theory, EachDatabase]
    public async Task One_that_cannot_be_looked_after_keeps_no_other_from_being_ordered(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var standing = await Agree(host, every: 1);
        // A day whose standing order is not there stands before all others.
        await Due(host, 1);
        Assert.Equal(1, await Step(host));
        Assert.Equal(StandingDayState.Ordered, Assert.Single(await Days(host, standing)).State);
    }

    [Theory, EachDatabase]
    public async Task Goods_of_a_neighbours_group_that_a_canteen_orders_go_to_the_canteen(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await host.Db(db => db.Offers.Where(o => o.Id == Window.Almonds).ExecuteUpdateAsync(set => set.SetProperty(o => o.Kind, OfferKind.Community).SetProperty(o => o.PickupId, (long?)SmallCounty.StationB)));
        var standing = await Agree(host, every: 1, ceiling: 5_000);
        Assert.Equal(1, await Step(host));
        var order = await host.Db(db => db.Orders.SingleAsync());
        Assert.Equal(("bulk", standing.SellerId), (order.Channel, order.SellerId));
        Assert.NotEqual(SmallCounty.StationB, order.StationId);
        Assert.Equal((null, 0), await host.Db(async db => ((await db.Deliveries.SingleAsync()).PickupId, await db.AgentTasks.CountAsync())));
    }

    [Theory, EachDatabase]
    public async Task What_is_sold_once_cannot_be_a_standing_order(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var quote = (await Bargain.Ask(host)).Value;
        await Bargain.Quote(host, quote);
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        async Task<bool> Listed() => (await seller.Get($"/market/bulk/standing/new/{quote.Id}")).Page.QuerySelector($"option[value='{Window.Almonds}']") is not null;
        Assert.True(await Listed());
        foreach (var once in new[] { OfferKind.Group, OfferKind.Flash, OfferKind.Visit, OfferKind.Presale })
        {
            await host.Db(db => db.Offers.Where(o => o.Id == Window.Almonds).ExecuteUpdateAsync(s => s.SetProperty(o => o.Kind, once)));
            Assert.Equal("standing.kind", (await host.Do((WriteStandingHandler write) => write.Handle(new WriteStanding(Guid.CreateVersion7(), quote.Id, Window.Almonds, 1, null, new Fen(3_000), 1, 0, Day(0), Day(5), Fen.Zero, 0, "transfer"), CancellationToken.None), Bargain.Seller)).Refused?.Code);
            Assert.False(await Listed());
        }
    }

    private static Task<int> Due(SalesHost host, long standing) => host.Db(db =>
    {
        db.StandingDays.Add(new StandingDay { County = SmallCounty.County, StandingOrderId = standing, Day = Day(0), State = StandingDayState.Due });
        return db.SaveChangesAsync();
    });

    [Theory, EachDatabase]
    public async Task Whatever_the_calendar_and_wherever_it_is_stopped_each_due_day_has_exactly_one_outcome(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await Window.Leave(host, 100_000_000);
        var chance = new Random(832);
        var all = new List<(StandingOrder Order, HashSet<DateOnly> Paused)>();
        for (var i = 0; i < 4; i++) all.Add((await Agree(host, every: i % 2 == 0 ? chance.Next(1, 5) : 0, weekdays: i % 2 == 0 ? 0 : chance.Next(1, 128), days: chance.Next(5, 20)), []));
        var rounds = host.Services.GetRequiredService<StandingRounds>();
        for (var day = 0; day < 22; day++)
        {
            foreach (var (order, _) in all)
                if (chance.Next(6) == 0) await Turn(host, order, chance.Next(2) == 0 ? "pause" : "resume");
            // Some days nobody runs, on others it is stopped in the middle, or two run at once.
            for (var run = chance.Next(3); run > 0; run--)
            {
                using var stop = new CancellationTokenSource();
                if (chance.Next(2) == 0) stop.CancelAfter(chance.Next(1, 25));
                try { await Task.WhenAll(rounds.Step(stop.Token), chance.Next(2) == 0 ? rounds.Step(CancellationToken.None) : Task.FromResult(0)); }
                catch (OperationCanceledException) { }
            }
            host.Clock.Days(1);
        }
        await Step(host);
        foreach (var (order, _) in all)
        {
            // The slow twin: every day of the calendar, by hand.
            var due = Enumerable.Range(0, order.Until.DayNumber - order.From.DayNumber + 1).Select(order.From.AddDays).Where(d => order.EveryDays > 0 ? (d.DayNumber - order.From.DayNumber) % order.EveryDays == 0 : (order.Weekdays & d.DayOfWeek switch { DayOfWeek.Monday => 1, DayOfWeek.Tuesday => 2, DayOfWeek.Wednesday => 4, DayOfWeek.Thursday => 8, DayOfWeek.Friday => 16, DayOfWeek.Saturday => 32, _ => 64 }) != 0);
            var days = await Days(host, order);
            Assert.Equal(due, days.Select(d => d.Day));
            Assert.DoesNotContain(days, d => d.State == StandingDayState.Due);
            Assert.All(days, d => Assert.Equal(d.State == StandingDayState.Ordered, d.OrderId is not null));
        }
        // An order for each ordered day, and no other.
        Assert.Equal((await host.Db(db => db.StandingDays.Where(d => d.OrderId != null).Select(d => d.OrderId!.Value).ToListAsync())).Order(), (await host.Db(db => db.Orders.Select(o => o.Id).ToListAsync())).Order());
        Assert.True(await host.Db(db => db.Orders.AnyAsync()));
    }

    [Theory, EachDatabase]
    public async Task Seller_and_buyer_do_all_of_it_by_pages(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var quote = (await Bargain.Ask(host)).Value;
        await Bargain.Quote(host, quote);
        var seller = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        var form = await seller.Get($"/market/bulk/standing/new/{quote.Id}");
        var fields = new Dictionary<string, string> { ["Form.Units"] = "1", ["Form.PriceUntil"] = "2026-12-20", ["Form.EveryDays"] = "1", ["Form.From"] = "2026-11-21", ["Form.Until"] = "2026-12-01", ["Form.Freight"] = "5", ["Form.Deposit"] = "0", ["Form.Method"] = "transfer" };
        Assert.Contains("两样只写一样", (await seller.Submit(form, "form:has(#Form_Units)", new(fields) { ["Form.PriceUntil"] = "" })).Text);
        var list = await seller.Submit(form, "form:has(#Form_Units)", fields);
        Assert.Contains("等买家同意", list.Text);
        var page = await seller.Get(list.Page.QuerySelector("a[href^='/shop/standing/']")!.GetAttribute("href")!);
        var agreed = await seller.Submit(page, "form.buttons", new() { ["step"] = "accept" });
        Assert.Contains("进行中", agreed.Text);
        await Step(host);
        Assert.Contains("已下单", (await seller.Get(page.Address.PathAndQuery)).Text);
        await Window.Leave(host, 0);
        host.Clock.Days(1); await Step(host);
        Assert.Contains("没有订上的日子", (await seller.Get("/market/bulk/standing")).Text);
        Assert.Contains("Standing orders", (await (await host.VisitAs(Role.CountyStaff, SmallCounty.County, language: "en")).Get("/market/bulk/standing")).Text);
    }
}
