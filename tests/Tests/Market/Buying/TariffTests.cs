using System.Net;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Registry;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Buying;

/// <summary>A county enters its own freight; buyers are quoted it from then on.</summary>
public sealed class TariffTests
{
    private static readonly Dictionary<string, string> Typed = new() { ["Form.Name"] = "王小明", ["Form.Phone"] = "13900001234", ["Form.Province"] = "62", ["Form.Address"] = "某市某路1号", ["step"] = "quote" };

    private static string? Freight(Answer page) => page.Page.QuerySelectorAll("dl.facts dt").FirstOrDefault(dt => dt.TextContent == "运费")?.NextElementSibling?.TextContent.Trim();

    private static async Task<Answer> Quoted(Visitor buyer, string province = "62")
    {
        var cart = await buyer.Get($"/shop/cart/put?county=620525&offer={Window.Almonds}&units=2");
        var form = await buyer.Get(cart.Page.QuerySelector("a.button[href*='/shop/checkout']")!.GetAttribute("href")!);
        return await buyer.Submit(form, "main form", new(Typed) { ["Form.Province"] = province });
    }

    private static Task<Answer> Pay(Visitor buyer, Answer quoted) => buyer.Submit(quoted, "main form", new() { ["Form.Method"] = "cod", ["step"] = "pay" });

    private static string Row(Answer page, string code) => page.Page.QuerySelector($"input[type=hidden][value='{code}']")!.GetAttribute("name")!.Replace(".Code", "", StringComparison.Ordinal);

    [Theory, EachDatabase]
    public async Task Orders_pay_what_the_county_entered_from_then_on_and_those_placed_keep_theirs(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await using var site = await PaidSite.Start(host);
        var buyer = new Visitor(new Uri(site.Address), "zh");
        var quoted = await Quoted(buyer);
        // A kilogram and the packing are two: 8.00 and 1.50.
        Assert.Equal("¥9.50", Freight(quoted));
        var first = await Pay(buyer, quoted);
        var late = await Quoted(buyer);

        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        Assert.NotNull((await staff.Get("/")).Page.QuerySelector("a[href='/market/freight']"));
        var page = await staff.Get("/market/freight");
        Assert.Contains("示范价", page.Text, StringComparison.Ordinal);
        var home = Row(page, "province");
        Dictionary<string, string> own = new() { [home + ".First"] = "12", [home + ".Next"] = "2.50", [home + ".Days"] = "6", [Row(page, "61") + ".Zone"] = "none", [Row(page, "44") + ".Zone"] = "near", ["Form.PackGrams"] = "1200" };
        var saved = await staff.Submit(page, "form:has(table)", own);
        Assert.Contains("已保存", saved.Text, StringComparison.Ordinal);
        Assert.Equal("12.00", saved.Page.QuerySelector($"[name='{home}.First']")!.GetAttribute("value"));
        // Sent again it is the same.
        await staff.Submit(page, "form:has(table)", own);
        Assert.Equal(1, await host.Db(db => db.FreightTariffs.CountAsync()));
        Assert.Equal("province,pack,provinces", await host.Db(db => db.Trail.Where(r => r.What == "freight").Select(r => r.Fields).SingleAsync()));

        // What was shown before is not what it costs now: shown again, not ordered.
        var changed = await Pay(buyer, late);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, changed.Status);
        Assert.Equal(1, await host.Db(db => db.Orders.CountAsync()));
        quoted = await Quoted(buyer);
        // A kilogram and the packing are three now: 12.00 and twice 2.50.
        Assert.Equal("¥17.00", Freight(quoted));
        Assert.Equal("2026-11-27", quoted.Page.QuerySelector("dl.facts time")!.GetAttribute("datetime"));
        Assert.Equal("¥17.00", Freight(await Pay(buyer, quoted)));
        Assert.Equal("¥9.50", Freight(await buyer.Get(first.Address.AbsolutePath)));
        Assert.Equal([950, 1_700], await host.Db(db => db.OrderLines.OrderBy(l => l.Id).Select(l => (long)l.Freight).ToListAsync()));
        Assert.Contains("送不到", (await Quoted(buyer, "61")).Page.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
        // Guangdong has become a neighbour: 10.00 and twice 2.50.
        Assert.Equal("¥15.00", Freight(await Quoted(buyer, "44")));

        var back = await staff.Submit(await staff.Get("/market/freight"), "form:has(table)", new() { ["step"] = "shipped" });
        Assert.Contains("示范价", back.Text, StringComparison.Ordinal);
        Assert.Equal("¥9.50", Freight(await Quoted(buyer)));
        Assert.Equal(2, await host.Db(db => db.FreightTariffs.CountAsync()));
    }

    [Theory]
    [InlineData("zh", "邻近省份，第一公斤：", "到站点取，几天到：", "其他省份，冷藏第一公斤：", "包装：")]
    [InlineData("en", "neighbouring provinces, First kg:", "Fetched at a station, Days:", "other provinces, Cold, first kg:", "Packing:")]
    public async Task Each_figure_that_cannot_be_is_named_by_zone_and_field_and_nothing_is_saved(string language, string first, string days, string cold, string pack)
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County, language: language);
        var page = await staff.Get("/market/freight");
        var (near, far, pickup, home) = (Row(page, "near"), Row(page, "far"), Row(page, "pickup"), Row(page, "province"));
        var answer = await staff.Submit(page, "form:has(table)", new() { [home + ".First"] = "9", [near + ".First"] = "abc", [pickup + ".Days"] = "0", [far + ".Cold"] = "0", ["Form.PackGrams"] = "-1" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        var said = answer.Page.QuerySelectorAll(".errors li").Select(e => e.TextContent).ToList();
        Assert.Equal(4, said.Count);
        foreach (var start in new[] { first, days, cold, pack }) Assert.Contains(said, s => s.StartsWith(start, StringComparison.Ordinal));
        // What was typed stays, and what is wrong is marked.
        Assert.Equal(("abc", "true", "9"), (answer.Page.QuerySelector($"[name='{near}.First']")!.GetAttribute("value"), answer.Page.QuerySelector($"[name='{near}.First']")!.GetAttribute("aria-invalid"), answer.Page.QuerySelector($"[name='{home}.First']")!.GetAttribute("value")));
        foreach (var wrong in new[] { "-1", "1000.01", "1.234", "" }) Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(page, "form:has(table)", new() { [home + ".Next"] = wrong })).Status);
        // A row that is not there, a province that lies nowhere.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(page, "form:has(table)", new() { [Row(page, "61") + ".Zone"] = "moon" })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(page, "form:has(table)", new() { [home + ".Code"] = "near" })).Status);
        Assert.Equal(0, await host.Db(db => db.FreightTariffs.CountAsync()));
    }

    [Fact]
    public async Task Sellers_and_officials_see_the_table_and_cannot_change_it()
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await staff.Get("/market/freight");
        await staff.Submit(page, "form:has(table)", new() { [Row(page, "far") + ".First"] = "13.70", [Row(page, "far") + ".Cold"] = "0", [Row(page, "far") + ".ColdNext"] = "0" });
        foreach (var (role, area, organisation) in new (string, AreaCode, long?)[] { (Role.Station, SmallCounty.VillageA, SmallCounty.StationA), (Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative), (Role.CountyOfficial, SmallCounty.County, null) })
        {
            var visitor = await host.VisitAs(role, area, organisation);
            var seen = await visitor.Get("/market/freight");
            Assert.Contains("¥13.70", seen.Text, StringComparison.Ordinal);
            Assert.Contains("冷藏的不送", seen.Text, StringComparison.Ordinal);
            Assert.Null(seen.Page.QuerySelector("main form"));
        }
        var household = await host.VisitAs(Role.Household, SmallCounty.VillageA);
        Assert.NotEqual(HttpStatusCode.OK, (await household.Get("/market/freight")).Status);
        // Another county has its own.
        var other = await host.VisitAs(Role.CountyStaff, AreaCode.Parse("620503"));
        Assert.DoesNotContain("13.70", (await other.Get("/market/freight")).Text, StringComparison.Ordinal);
    }
}
