using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Sense;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Sense;

public sealed class MarketSenseTests
{
    private static readonly DateOnly Monday = new(2026, 11, 16);

    [Theory, EachDatabase]
    public async Task A_settled_line_is_counted_once_and_counting_anew_gives_the_same(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Sales(host);
        Assert.Empty(await Weeks(host));
        await Settle(host);
        var weeks = await Weeks(host);
        Assert.Equal(["taobao 5800 3000 17400 3", "taobao 6200 1000 6200 1"], weeks);
        await Settle(host);
        Assert.Equal(weeks, await Weeks(host));
        // More at the same price is added to the row that is there.
        await SmallCounty.Sell(host, 500, 2900);
        await Settle(host);
        Assert.Contains("taobao 5800 3500 20300 4", await Weeks(host));
        var before = await Weeks(host);
        await host.In(s => ActivatorUtilities.CreateInstance<RebuildLedger>(s).Rebuild(SmallCounty.County, default));
        Assert.Equal(before, await Weeks(host));
    }

    [Theory, EachDatabase]
    public async Task Prices_stand_with_grade_channel_and_households_and_those_of_two_households_do_not(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Sales(host);
        await Settle(host);
        Assert.Empty(await Prices(host));
        await ThirdHousehold(host);
        var week = Assert.Single(await Prices(host));
        Assert.Equal((Monday, new PriceSpread(new Fen(5800), new Fen(5800), new Fen(6200), 4000), 3), (week.Week, week.Spread, week.Households));
        Assert.Equal(("1", "taobao", 3), (week.Cells[0].Grade, week.Cells[0].Channel, week.Cells[0].Households));
    }

    [Theory, EachDatabase]
    public async Task The_page_and_its_sheet_show_the_same_figures_and_read_no_big_table_whole(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Sales(host);
        await ThirdHousehold(host);
        await Settle(host);
        foreach (var (role, organisation) in new[] { (Role.CountyOfficial, (long?)null), (Role.CountyStaff, null), (Role.Station, SmallCounty.StationA), (Role.Cooperative, SmallCounty.Cooperative) })
        {
            var visitor = await host.VisitAs(role, role == Role.Station ? SmallCounty.VillageA : SmallCounty.County, organisation);
            var page = await visitor.Get("/market/sense/prices");
            Assert.Contains("¥58.00", page.Page.QuerySelector("tbody")!.TextContent);
            Assert.Contains("说不准", page.Text);
            var sheet = await visitor.Client.GetStringAsync($"/market/sense/prices?handler=Sheet&product={SmallCounty.Apricot}&weeks=13&format=csv");
            Assert.Contains("2026-11-16,1级,淘宝 / 天猫,58.00,58.00,62.00,4,3", sheet);
        }
        var english = await host.VisitAs(Role.CountyOfficial, SmallCounty.County, language: "en");
        Assert.DoesNotContain("[", (await english.Get("/market/sense/prices")).Page.QuerySelector("main")!.TextContent);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await (await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma)).Get("/market/sense/prices")).Status);
    }

    [Theory, EachDatabase]
    public async Task A_household_hears_what_its_township_sold_for_once_three_households_stand_behind_it(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Sales(host);
        await Settle(host);
        var household = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma);
        var page = await household.Get("/market/sense/neighbours");
        Assert.Contains("不足 3 户", page.Text);
        Assert.DoesNotContain("29.00", page.Text);
        Assert.Contains("¥15.00", page.Text); // the board, per 斤
        await ThirdHousehold(host);
        page = await household.Get("/market/sense/neighbours");
        Assert.Contains("¥29.00", page.Text);
        Assert.Contains("3 户的货", page.Text);
        var english = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma, language: "en");
        Assert.DoesNotContain("[", (await english.Get("/market/sense/neighbours")).Page.QuerySelector("main")!.TextContent);
    }

    [Theory, EachDatabase]
    public async Task Before_an_offer_is_written_a_crowded_product_is_warned_of_with_its_figures(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await Seasons(host, sold: 60_000);
        var cooperative = await host.VisitAs(Role.Cooperative, SmallCounty.County, SmallCounty.Cooperative);
        var page = await cooperative.Get($"/market/offers/new?product={SmallCounty.Apricot}");
        Assert.Contains("供过于求，再加入前", page.Text);
        Assert.Contains("没卖掉的占 40%", page.Text);
        Assert.Contains("说不准", (await cooperative.Get($"/market/offers/new?product={SmallCounty.Blanket}")).Text);
        var household = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma);
        var told = (await household.Get("/market/sense/neighbours")).Text;
        Assert.Contains("卖的人多，买的人少", told);
        Assert.Contains("没卖掉的占 40%", told);
    }

    [Theory, EachDatabase]
    public async Task What_was_sorted_into_other_lots_is_offered_once(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await Seasons(host, sold: 90_000, sorted: 50_000);
        var crowd = await host.In(async s => (await s.GetRequiredService<MarketSense>().Crowds(SmallCounty.County, [SmallCounty.Apricot], default))[SmallCounty.Apricot], SalesHost.Staff);
        Assert.Equal((CrowdAnswer.Open, 200_000L, 180_000L, 100L, 0L), (crowd.Answer, crowd.Offered, crowd.Sold, crowd.UnsoldPerMille!.Value, crowd.PricePerMille!.Value));
    }

    // Three lines at 58.00 a kilogram and one at 62.00.
    private static async Task Sales(TestHost host)
    {
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        foreach (var (grams, goods) in new[] { (1000, 5800), (1000, 5800), (1000, 5800), (1000, 6200) }) await SmallCounty.Sell(host, grams, goods);
    }

    private static Task ThirdHousehold(TestHost host) => host.Db(async db =>
    {
        db.LotGrowers.Add(new LotGrower { County = SmallCounty.County, LotId = SmallCounty.Lot, HouseholdId = SmallCounty.Zhang, Village = SmallCounty.VillageB, Quantity = 1, Value = 3000 });
        await db.SaveChangesAsync();
    });

    /// <summary>Two seasons of one lot each with 100 kg of six households, so many grams of it sold in 40 lines.</summary>
    private static Task Seasons(TestHost host, long sold, long sorted = 0) => host.Db(async db =>
    {
        for (var season = 0; season < 2; season++)
        {
            var day = SmallCounty.Day.AddDays(-30 - 364 * season);
            Add(900 + season, 100_000, day);
            if (sorted > 0)
            {
                Add(910 + season, sorted, day);
                db.LotMoves.Add(new LotMove { Id = 920 + season, County = SmallCounty.County, RequestId = Guid.CreateVersion7(), LotId = 900 + season, Kind = MoveKind.UsedFor, Quantity = -sorted, Day = day, CauseId = 910 + season });
            }
            db.PriceWeeks.Add(new PriceWeek { County = SmallCounty.County, ProductId = SmallCounty.Apricot, Week = UnitPrice.Week(day), LotId = 900 + season, Channel = "taobao", Price = new Fen(5800), Quantity = sold, Goods = new Fen(sold * 58 / 10), Lines = 40 });
        }
        await db.SaveChangesAsync();

        void Add(long id, long grams, DateOnly day)
        {
            db.Lots.Add(new Lot { Id = id, County = SmallCounty.County, Code = $"L-{id}", Area = SmallCounty.VillageA, PlaceId = SmallCounty.StationA, ProductId = SmallCounty.Apricot, Grade = "1", IntakeStationId = SmallCounty.StationA, OpenedDay = day, BestBefore = day.AddDays(365), Available = 0, TakenIn = grams });
            for (var h = 0; h < 6; h++) db.LotGrowers.Add(new LotGrower { County = SmallCounty.County, LotId = id, HouseholdId = 2000 + h, Village = SmallCounty.VillageA, Quantity = grams / 6, Value = 1 });
        }
    });

    private static Task Settle(TestHost host) => host.In(s => s.GetRequiredService<SettleLines>().Settle(SmallCounty.County, SmallCounty.Day, null, default));

    private static Task<List<string>> Weeks(TestHost host) => host.Db(async db => (await db.PriceWeeks.AsNoTracking().OrderBy(w => w.Price).ToListAsync()).ConvertAll(w => $"{w.Channel} {w.Price.Value} {w.Quantity} {w.Goods.Value} {w.Lines}"));

    private static Task<IReadOnlyList<PriceOfWeek>> Prices(TestHost host) => host.In(s => s.GetRequiredService<MarketSense>().Prices(SmallCounty.County, SmallCounty.Apricot, 13, default), SalesHost.Staff);
}
