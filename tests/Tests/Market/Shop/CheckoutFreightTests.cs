using System.Net;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Shop;

/// <summary>The freight and the day that the checkout shows are those of the order, at a station, at home and in the cold chain.</summary>
public sealed class CheckoutFreightTests
{
    private static async Task<Answer> Form(Visitor buyer, int units)
    {
        var cart = await buyer.Get($"/shop/cart/put?county=620525&offer={Window.Almonds}&units={units}");
        return await buyer.Get(cart.Page.QuerySelector("a.button[href*='/shop/checkout']")!.GetAttribute("href")!);
    }

    private static string? Fact(Answer page, string name) => page.Page.QuerySelectorAll("dl.facts dt").FirstOrDefault(dt => dt.TextContent == name)?.NextElementSibling?.TextContent.Trim();

    [Theory, EachDatabase]
    public async Task What_is_fetched_at_a_station_costs_the_stations_freight_and_needs_no_address(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        foreach (var (language, freight, day, sum, at) in new[] { ("zh", "运费", "最晚到", "一共", "到站点取"), ("en", "Freight", "There by", "In all", "Fetch at a station") })
        {
            var buyer = new Visitor(new Uri(site.Address), language);
            var form = await Form(buyer, 6);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await buyer.Submit(form, "main form", new() { ["Form.Name"] = "王小明", ["Form.Phone"] = "13900001234", ["Form.PickupId"] = $"{SmallCounty.Cooperative}", ["step"] = "quote" })).Status);
            var quoted = await buyer.Submit(form, "main form", new() { ["Form.Name"] = "王小明", ["Form.Phone"] = "13900001234", ["Form.PickupId"] = $"{SmallCounty.StationB}", ["step"] = "quote" });
            // Three kilograms and the packing are four: 2.00 and three times 0.50; there in three days.
            Assert.Equal("¥3.50", Fact(quoted, freight));
            Assert.Contains("¥177.50", quoted.Page.QuerySelector(".sum")!.TextContent, StringComparison.Ordinal);
            Assert.Equal("2026-11-24", quoted.Page.QuerySelector("dl.facts time")!.GetAttribute("datetime"));
            Assert.Contains("后山村站", quoted.Text, StringComparison.Ordinal);
            var order = await buyer.Submit(quoted, "main form", new() { ["Form.Method"] = "cod", ["step"] = "pay" });
            Assert.Equal(("¥3.50", "¥177.50", Fact(quoted, day), "后山村站"), (Fact(order, freight), Fact(order, sum), Fact(order, day), Fact(order, at)));
        }
        foreach (var delivery in await host.Db(db => db.Deliveries.AsNoTracking().ToListAsync()))
            Assert.Equal((DeliveryMode.Pickup, SmallCounty.StationB, "pickup", SmallCounty.Day.AddDays(3)), (delivery.Mode, delivery.PickupId, delivery.Zone, delivery.PromisedDay));
        Assert.Equal([350, 350], await host.Db(db => db.OrderLines.Select(l => (long)l.Freight).ToListAsync()));
    }

    [Theory, EachDatabase]
    public async Task Chilled_goods_cost_the_cold_chain_and_are_refused_where_there_is_none(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await host.Db(db => db.Products.Where(p => p.Id == SmallCounty.Apricot).ExecuteUpdateAsync(set => set.SetProperty(p => p.Cold, true)));
        await using var site = await PaidSite.Start(host);
        var buyer = new Visitor(new Uri(site.Address), "zh");
        var form = await Form(buyer, 2);
        Dictionary<string, string> To(string province) => new() { ["Form.Name"] = "王小明", ["Form.Phone"] = "13900001234", ["Form.Province"] = province, ["Form.Address"] = "某市某路1号", ["step"] = "quote" };
        var remote = await buyer.Submit(form, "main form", To("65"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, remote.Status);
        Assert.Contains("要冷藏的货送不到那里", remote.Page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("market.freight-cold", (await Window.Place(host, Window.Order(2, to: Window.ToLanzhou with { Place = "65" }))).Refused?.Code);
        // Two kilograms with the packing: 10.00 + 2.50 and for the cold 18.00 + 4.00 to a neighbouring province, in four days.
        var quoted = await buyer.Submit(form, "main form", To("61"));
        Assert.Equal(("¥34.50", "2026-11-25"), (Fact(quoted, "运费"), quoted.Page.QuerySelector("dl.facts time")!.GetAttribute("datetime")));
        var order = await buyer.Submit(quoted, "main form", new() { ["Form.Method"] = "cod", ["step"] = "pay" });
        Assert.Equal(("¥34.50", Fact(quoted, "最晚到")), (Fact(order, "运费"), Fact(order, "最晚到")));
        Assert.Equal((1, 3_450L), (await host.Db(db => db.Orders.CountAsync()), await host.Db(db => db.OrderLines.SumAsync(l => (long)l.Freight))));
    }

    [Theory, EachDatabase]
    public async Task Chilled_goods_cost_the_cold_chain_to_a_station_too(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await host.Db(db => db.Products.Where(p => p.Id == SmallCounty.Apricot).ExecuteUpdateAsync(set => set.SetProperty(p => p.Cold, true)));
        await using var site = await PaidSite.Start(host);
        var buyer = new Visitor(new Uri(site.Address), "zh");
        var quoted = await buyer.Submit(await Form(buyer, 6), "main form", new() { ["Form.Name"] = "王小明", ["Form.Phone"] = "13900001234", ["Form.PickupId"] = $"{SmallCounty.StationB}", ["step"] = "quote" });
        // Four kilograms with the packing: 2.00 and three times 0.50, and for the cold box 3.00 and three times 0.50.
        Assert.Equal("¥8.00", Fact(quoted, "运费"));
        // Still less than to the door in the same county.
        var home = FreightTable.Shipped.Quote(SmallCounty.County, "620525", 3_000, true, SmallCounty.Day).Value.Amount;
        Assert.True(new Fen(800) < home);
        // A county without cold boxes says so, and chilled goods are not promised there.
        var without = FreightTable.Shipped with { Pickup = FreightTable.Shipped.Pickup with { Cold = 0, ColdNext = 0 } };
        Assert.Equal("market.freight-cold", without.Quote(SmallCounty.County, "", 3_000, true, SmallCounty.Day).Refused?.Code);
        Assert.Null(without.Quote(SmallCounty.County, "", 3_000, false, SmallCounty.Day).Refused);
    }
}
