using System.Net;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Channels.Out;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Channels.Out;

public sealed class FeedTests
{
    [Fact]
    public void Every_column_names_a_fact_that_we_have_and_only_our_own_table_is_verified()
    {
        Assert.Equal(Shanhuo.Market.Channels.ChannelBook.Shipped.Keys.Order(), FeedTemplate.Shipped.Keys.Order());
        Assert.Equal(["pavilion"], FeedTemplate.Shipped.Values.Where(t => t.Verified).Select(t => t.Channel));
        foreach (var template in FeedTemplate.Shipped.Values)
        {
            Assert.Subset(FeedTemplate.GoodsFacts.ToHashSet(), template.Goods.Select(c => c.Fact).ToHashSet());
            Assert.Equal(FeedTemplate.ShipmentFacts.Order(), template.Shipments.Select(c => c.Fact).Order());
            Assert.Equal(template.Goods.Count, template.Goods.Select(c => c.Name).Distinct().Count());
        }
    }

    [Theory, EachDatabase]
    public async Task Goods_go_out_with_what_is_left_and_those_that_cannot_be_ordered_with_none(DatabaseKind kind)
    {
        await using var sales = await SalesHost.Start(kind);
        await Window.Open(sales);
        await Window.Open(sales, o => o.ClosesMs = 1, id: 702, promise: false);
        await Window.Open(sales, o => o.State = OfferState.Withdrawn, id: 703, promise: false);
        await Window.Leave(sales, 1_200);
        var staff = await sales.VisitAs(Role.CountyStaff, SmallCounty.County);
        var sheet = await staff.Client.GetStringAsync("/market/channels/out?handler=Goods&channel=taobao&format=csv");
        Assert.Equal(["商家编码,宝贝标题,一口价,宝贝数量,重量(kg),产地", "almond-701,前山杏仁一级五百克,29.00,2,0.5,张家川回族自治县", "almond-702,前山杏仁一级五百克,29.00,0,0.5,张家川回族自治县"], sheet.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("未核对", (await staff.Get("/market/channels/out")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Client.GetAsync("/market/channels/out?handler=Goods&channel=ebay&format=csv")).StatusCode);
    }

    [Theory, EachDatabase]
    public async Task Parcels_go_out_with_the_waybill_of_the_delivery_or_the_one_that_was_typed(DatabaseKind kind)
    {
        await using var sales = await SalesHost.Start(kind);
        await Window.Open(sales);
        Assert.True((await Window.Place(sales, Window.Order())).Ok(out var placed, out _));
        await SmallCounty.Sell(sales.Host, 500, 2900);
        await SmallCounty.Sell(sales.Host, 500, 2900);
        var typed = await sales.Db(async db =>
        {
            await db.Orders.ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OrderState.Placed));
            await db.Deliveries.ExecuteUpdateAsync(set => set.SetProperty(d => d.Carrier, "中国邮政").SetProperty(d => d.Waybill, "EMS0001"));
            return await db.Orders.Where(o => o.Channel == "taobao").OrderBy(o => o.Id).Select(o => o.Number).FirstAsync();
        });
        var staff = await sales.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await staff.Get("/market/channels/out/waybills/taobao");
        var row = page.Page.QuerySelectorAll("tbody tr").ToList().FindIndex(r => r.TextContent.Contains(typed, StringComparison.Ordinal));
        var wrong = await staff.Submit(page, "main form", new() { [$"Rows[{row}].Carrier"] = "顺丰", [$"Rows[{row}].Waybill"] = "SF 1" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("6 到 40 位", wrong.Text);
        for (var again = 0; again < 2; again++) Assert.Equal(HttpStatusCode.OK, (await staff.Submit(page, "main form", new() { [$"Rows[{row}].Carrier"] = "顺丰", [$"Rows[{row}].Waybill"] = "ＳＦ１２３４５６" })).Status);
        Assert.Contains($"{typed},顺丰,SF123456", await Sheet(staff, "taobao"));
        // The order without a waybill stays at home.
        Assert.Equal(2, (await Sheet(staff, "taobao")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("中国邮政,EMS0001", await Sheet(staff, "pavilion"));
    }

    [Theory, EachDatabase]
    public async Task The_oldest_orders_without_a_number_come_first_page_by_page_and_those_with_one_stand_apart(DatabaseKind kind)
    {
        await using var sales = await SalesHost.Start(kind);
        await sales.Db(async db =>
        {
            var ids = new Ids(sales.Clock);
            for (var i = 0; i < WaybillsPage.Most + 30; i++)
                db.Orders.Add(new Shanhuo.Market.Orders.Order { Id = ids.Next(), County = SmallCounty.County, RequestId = Guid.CreateVersion7(), Area = SmallCounty.County, Channel = "taobao", Number = $"T{i:000}", PlacedDay = SmallCounty.Day.AddDays(-i / 3), State = i % 2 == 0 ? OrderState.Placed : OrderState.Shipped });
            await db.SaveChangesAsync();
        });
        var staff = await sales.VisitAs(Role.CountyStaff, SmallCounty.County);
        static List<string> Numbers(Answer page) => [.. page.Page.QuerySelectorAll("tbody tr th").Select(t => t.TextContent[..4])];
        var first = await staff.Get("/market/channels/out/waybills/taobao");
        var expected = Enumerable.Range(0, WaybillsPage.Most + 30).OrderByDescending(i => i / 3).ThenBy(i => i).Select(i => $"T{i:000}").ToList();
        Assert.Equal(expected[..WaybillsPage.Most], Numbers(first));
        var next = await staff.Get(first.Page.QuerySelector("a[href*='after=']")!.GetAttribute("href")!);
        Assert.Equal(expected[WaybillsPage.Most..], Numbers(next));
        Assert.Null(next.Page.QuerySelector("a[href*='after=']"));
        var kept = await staff.Submit(next, "main form", new() { ["Rows[0].Carrier"] = "顺丰", ["Rows[0].Waybill"] = "SF123456" });
        Assert.DoesNotContain(expected[WaybillsPage.Most], Numbers(kept));
        Assert.Equal([expected[WaybillsPage.Most]], Numbers(await staff.Get("/market/channels/out/waybills/taobao?typed=true")));
    }

    private static Task<string> Sheet(Visitor staff, string channel) => staff.Client.GetStringAsync($"/market/channels/out?handler=Shipments&channel={channel}&format=csv");
}
