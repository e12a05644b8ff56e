using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Organisations;
using Shanhuo.Tests.Databases;
using Shanhuo.Web;
using Shanhuo.Web.Layout;

namespace Shanhuo.Tests.Web;

/// <summary>What somebody with an old phone and primary school finds on every page.</summary>
public sealed class FarmerPageTests
{
    [Theory]
    [InlineData("zh"), InlineData("en")]
    public async Task Help_stands_bottom_left_on_every_page_and_back_and_out_on_the_right(string language)
    {
        await using var host = await Season();
        await host.Db(db => db.Set<Organisation>().Where(o => o.Id == SmallCounty.StationA).ExecuteUpdateAsync(set => set.SetProperty(o => o.Phone, "0000-0000012")));
        var household = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma, language: language);
        var pages = await Walk.From(household, "/");
        Assert.True(pages.Count >= 12);
        foreach (var page in pages.Append(await household.Get("/no-such-page")))
        {
            var path = page.Address.AbsolutePath;
            Assert.True(page.Page.Body!.ClassList.Contains("farmer"), path);
            var foot = page.Page.QuerySelector("footer.foot")!;
            Assert.True(foot.Children[0].ClassList.Contains("help"), path);
            if (path != "/no-such-page") Assert.Equal("tel:0000-0000012", foot.Children[0].GetAttribute("href"));
            Assert.True(foot.QuerySelector("form[action='/sign-out'] button") is not null, path);
            var back = foot.QuerySelector("span > a")?.GetAttribute("href");
            Assert.True(path == "/" ? back is null : back is not null && back != path && (await household.Get(back)).Status == System.Net.HttpStatusCode.OK, $"{path} leads back to {back}");
        }
    }

    [Fact]
    public async Task Every_page_of_the_household_s_own_is_three_taps_from_the_front_and_the_front_offers_at_most_five()
    {
        await using var host = await Season();
        var household = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma);
        var front = await household.Get("/");
        Assert.InRange(front.Page.QuerySelectorAll("main a").Length, 3, 5);
        Assert.NotNull(front.Page.QuerySelector("main .speak"));
        var (found, next) = (new HashSet<string>(StringComparer.Ordinal), new List<Answer> { front });
        for (var taps = 1; taps <= 3; taps++)
        {
            var links = next.SelectMany(p => p.Page.QuerySelectorAll("main a[href^='/']")).Select(a => a.GetAttribute("href")!.Split('?', '#')[0]).Where(found.Add).ToList();
            next.Clear();
            foreach (var link in links) next.Add(await household.Get(link));
        }
        Assert.Superset(new HashSet<string>(["/settlement/statements/household", "/settlement/statements/goods", "/settlement/statements/payments", "/settlement/statements/costs", "/market/intakes/mine", "/market/products/board", "/voice/ballots", "/registry/households/looks", "/registry/households/owncode", "/settlement/close/member"]), found);
        Assert.Empty(Menu.For(ShanhuoHost.Modules, new Scope { AccountId = 1, Role = Role.Household, Area = SmallCounty.VillageA }).Where(e => !found.Contains(e.Path)).Select(e => e.Path));
    }

    [Theory, EachDatabase]
    public async Task A_household_calls_its_own_station_at_the_number_that_the_station_wrote_down(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        var household = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma);
        var neighbour = await host.VisitAs(Role.Household, SmallCounty.VillageB, household: SmallCounty.Zhang);

        Assert.Equal("/registry/organisations/ask", await Help(household));
        var ask = await household.Get("/registry/organisations/ask");
        Assert.Contains("前山村站", ask.Text);
        Assert.Contains("station", ask.Text); // the name of the one who signs in for it
        Assert.Contains("没有留电话", ask.Text);

        var page = await station.Get("/registry/organisations/phone");
        var wrong = await station.Submit(page, "main form", new() { ["Phone"] = "电话" });
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("不是电话号码", wrong.Text);
        await station.Submit(page, "main form", new() { ["Phone"] = "０９３８-１２３ ４５６７" });
        Assert.Equal("tel:0938-1234567", await Help(household));
        Assert.Equal("/registry/organisations/ask", await Help(neighbour));
    }

    [Fact]
    public async Task Where_the_village_has_no_station_the_township_s_is_asked_and_a_closed_one_never()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        var scope = new Scope { AccountId = 1, Role = Role.Household, Area = SmallCounty.VillageA, HouseholdId = SmallCounty.Ma };
        async Task<string?> Asked() => (await host.In(s => s.GetRequiredService<HelpFor>().Household(TestContext.Current.CancellationToken), scope))?.Name;
        Assert.Equal("前山村站", await Asked());
        foreach (var (closed, next) in new (long, string?)[] { (SmallCounty.StationA, "张家川镇站"), (SmallCounty.TownshipStation, "县电商中心"), (SmallCounty.Centre, null) })
        {
            await host.Db(db => db.Set<Organisation>().Where(o => o.Id == closed).ExecuteUpdateAsync(set => set.SetProperty(o => o.Until, new DateOnly(2026, 1, 1))));
            Assert.Equal(next, await Asked());
        }
    }

    private static async Task<string?> Help(Visitor household) => (await household.Get("/")).Page.QuerySelector("footer.foot .help")!.GetAttribute("href");

    private static async Task<TestHost> Season()
    {
        var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        await SmallCounty.Sell(host, 1_000, 8_000, 500);
        return host;
    }
}
