using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Measures.Maps;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Registry.Measures;

public sealed class MeasurePageTests
{
    [Fact]
    public async Task From_the_county_to_a_household_in_three_clicks_and_from_the_province_to_a_village_in_three()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await PoorCounty.Found(host);
        var official = await host.VisitAs(Role.CountyOfficial, PoorCounty.County);
        var page = await official.Get("/registry/measures?year=2015");
        Assert.Contains("20.0%", page.Text);
        page = await Click(official, page, "张家川镇");
        page = await Click(official, page, "前山村");
        Assert.Contains("40.0%", page.Text);
        page = await official.Get(page.Page.QuerySelectorAll(".figures a").OfType<IHtmlAnchorElement>().First().GetAttribute("href")!);
        Assert.Contains("户主1", page.Text);
        Assert.Contains("/registry/households/show/1", page.Body);

        for (var more = 0; more < 3; more++)
            foreach (var village in new[] { PoorCounty.VillageA, PoorCounty.VillageB }) await PoorCounty.Home(host, 20 + more * 2 + (village == PoorCounty.VillageB ? 1 : 0), village, 8, [100_000, 0, 0, 0]);
        await PoorCounty.Home(host, 30, PoorCounty.VillageB, 9, [9_000_000, 0, 0, 0]);
        var province = await host.VisitAs(Role.ProvinceOfficial, PoorCounty.Province, language: "en");
        page = await province.Get("/registry/measures?year=2015");
        page = await Click(province, page, "Zhangjiachuan");
        page = await Click(province, page, "Zhangjiachuan town");
        page = await Click(province, page, "前山村");
        Assert.DoesNotContain("/registry/households?", page.Body);
        Assert.Contains("Incidence", page.Text);
    }

    [Fact]
    public async Task A_reader_without_households_sees_no_number_below_five()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await PoorCounty.Found(host);
        var province = await host.VisitAs(Role.ProvinceOfficial, PoorCounty.Province, language: "en");
        foreach (var path in new[] { "/registry/measures?area=620525&year=2015", "/registry/measures/map?area=620525&year=2015" })
        {
            var page = await province.Get(path);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains("Too few people", page.Text);
            Assert.DoesNotContain("20.0%", page.Text);
        }
        Assert.Contains("hidden", (await province.Get("/registry/measures/years?area=620525&year=2015")).Text);
        Assert.Equal(HttpStatusCode.NotFound, (await province.Client.GetAsync("/registry/measures?area=620525&year=2015&handler=Csv&table=areas")).StatusCode);
        Assert.Contains("20.0%", (await (await host.VisitAs(Role.CountyStaff, PoorCounty.County)).Get("/registry/measures?area=620525&year=2015")).Text);
    }

    [Theory]
    [InlineData("/registry/measures", "areas"), InlineData("/registry/measures", "lorenz"), InlineData("/registry/measures", "movement"), InlineData("/registry/measures/years", "years"), InlineData("/registry/measures/deprivations", "needs"), InlineData("/registry/measures/deprivations", "by-need"), InlineData("/registry/measures/map", "map")]
    public async Task Each_page_and_file_keeps_to_the_readers_area_and_each_file_is_on_record(string path, string table)
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await PoorCounty.Found(host);
        var town = await host.VisitAs(Role.TownshipOfficial, PoorCounty.TownA);
        foreach (var other in new[] { "620525", "620525101", "620525101201", "x" }) Assert.Equal(HttpStatusCode.NotFound, (await town.Client.GetAsync($"{path}?area={other}&year=2015")).StatusCode);
        var page = await town.Get($"{path}?year=2015");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("西山村", page.Text);
        var link = page.Page.QuerySelector($"a[href*='handler=Csv&table={table}']")!.GetAttribute("href")!;
        var csv = await town.Client.GetStringAsync(link);
        Assert.DoesNotContain("西山村", csv);
        Assert.True(csv.Split("\r\n").Length > 3, csv);
        Assert.Equal([0x50, 0x4B], (await town.Client.GetByteArrayAsync(link.Replace("Csv", "Xlsx", StringComparison.Ordinal)))[..2]);
        Assert.Equal([$"measures-{table}", $"measures-{table}"], await host.Db(db => db.Trail.Where(r => r.Kind == "export").Select(r => r.What).ToListAsync()));
        foreach (var role in new[] { Role.Household, Role.Station, Role.Cooperative }) Assert.NotEqual(path, (await (await host.VisitAs(role, PoorCounty.VillageA, role == Role.Household ? null : 1, role == Role.Household ? 1 : null)).Client.GetAsync(path)) is { StatusCode: HttpStatusCode.OK } answer ? answer.RequestMessage!.RequestUri!.AbsolutePath : "");
    }

    [Fact]
    public async Task A_map_draws_real_seats_only_says_what_it_is_and_turns_to_real_boundaries_once_there_are()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await PoorCounty.Found(host);
        var staff = await host.VisitAs(Role.CountyStaff, PoorCounty.County, language: "en");
        var points = await staff.Get("/registry/measures/map?year=2015");
        Assert.Equal(2, points.Page.QuerySelectorAll("svg.map circle").Length);
        Assert.Contains("GeoNames, CC BY 4.0", points.Text);
        var cells = await staff.Get("/registry/measures/map?year=2015&kind=cells");
        Assert.Equal(2, cells.Page.QuerySelectorAll("svg.map path.rim").Length);
        Assert.Contains("Not boundaries", cells.Text);
        Assert.Contains("Not a map", (await staff.Get("/registry/measures/map?year=2015&area=620525100")).Text);

        var upload = await staff.Get("/registry/measures/boundaries");
        var wrong = await staff.Submit(upload, "main form", new() { ["Source"] = "County land office, 2024" }, new() { ["Upload"] = ("b.geojson", Encoding.UTF8.GetBytes(Square("622921100"))) });
        Assert.Contains("outside your area", wrong.Text);
        var page = await staff.Submit(wrong, "main form", new() { ["Source"] = "County land office, 2024" }, new() { ["Upload"] = ("b.geojson", Encoding.UTF8.GetBytes(Square("620525100"))) });
        Assert.Contains("County land office, 2024", page.Text);
        Assert.Contains("no coordinate is known: 龙山镇", page.Text);
        Assert.Equal(1, await host.Db(db => db.Boundaries.CountAsync()));
        // Sent again with another outline: it takes the place of the first.
        await staff.Submit(await staff.Get("/registry/measures/boundaries"), "main form", new() { ["Source"] = "Survey 2026" }, new() { ["Upload"] = ("b.geojson", Encoding.UTF8.GetBytes(Square("620525100"))) });
        Assert.Equal("Survey 2026", await host.Db(db => db.Boundaries.Select(b => b.Source).SingleAsync()));
    }

    internal static string Square(string code) => $$$"""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"{{{code}}}"},"geometry":{"type":"Polygon","coordinates":[[[106.1,34.9],[106.3,34.9],[106.3,35.1],[106.1,35.1],[106.1,34.9]]]}}]}""";

    private static async Task<Answer> Click(Visitor visitor, Answer page, string text)
    {
        var link = page.Page.QuerySelectorAll("main th a").OfType<IHtmlAnchorElement>().FirstOrDefault(a => a.TextContent.Trim() == text) ?? throw new InvalidOperationException($"No link '{text}' at {page.Address}: {page.Text}");
        var next = await visitor.Get(link.GetAttribute("href")!);
        Assert.Equal(HttpStatusCode.OK, next.Status);
        return next;
    }
}
