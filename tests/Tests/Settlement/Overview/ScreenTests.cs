using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Products;
using Shanhuo.Registry;
using Shanhuo.Registry.Areas;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Settlement.Overview;

public sealed class ScreenTests
{
    [Theory, EachDatabase]
    public async Task It_shows_today_the_year_the_growers_share_and_households_of_its_own_county(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Sold(host);
        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County);
        var page = await official.Get("/screen");
        Assert.Equal(["¥129.80", "¥129.80", "46.2%", "2"], page.Page.QuerySelectorAll("dd").Select(d => d.FirstChild!.TextContent.Trim()));
        Assert.Contains("2 个订单", page.Text);
        var goods = await official.Get("/screen?view=2");
        Assert.Contains("杏仁", goods.Page.QuerySelector("tbody")!.TextContent);
        Assert.Contains("¥129.80", goods.Page.QuerySelector("tbody")!.TextContent);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await host.VisitAs(Role.Cooperative, SmallCounty.County, SmallCounty.Cooperative)).Get("/screen")).Status);
    }

    [Theory, EachDatabase]
    public async Task Newest_orders_name_goods_and_province_and_nobody(DatabaseKind kind)
    {
        await using var sales = await SalesHost.Start(kind);
        await Window.Open(sales);
        foreach (var place in new[] { "31", "31", "62" })
            Assert.True((await Window.Place(sales, Window.Order(2, to: Window.ToLanzhou with { Place = place }))).Ok(out _, out var no), $"{no}");
        Assert.True((await Window.Place(sales, Window.Order(1, to: Window.ToLanzhou with { Place = "11" }))).Ok(out _, out _));
        await sales.Db(async db =>
        {
            // The order to Beijing is not paid and does not count.
            var unpaid = await db.Deliveries.Where(d => d.Province == "11").Select(d => d.OrderId).SingleAsync();
            await db.Orders.Where(o => o.Id != unpaid).ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OrderState.Placed));
        });
        var official = await sales.Host.VisitAs(Role.CountyOfficial, SmallCounty.County);
        var page = await official.Get("/screen?view=3");
        var tables = page.Page.QuerySelectorAll("tbody");
        Assert.Equal(["上海 2", "甘肃 1"], tables[0].QuerySelectorAll("tr").Select(r => $"{r.Children[0].TextContent} {r.Children[^1].TextContent}"));
        Assert.Equal(3, tables[1].QuerySelectorAll("tr").Length);
        Assert.All(tables[1].QuerySelectorAll("tr"), r => Assert.Equal("杏仁", r.Children[0].TextContent));
        foreach (var hidden in new[] { "王小明", "王", "13900001234", "1234", "城关区" }) Assert.DoesNotContain(hidden, page.Body);
        foreach (var number in await sales.Db(db => db.Orders.Select(o => o.Number).ToListAsync())) Assert.DoesNotContain(number, page.Body);
    }

    [Theory, EachDatabase]
    public async Task Each_county_s_screen_shows_that_county_alone(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Sold(host);
        var yongjing = AreaCode.Parse("622923");
        await host.Db(async db =>
        {
            db.Areas.Add(new Area { Code = AreaCode.Parse("6229"), Parent = AreaCode.Parse("62"), Level = AreaLevel.Prefecture, Name = "临夏州" });
            db.Areas.Add(new Area { Code = yongjing, Parent = AreaCode.Parse("6229"), Level = AreaLevel.County, Name = "永靖县" });
            db.Products.Add(new Product { Id = 291, County = yongjing, Code = "lily", Name = "百合", NameEn = "Lily bulb", ByPiece = false, ReturnDays = 7, ShelfDays = 60, Drawing = "lily" });
            db.Orders.Add(new Order { Id = 2901, County = yongjing, RequestId = Guid.CreateVersion7(), Area = yongjing, Channel = "shop", Number = "YJ-1", PlacedDay = SmallCounty.Day, State = OrderState.Placed });
            db.OrderLines.Add(new OrderLine { Id = 2902, County = yongjing, OrderId = 2901, Number = 1, ProductId = 291, Grams = 1000, Pieces = 0, Goods = new Fen(7_700), Freight = Fen.Zero });
            await db.SaveChangesAsync();
        });
        var (here, there) = (await host.VisitAs(Role.CountyOfficial, SmallCounty.County), await host.VisitAs(Role.CountyOfficial, yongjing));
        var (ours, theirs) = (new System.Text.StringBuilder(), new System.Text.StringBuilder());
        for (var view = 1; view <= 3; view++)
        {
            ours.Append((await here.Get($"/screen?view={view}")).Text);
            theirs.Append((await there.Get($"/screen?view={view}")).Text);
        }
        foreach (var mine in new[] { "张家川", "¥129.80", "杏仁" })
        {
            Assert.Contains(mine, ours.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(mine, theirs.ToString(), StringComparison.Ordinal);
        }
        foreach (var other in new[] { "永靖县", "¥77.00", "百合" })
        {
            Assert.Contains(other, theirs.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(other, ours.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_views_follow_each_other_without_script_until_somebody_says_stay()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        foreach (var language in new[] { "zh", "en" })
        {
            var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County, language: language);
            var (view, seen) = ("/screen", new List<string>());
            for (var n = 0; n < 3; n++)
            {
                using var answer = await staff.Client.GetAsync(view);
                view = answer.Headers.GetValues("Refresh").Single().Split("url=")[1];
                seen.Add(view);
                var page = await staff.Get(view);
                Assert.DoesNotContain("[", page.Page.QuerySelector("main")!.TextContent);
                Assert.Single(page.Page.QuerySelectorAll("h1"));
            }
            Assert.Equal(["/screen?view=2", "/screen?view=3", "/screen?view=1"], seen);
            using var still = await staff.Client.GetAsync("/screen?view=2&stay=true");
            Assert.False(still.Headers.Contains("Refresh"));
        }
    }

    // Two orders of today, settled: 1 kg for 58.90 and 6.00 freight each, of which growers get the agreed 30.00.
    private static async Task Sold(TestHost host)
    {
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        foreach (var _ in new[] { 1, 2 }) await SmallCounty.Sell(host, 1000, 5890, 600);
        await host.In(s => s.GetRequiredService<SettleLines>().Settle(SmallCounty.County, SmallCounty.Day, null, default));
    }
}
