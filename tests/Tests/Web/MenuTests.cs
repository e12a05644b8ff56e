using Shanhuo.Kernel;
using Shanhuo.Tests.Databases;
using Shanhuo.Web;
using Shanhuo.Web.Layout;

namespace Shanhuo.Tests.Web;

public sealed class MenuTests
{
    public static TheoryData<string> Roles => [.. Role.All.Where(r => r != Role.Household)];

    // What each comes for, written down here once more; more may stand in its menu.
    private static readonly Dictionary<string, string[]> Needed = new()
    {
        [Role.Station] = ["/market/intakes/receive", "/market/intakes", "/market/products/board", "/market/lots", "/market/offers", "/market/orders", "/settlement/statements/find"],
        [Role.Cooperative] = ["/market/intakes", "/market/products/board", "/market/lots", "/market/offers", "/market/agreements", "/market/orders", "/settlement/overview/money", "/settlement/audit/entries", "/voice/ballots"],
        [Role.VillageCadre] = ["/registry/households", "/registry/changes", "/registry/procedure", "/registry/monitoring", "/registry/assistance"],
        [Role.TownshipOfficial] = ["/registry/households", "/registry/changes", "/registry/duplicates", "/registry/targeting", "/registry/procedure", "/registry/monitoring"],
        [Role.CountyStaff] = ["/registry/households", "/registry/files", "/registry/targeting", "/market/intakes", "/market/lots", "/market/offers", "/market/orders", "/market/payments", "/settlement/statements/find", "/settlement/audit/entries"],
        [Role.CountyOfficial] = ["/registry/households", "/registry/files", "/registry/targeting", "/registry/procedure", "/registry/trail", "/market/orders", "/market/payments", "/settlement/overview/money", "/settlement/audit/entries"],
        [Role.ProvinceOfficial] = ["/registry/procedure", "/settlement/overview/money"],
        [Role.Operator] = ["/registry/areas"],
        [Role.Auditor] = ["/registry/households", "/registry/trail", "/market/orders", "/market/payments", "/settlement/statements/find", "/settlement/overview/money", "/settlement/audit/entries"],
    };

    // What is only for the roles that have it above.
    private static readonly string[] Kept = ["/market/intakes/receive", "/registry/files", "/registry/trail", "/market/payments", "/settlement/audit/entries", "/registry/households"];

    [Theory, MemberData(nameof(Roles))]
    public async Task The_head_and_the_front_page_lead_to_every_page_of_the_role_under_at_most_six_words(string role)
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        var area = role switch { Role.Station => SmallCounty.VillageA, Role.Cooperative => SmallCounty.Township, Role.ProvinceOfficial => AreaCode.Parse("62"), _ => SmallCounty.County };
        var visitor = await host.VisitAs(role, area, role switch { Role.Station => SmallCounty.StationA, Role.Cooperative => SmallCounty.Cooperative, _ => null });
        var front = await visitor.Get("/");
        var entries = Menu.For(ShanhuoHost.Modules, new Scope { AccountId = 1, Role = role, Area = area }).Select(e => e.Path).ToHashSet();
        foreach (var path in Needed[role]) Assert.Contains(path, entries);
        Assert.Equal(Kept.Where(Needed[role].Contains), Kept.Where(entries.Contains));
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
