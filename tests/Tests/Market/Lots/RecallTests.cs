using System.Diagnostics;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Lots;
using Shanhuo.Registry;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Intakes;

namespace Shanhuo.Tests.Market.Lots;

public sealed class RecallTests
{
    [Theory, EachDatabase]
    public async Task A_lot_is_followed_to_all_made_of_it_its_orders_and_back_to_all_who_handed_in(DatabaseKind kind)
    {
        await using var host = await County(kind);
        await Lot(host, 302, SmallCounty.Lot); // L-1 -> 302 -> 303, 304; 305 stands alone
        await Lot(host, 303, 302);
        await Lot(host, 304, 302);
        await Lot(host, 305, null);
        await SmallCounty.Sell(host, 1_000, 100);
        var end = await Of(host, 303);
        Assert.Equal([(SmallCounty.Lot, -2), (302L, -1), (303L, 0)], end!.Lots.Select(l => (l.Id, l.Steps)));
        Assert.Equal([SmallCounty.Ma, SmallCounty.Li], end.Intakes.Select(i => i.HouseholdId));
        Assert.Empty(end.Orders);
        var begin = await Of(host, SmallCounty.Lot);
        Assert.Equal([SmallCounty.Lot, 302, 303, 304], begin!.Lots.Select(l => l.Id));
        Assert.Single(begin.Orders);
        Assert.Empty((await Of(host, 305))!.Intakes);
    }

    [Theory, EachDatabase]
    public async Task A_chain_of_a_thousand_lots_is_followed_whole(DatabaseKind kind)
    {
        await using var host = await County(kind);
        await host.Db(async db =>
        {
            for (var i = 1; i < 1_000; i++) Add(db, 10_000 + i, i == 1 ? SmallCounty.Lot : 10_000 + i - 1);
            await db.SaveChangesAsync();
        });
        var watch = Stopwatch.StartNew();
        Assert.Equal(1_000, (await Of(host, SmallCounty.Lot))!.Lots.Count);
        var back = (await Of(host, 10_999))!;
        Assert.Equal(1_000, back.Lots.Count);
        Assert.Equal(2, back.Intakes.Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"took {watch.Elapsed}");
    }

    [Fact]
    public async Task Even_a_circle_that_nobody_can_make_ends()
    {
        await using var host = await County(DatabaseKind.Sqlite);
        await Lot(host, 302, SmallCounty.Lot);
        await host.Db(async db =>
        {
            Move(db, 302, MoveKind.UsedFor, SmallCounty.Lot);
            Move(db, SmallCounty.Lot, MoveKind.MadeFrom, 302);
            await db.SaveChangesAsync();
        });
        Assert.Equal(2, (await Of(host, 302))!.Lots.Count);
    }

    [Theory]
    [InlineData("zh"), InlineData("en")]
    public async Task A_station_sees_its_own_and_that_it_looked_is_on_record(string language)
    {
        await using var host = await County(DatabaseKind.Sqlite);
        await SmallCounty.Sell(host, 1_000, 100);
        var other = await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB, language: language);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/market/lots/recall?id={SmallCounty.Lot}")).Status);
        Assert.Equal(0, await Looks(host));
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA, language: language);
        var page = await station.Get($"/market/lots/recall?id={SmallCounty.Lot}");
        Assert.Contains("马文", page.Text);
        Assert.Contains("120", page.Text); // 斤
        Assert.Equal(2, await Looks(host));
        using var sheet = await station.Client.GetAsync($"/market/lots/recall/{SmallCounty.Lot}.xlsx");
        Assert.Equal(HttpStatusCode.OK, sheet.StatusCode);
        Assert.Equal(4, await Looks(host));
        Assert.Equal(1, await host.Db(db => db.Trail.CountAsync(r => r.Kind == "export" && r.What == "recall")));
    }

    private static Task<int> Looks(TestHost host) => host.Db(db => db.Trail.CountAsync(r => r.Kind == "look" && r.What == "recall"));

    private static Task<RecallStory?> Of(TestHost host, long lot) => host.In(s => s.GetRequiredService<Recall>().Of(lot, CancellationToken.None), Morning.StationA);

    private static async Task<TestHost> County(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        return host;
    }

    private static Task Lot(TestHost host, long id, long? from) => host.Db(async db =>
    {
        Add(db, id, from);
        await db.SaveChangesAsync();
    });

    private static void Add(ShanhuoDb db, long id, long? from)
    {
        db.Lots.Add(new Lot { Id = id, County = SmallCounty.County, Code = $"L-{id}", Area = SmallCounty.VillageA, PlaceId = SmallCounty.StationA, ProductId = SmallCounty.Apricot, Grade = "1", OpenedDay = SmallCounty.Day, BestBefore = SmallCounty.Day, Available = 0, TakenIn = 1 });
        if (from is not { } source) return;
        Move(db, source, MoveKind.UsedFor, id);
        Move(db, id, MoveKind.MadeFrom, source);
    }

    private static void Move(ShanhuoDb db, long lot, MoveKind kind, long cause) =>
        db.LotMoves.Add(new LotMove { Id = Interlocked.Increment(ref next), County = SmallCounty.County, RequestId = Guid.CreateVersion7(), LotId = lot, Kind = kind, Quantity = kind == MoveKind.UsedFor ? -1 : 1, Day = SmallCounty.Day, CauseId = cause });

    private static long next = 1_000_000;
}
