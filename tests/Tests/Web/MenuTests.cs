using Shanhuo.Kernel;
using Shanhuo.Tests.Databases;
using Shanhuo.Web;
using Shanhuo.Web.Layout;

namespace Shanhuo.Tests.Web;

public sealed class MenuTests
{
    public static TheoryData<string> Roles => [.. Role.All.Where(r => r != Role.Household)];

    [Theory, MemberData(nameof(Roles))]
    public async Task The_head_and_the_front_page_lead_to_every_page_of_the_role_under_at_most_six_words(string role)
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        var area = role switch { Role.Station => SmallCounty.VillageA, Role.Cooperative => SmallCounty.Township, Role.ProvinceOfficial => AreaCode.Parse("62"), _ => SmallCounty.County };
        var visitor = await host.VisitAs(role, area, role switch { Role.Station => SmallCounty.StationA, Role.Cooperative => SmallCounty.Cooperative, _ => null });
        var front = await visitor.Get("/");
        var entries = Menu.For(ShanhuoHost.Modules, new Scope { AccountId = 1, Role = role, Area = area }).Select(e => e.Path).ToHashSet();
        Assert.NotEmpty(entries);
        foreach (var place in new[] { "header.top nav.bar", "main .tiles" })
            Assert.Superset(entries, front.Page.QuerySelectorAll($"{place} a").Select(a => a.GetAttribute("href")!).ToHashSet());
        Assert.InRange(front.Page.QuerySelectorAll("nav.bar > *").Length, 1, 6);
        foreach (var entry in entries)
        {
            var page = await visitor.Get(entry);
            Assert.Equal(System.Net.HttpStatusCode.OK, page.Status);
            Assert.Equal(entry, Assert.Single(page.Page.QuerySelectorAll("nav.bar [aria-current=page]")).GetAttribute("href"));
        }
    }

    [Theory]
    [InlineData("zh"), InlineData("en")]
    public async Task A_stranger_finds_the_models_and_the_areas_on_the_front_page(string language)
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        var visitor = await host.Visit(language);
        var front = await visitor.Get("/");
        foreach (var path in new[] { "/settlement/schemes/models", "/registry/areas", "/sign-in" })
        {
            Assert.NotNull(front.Page.QuerySelector($"main a[href='{path}']"));
            Assert.Equal(System.Net.HttpStatusCode.OK, (await visitor.Get(path)).Status);
        }
    }
}
