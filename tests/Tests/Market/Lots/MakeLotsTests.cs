using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Settlement.Pools;
using CloseLot = Shanhuo.Market.Lots.CloseLot;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Intakes;

namespace Shanhuo.Tests.Market.Lots;

public sealed class MakeLotsTests
{
    [Theory, EachDatabase]
    public async Task Sorting_carries_every_grower_s_share_and_accounts_for_every_gram(DatabaseKind kind)
    {
        await using var host = await Sorted(kind, out var request);
        var making = (await Make(host, request)).Value;
        Assert.Equal((100_000, 97_000), (making.TakenIn, making.CameOut));
        var lots = await host.Db(db => db.Lots.OrderBy(l => l.Id).ToListAsync());
        Assert.Equal([0, 60_000, 37_000], lots.Select(l => l.Available));
        foreach (var lot in lots) Assert.Equal(lot.Available, await host.Db(db => db.LotMoves.Where(m => m.LotId == lot.Id).SumAsync(m => m.Quantity)));
        var growers = await host.Db(db => db.LotGrowers.Where(g => g.LotId != SmallCounty.Lot).ToListAsync());
        Assert.Equal(100_000L * 3000, growers.Sum(g => g.Value));
        foreach (var lot in lots.Skip(1)) Assert.Equal(lot.TakenIn, growers.Where(g => g.LotId == lot.Id).Sum(g => g.Quantity));
        // 60 of 97 to the first lot: Ma, who brought 60 of 100 kg, has 60 of 100 parts there too.
        Assert.Equal([36_000, 24_000], growers.Where(g => g.LotId == lots[1].Id).OrderBy(g => g.HouseholdId).Select(g => g.Quantity));
    }

    [Theory, EachDatabase]
    public async Task A_making_sent_ten_times_at_once_is_made_once(DatabaseKind kind)
    {
        await using var host = await Sorted(kind, out var request);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Make(host, request)));
        Assert.Single(answers.Select(a => a.Value.Id).Distinct());
        Assert.Equal(3, await host.Db(db => db.Lots.CountAsync()));
        Assert.Equal(200_000, await host.Db(db => db.LotMoves.Where(m => m.Quantity > 0).SumAsync(m => m.Quantity)) + 3_000);
    }

    [Theory, EachDatabase]
    public async Task Many_small_takings_carry_what_one_large_would(DatabaseKind kind)
    {
        await using var host = await Sorted(kind, out _);
        for (var i = 0; i < 7; i++)
            Assert.Null((await Make(host, new MakeLots(Guid.CreateVersion7(), SmallCounty.County, MakingKind.Packed, [new(SmallCounty.Lot, 13_333)], [new(SmallCounty.Apricot, "1", 13_333)], null))).Refused);
        var carried = await host.Db(db => db.LotGrowers.Where(g => g.LotId != SmallCounty.Lot).GroupBy(g => g.HouseholdId).Select(g => new { g.Key, Quantity = g.Sum(x => x.Quantity), Value = g.Sum(x => x.Value) }).OrderBy(g => g.Key).ToListAsync());
        var once = CarriedShares.Take([new(60_000, 180_000_000, 0), new(40_000, 120_000_000, 0)], 0, 7 * 13_333);
        Assert.Equal(once.Select(s => (s.Quantity, s.Value)), carried.Select(c => (c.Quantity, c.Value)));
    }

    /// <summary>Of one blanket two lots by weight: neither is a whole piece, both have its growers by what came out, to the fen, and a recall reaches both.</summary>
    [Theory]
    [InlineData(DatabaseKind.Sqlite, 1, 10_000, 5_000), InlineData(DatabaseKind.Postgres, 1, 10_000, 5_000), InlineData(DatabaseKind.Sqlite, 2, 12_000, 9_000), InlineData(DatabaseKind.Postgres, 3, 30_000, 5_000)]
    public async Task Lots_made_of_whole_pieces_have_their_growers_by_what_came_out(DatabaseKind kind, int pieces, long first, long second)
    {
        await using var host = await SalesHost.Start(kind);
        await host.Db(async db =>
        {
            db.Lots.Add(new Lot { Id = 303, County = SmallCounty.County, Code = "L-3", Area = SmallCounty.VillageA, PlaceId = SmallCounty.StationA, ProductId = SmallCounty.Blanket, Grade = "1", CooperativeId = SmallCounty.Cooperative, OpenedDay = SmallCounty.Day, BestBefore = SmallCounty.Day.AddDays(365), Available = pieces, TakenIn = pieces });
            db.LotGrowers.Add(new LotGrower { County = SmallCounty.County, LotId = 303, HouseholdId = SmallCounty.Ma, Village = SmallCounty.VillageA, Quantity = pieces, Value = pieces * 100_000 });
            db.LotMoves.Add(new LotMove { Id = 9_303, County = SmallCounty.County, RequestId = Guid.CreateVersion7(), LotId = 303, Kind = MoveKind.Intake, Quantity = pieces, Day = SmallCounty.Day, ByAccountId = 1 });
            await db.SaveChangesAsync();
        });
        Assert.Null((await Make(host.Host, new MakeLots(Guid.CreateVersion7(), SmallCounty.County, MakingKind.Processed, [new(303, pieces)], [new(SmallCounty.Apricot, "1", first), new(SmallCounty.Apricot, "1", second)], null))).Refused);
        var made = await host.Db(db => db.Lots.Where(l => l.ProductId == SmallCounty.Apricot && l.Id != SmallCounty.Lot).OrderBy(l => l.Id).ToListAsync());
        var growers = await host.Db(db => db.LotGrowers.Where(g => g.LotId == made[0].Id || g.LotId == made[1].Id).OrderBy(g => g.LotId).ToListAsync());
        Assert.Equal([(made[0].Id, first), (made[1].Id, second)], growers.Select(g => (g.LotId, g.Quantity)));
        // By the piece a value is fen, by weight thousandths of one.
        Assert.Equal(pieces * 100_000_000L, growers.Sum(g => g.Value));
        Assert.InRange(growers[1].Value - pieces * 100_000_000L * second / (first + second), -1_000, 1_000);
        Assert.Equal([303, made[0].Id, made[1].Id], (await host.Do((Recall recall) => recall.MadeOf(SmallCounty.County, 303, CancellationToken.None))).Keys);
        Assert.Equal((0, 0), await host.Db(async db => (await db.LotMoves.Where(m => m.LotId == 303).SumAsync(m => m.Quantity), (await db.Lots.SingleAsync(l => l.Id == 303)).Available)));
        // What was made of it is sold and settled.
        await host.Do((Shanhuo.Market.Orders.PlaceOrderHandler place) => place.Handle(new(Guid.CreateVersion7(), "shop", "", null, Fen.Zero, 1, true, [new(SmallCounty.Apricot, null, made[1].Id, second, new Fen(5_000))]), CancellationToken.None));
        Assert.True(await host.Db(db => db.OrderLines.Where(l => l.LotId == made[1].Id).AllAsync(l => l.IsSettled)));
        Assert.Equal(1, await host.Db(db => db.Orders.CountAsync()));
    }

    [Fact]
    public async Task What_cannot_be_made_is_refused_and_takes_nothing()
    {
        await using var host = await Sorted(DatabaseKind.Sqlite, out var good);
        foreach (var (request, code) in new (MakeLots, string)[]
        {
            (good with { From = [] }, "market.make-from"),
            (good with { Into = [] }, "market.make-into"),
            (good with { Into = [new(SmallCounty.Apricot, "7", 1)] }, "market.make-grade"),
            (good with { Into = [new(SmallCounty.Apricot, "1", 1), new(SmallCounty.Blanket, "1", 1)] }, "market.make-units"),
            (good with { From = [new(SmallCounty.Lot, 100_001)] }, "market.lot-short"),
            (good with { Into = [new(SmallCounty.Apricot, "1", 100_001)] }, "market.make-more"),
            (good with { From = [new(999, 1)] }, "market.lot-unknown"),
        })
            Assert.Equal(code, (await Make(host, request with { RequestId = Guid.CreateVersion7() })).Refused?.Code);
        Assert.Equal("market.lot-unknown", (await Make(host, good, Morning.StationB)).Refused?.Code);
        Assert.Equal(100_000, await host.Db(db => db.Lots.Select(l => l.Available).SingleAsync()));
        Assert.Equal(2, await host.Db(db => db.LotMoves.CountAsync()));
    }

    [Fact]
    public async Task Goods_bought_and_goods_on_consignment_are_not_mixed()
    {
        await using var host = await Morning.Start(DatabaseKind.Sqlite);
        var one = await host.HandIn(Morning.Almonds(5_000));
        var two = await host.HandIn(Morning.Almonds(5_000) with { Manner = Shanhuo.Market.Intakes.IntakeManner.Bought, BuyerOrganisationId = SmallCounty.Cooperative });
        Assert.Equal("market.make-mixed", (await Make(host, new MakeLots(Guid.CreateVersion7(), SmallCounty.County, MakingKind.Packed, [new(one.LotId!.Value, 5_000), new(two.LotId!.Value, 5_000)], [new(SmallCounty.Apricot, "1", 10_000)], null))).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task A_lot_is_closed_only_when_every_gram_is_accounted_for_and_says_what_nobody_bought(DatabaseKind kind)
    {
        await using var host = await Sorted(kind, out _);
        await host.Take(SmallCounty.Lot, 90_000);
        var no = (await Close(host)).Refused;
        Assert.Equal("market.lot-left", no?.Code);
        Assert.Equal("10 kg", no!.Arguments[1]);
        var spoiled = new WriteOff(Guid.CreateVersion7(), SmallCounty.County, SmallCounty.Lot, MoveKind.Spoiled, 7_000, "mould");
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Write(host, spoiled)));
        Assert.Equal(3_000, await host.Db(db => db.Lots.Select(l => l.Available).SingleAsync()));
        Assert.Equal("market.write-off-reason", (await Write(host, spoiled with { RequestId = Guid.CreateVersion7(), Reason = " " })).Refused?.Code);
        Assert.Null((await Write(host, new WriteOff(Guid.CreateVersion7(), SmallCounty.County, SmallCounty.Lot, MoveKind.Given, 3_000, "to the school"))).Refused);
        var closed = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Close(host)));
        Assert.All(closed, c => Assert.Equal(SmallCounty.Day, c.Value.ClosedDay));
        Assert.Equal("market.lot-closed", (await host.Take(SmallCounty.Lot, 1)).Refused?.Code);
    }

    [Fact]
    public void Shares_are_carried_as_the_rule_of_settlement_has_it()
    {
        var chance = new Random(20261121);
        for (var round = 0; round < 200; round++)
        {
            var shares = Enumerable.Range(0, chance.Next(1, 9)).Select(_ => (Quantity: chance.NextInt64(1, 90_000), Price: chance.Next(0, 4_000))).Select(g => new Share(g.Quantity, g.Quantity * g.Price, 0)).ToList();
            var all = shares.Sum(s => s.Quantity);
            var before = chance.NextInt64(0, all);
            var taken = chance.NextInt64(1, all - before + 1);
            var expected = Holdings.Of(shares.Select((s, i) => new Holding($"H-{i:00}", s.Value, s.Quantity))).Take(before, taken);
            Assert.Equal(expected.Select(h => ((long)h.Quantity, (long)h.Value)), CarriedShares.Take(shares, before, taken).Select(s => (s.Quantity, s.Value)));
        }
    }

    [Fact]
    public void From_weight_to_pieces_and_back_values_stay_what_they_are_in_fen()
    {
        Share[] byWeight = [new(60_000, 60_000 * 3000, 0), new(40_000, 40_000 * 3000, 0)];
        var pieces = CarriedShares.Settle(byWeight, 10, fromPieces: false, toPieces: true);
        Assert.Equal([new(6, 180_000, 0), new Share(4, 120_000, 0)], pieces);
        Assert.Equal(byWeight, CarriedShares.Settle(pieces, 100_000, fromPieces: true, toPieces: false));
    }

    [Fact]
    public async Task The_lot_pages_list_make_write_off_and_close()
    {
        await using var host = await Sorted(DatabaseKind.Sqlite, out _);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        Assert.Contains("L-1", (await station.Get("/market/lots")).Text);
        Assert.DoesNotContain("L-1", (await (await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB)).Get("/market/lots")).Text);
        var made = await station.Submit(await station.Get($"/market/lots/make?from={SmallCounty.Lot}"), "form.make", new() { ["Form.Use[0].Quantity"] = "200", ["Form.Into[0].Goods"] = "201|1", ["Form.Into[0].Quantity"] = "120", ["Form.Into[1].Goods"] = "201|2", ["Form.Into[1].Quantity"] = "70" });
        Assert.Contains("L-620525-00001-", made.Text);
        Assert.Contains("由批次 L-1 做成", made.Text);
        var page = await station.Submit(made, "form.write-off", new() { ["Form.Quantity"] = "120", ["Form.Reason"] = "发霉", ["Form.Kind"] = "Spoiled" });
        Assert.Contains("坏掉", page.Text);
        Assert.Contains("每一克都有去向", (await station.Submit(page, "form.close", [])).Text);
    }

    private static Task<TestHost> Sorted(DatabaseKind kind, out MakeLots request)
    {
        request = new MakeLots(Guid.CreateVersion7(), SmallCounty.County, MakingKind.Sorted, [new(SmallCounty.Lot, 100_000)], [new(SmallCounty.Apricot, "1", 60_000), new(SmallCounty.Apricot, "2", 37_000)], "by hand");
        return Start();

        async Task<TestHost> Start()
        {
            var host = await Morning.Start(kind);
            await SmallCounty.TakeIn(host);
            return host;
        }
    }

    private static Task<Outcome<LotMaking>> Make(TestHost host, MakeLots request, Scope? scope = null) => host.In(s => s.GetRequiredService<MakeLotsHandler>().Handle(request, CancellationToken.None), scope ?? Morning.StationA);

    private static Task<Outcome<LotMove>> Write(TestHost host, WriteOff request) => host.In(s => s.GetRequiredService<WriteOffHandler>().Handle(request, CancellationToken.None), Morning.StationA);

    private static Task<Outcome<Lot>> Close(TestHost host) => host.In(s => s.GetRequiredService<CloseLotHandler>().Handle(new CloseLot(SmallCounty.County, SmallCounty.Lot), CancellationToken.None), Morning.StationA);
}
