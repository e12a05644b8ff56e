using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Lots;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Settlement.Statements;

namespace Shanhuo.Tests.Settlement.Overview;

public sealed class OverviewTests
{
    [Theory, EachDatabase]
    public async Task Every_figure_leads_to_entries_that_add_up_to_it_and_back(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Season(host);
        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County);
        var overview = await official.Get("/settlement/overview/money");
        Assert.Contains("¥194.70", overview.Text);
        Assert.Contains("53.9%", overview.Text);
        var checkedFigures = 0;
        foreach (var link in overview.Page.QuerySelectorAll("td a[href^='/settlement/audit/entries']"))
        {
            var list = await official.Get(link.GetAttribute("href")!);
            var amounts = list.Page.QuerySelectorAll("tbody td:last-child data");
            Assert.NotEmpty(amounts);
            // Buyers' money is shown as paid, in entries as what the role received.
            Assert.Equal(Math.Abs(Value(link.QuerySelector("data")!)), Math.Abs(amounts.Sum(Value)));
            Assert.Contains("/settlement/overview/money", list.Page.QuerySelector(".crumbs a")!.GetAttribute("href")!);
            checkedFigures++;
        }
        Assert.True(checkedFigures >= 11, $"{checkedFigures} figures");
        Assert.Equal(0, overview.Page.QuerySelectorAll("tfoot data").Sum(Value));
    }

    [Theory, EachDatabase]
    public async Task A_cooperative_sees_the_money_of_its_own_lots_only(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Season(host);
        await host.Db(async db =>
        {
            db.Lots.Add(Lot(302, "L-2", null, SmallCounty.StationB));
            await db.SaveChangesAsync();
        });
        await new Books(host).Line(77, lot: "L-2");
        var cooperative = await host.VisitAs(Role.Cooperative, SmallCounty.County, SmallCounty.Cooperative);
        Assert.Contains("¥194.70", (await cooperative.Get("/settlement/overview/money")).Text);
        Assert.Equal(3, (await cooperative.Get("/settlement/audit/entries?cause=Line")).Page.QuerySelectorAll("tbody tr").Length);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        Assert.Contains("¥259.60", (await staff.Get("/settlement/overview/money")).Text);
    }

    [Theory, EachDatabase]
    public async Task Filters_are_links_and_areas_lead_down_and_up_again(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Season(host);
        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County);
        var county = await official.Get("/settlement/overview/money?from=2026-11&to=2026-11");
        var township = await official.Get(Link(county, "张家川镇"));
        var village = await official.Get(Link(township, "前山村"));
        Assert.Contains("¥194.70", village.Text);
        Assert.Equal(["张家川回族自治县", "张家川镇", "前山村"], village.Page.QuerySelectorAll(".crumbs li").Select(l => l.TextContent.Trim()));
        Assert.Contains("没有已结算的账", (await official.Get("/settlement/overview/money?from=2020-01&to=2020-02")).Text);
        var product = await official.Get(Link(county, "杏仁"));
        Assert.Contains("¥64.90 / 公斤", product.Text);
    }

    [Theory, EachDatabase]
    public async Task The_province_sees_totals_no_entries_and_no_place_of_fewer_than_five_households(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Season(host);
        var official = await host.VisitAs(Role.ProvinceOfficial, AreaCode.Parse("62"));
        var province = await official.Get("/settlement/overview/money");
        Assert.Contains("张家川回族自治县", province.Text);
        Assert.Contains("¥194.70", province.Text);
        Assert.Empty(province.Page.QuerySelectorAll("a[href*='/settlement/audit']"));
        var county = await official.Get(Link(province, "张家川回族自治县"));
        Assert.Contains("其他（不足五户的合并）", county.Text);
        Assert.DoesNotContain("张家川镇", county.Text);
        foreach (var closed in new[] { "/settlement/audit/entries", "/settlement/statements/find", $"/settlement/statements/household/{SmallCounty.Ma}" })
            Assert.Equal(HttpStatusCode.Forbidden, (await official.Get(closed)).Status);

        await host.Db(async db =>
        {
            for (var i = 0; i < 5; i++) db.LotGrowers.Add(new LotGrower { County = SmallCounty.County, LotId = SmallCounty.Lot, HouseholdId = 2000 + i, Village = SmallCounty.VillageA, Quantity = 1, Value = 1 });
            await db.SaveChangesAsync();
        });
        Assert.Contains("张家川镇", (await official.Get(Link(province, "张家川回族自治县"))).Text);
    }

    [Theory]
    [InlineData("csv"), InlineData("xlsx")]
    public async Task Each_table_can_be_taken_away_as_a_sheet(string format)
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await Season(host);
        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County);
        foreach (var cut in new[] { "month", "role", "product", "scheme", "area" })
        {
            using var sheet = await official.Client.GetAsync($"/settlement/overview/money?handler=Sheet&cut={cut}&format={format}");
            Assert.Equal(HttpStatusCode.OK, sheet.StatusCode);
            var bytes = await sheet.Content.ReadAsByteArrayAsync();
            if (format == "csv") Assert.Contains("194.70", System.Text.Encoding.UTF8.GetString(bytes));
            else Assert.Equal((byte)'P', bytes[0]);
        }
    }

    [Theory]
    [InlineData("zh"), InlineData("en")]
    public async Task The_overview_says_all_in_one_language(string language)
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await Season(host);
        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County, language: language);
        Assert.DoesNotContain("[", (await official.Get("/settlement/overview/money")).Page.QuerySelector("main")!.TextContent);
        Assert.DoesNotContain("[", (await official.Get("/settlement/audit/entries")).Page.QuerySelector("main")!.TextContent);
    }

    private static async Task Season(TestHost host)
    {
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        var books = new Books(host);
        foreach (var line in new[] { 1, 2, 3 }) await books.Line(line);
        await books.PoolPaid(1, ("H-101", 4200), ("H-102", 2800));
        await books.Paid(1, ("H-101", 2100));
    }

    internal static Lot Lot(long id, string code, long? cooperative, long station) => new()
    {
        Id = id, County = SmallCounty.County, Code = code, Area = SmallCounty.VillageB, PlaceId = station, ProductId = SmallCounty.Apricot, Grade = "1", CooperativeId = cooperative, IntakeStationId = station,
        OpenedDay = SmallCounty.Day, BestBefore = SmallCounty.Day.AddDays(365), Available = 1000, TakenIn = 1000,
    };

    private static string Link(Answer page, string text) => page.Page.QuerySelectorAll("tbody th a").Single(a => a.TextContent.Trim() == text).GetAttribute("href")!;

    private static decimal Value(IElement data) => decimal.Parse(data.GetAttribute("value")!, CultureInfo.InvariantCulture);
}
