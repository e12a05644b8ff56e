using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Tests.Databases;
using static Shanhuo.Tests.Registry.Procedure.CaseDay;

namespace Shanhuo.Tests.Registry.Procedure;

public sealed class CasePageTests
{
    [Fact]
    public async Task People_lead_a_case_by_forms_from_application_to_the_printed_decision()
    {
        await using var host = await CaseTests.Start(DatabaseKind.Sqlite);
        var (cadre, town, town2) = (await host.VisitAs(Role.VillageCadre, SmallCounty.VillageA), await host.VisitAs(Role.TownshipOfficial, SmallCounty.Township), await host.VisitAs(Role.TownshipOfficial, SmallCounty.Township, language: "en"));
        var (one, two) = (await host.VisitAs(Role.CountyOfficial, SmallCounty.County), await host.VisitAs(Role.CountyOfficial, SmallCounty.County));
        var page = await cadre.Get("/registry/procedure/new");
        Assert.DoesNotContain(page.Page.QuerySelectorAll("main a"), a => a.GetAttribute("href")!.Contains("kind=register", StringComparison.Ordinal));
        page = await cadre.Submit(await cadre.Get("/registry/procedure/new?kind=monitor"), "main form", new() { ["Household"] = "h-１０１", ["Category"] = "unstable", ["Form.Text"] = "孩子住院，家里借了钱" });
        Assert.Contains("监测类型和这户的经历不符", page.Text);
        page = await cadre.Submit(page, "main form", new() { ["Category"] = "marginal" });
        var path = page.Address.AbsolutePath;
        Assert.Matches("/registry/procedure/case/[0-9]+", path);
        page = await Do(cadre, new() { ["Form.Text"] = "十一月二十一日入户，见到户主本人。" });
        page = await Do(one, new() { ["Form.Departments"] = "civil", ["Form.Findings"] = "没有问题" });
        var count = new Dictionary<string, string> { ["Form.Eligible"] = "30", ["Form.Present"] = "二十", ["Form.For"] = "18", ["Form.Against"] = "1", ["Form.Abstain"] = "1", ["Form.Text"] = "村民代表会议讨论，同意纳入。" };
        page = await Do(cadre, count);
        Assert.Contains("“二十”不是整数", page.Text);
        page = await Do(cadre, new(count) { ["Form.Present"] = "19" });
        Assert.Contains("不能多于", page.Text);
        page = await Do(cadre, new(count) { ["Form.Present"] = "２０" });
        Assert.Contains("到会 20，赞成 18", page.Text);
        page = await Do(cadre, []);
        Assert.Contains("公示期没满", page.Text);
        Assert.Null(page.Page.QuerySelector("form[action*='handler=Step']"));
        host.Clock.Days(6);
        Assert.Contains("马文", (await town.Get("/registry/procedure")).Text);
        await Do(town, []);
        page = await one.Get(path);
        Assert.Contains("前面一步", page.Text); // who compared may not approve
        await Do(two, []);
        page = await Do(town2, []);
        Assert.Contains("approved", page.Text);
        var decision = await two.Get(path.Replace("case", "decision", StringComparison.Ordinal));
        Assert.Contains("予以通过", decision.Text);
        Assert.Equal(4, decision.Page.QuerySelectorAll(".signatures span").Length);
        Assert.Contains("was approved", (await town2.Get(decision.Address.AbsolutePath)).Text);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await (await host.VisitAs(Role.VillageCadre, SmallCounty.VillageB)).Get(path)).Status);
        Assert.True(await host.Db(db => db.Trail.CountAsync(t => t.Kind == "look" && t.What == "case" && t.HouseholdId == SmallCounty.Ma)) > 0);

        async Task<Answer> Do(Visitor who, Dictionary<string, string> fields) => await who.Submit(await who.Get(path), "form[action*='handler=Step']", fields);
    }

    [Theory]
    [InlineData("zh", "同意"), InlineData("en", "We agree")]
    public async Task A_household_sees_its_own_case_and_says_yes_with_its_code(string language, string yes)
    {
        await using var host = await CaseTests.Start(DatabaseKind.Sqlite);
        await Status(host, "monitored");
        await GiveCode(host, "2581");
        var id = (await Open(host, "release")).Value;
        Assert.Null((await Take(host, id, "verify", Town)).Refused);
        var family = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma, language: language);
        var page = await family.Get("/registry/procedure/mine");
        Assert.Contains(yes, page.Text);
        var wrong = await family.Submit(page, "form[action*=Agree]", new() { ["Code"] = "1111", ["Agrees"] = "true" });
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, wrong.Status);
        page = await family.Submit(page, "form[action*=Agree]", new() { ["Code"] = "2581", ["Agrees"] = "true" });
        Assert.Equal("notice", (await Row(host, id)).NextStep);
        Assert.Null(page.Page.QuerySelector("form[action*=Agree]"));
    }

    [Fact]
    public async Task A_household_in_need_asks_for_a_visit_itself()
    {
        await using var host = await CaseTests.Start(DatabaseKind.Sqlite);
        var family = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma);
        var page = await family.Submit(await family.Get("/registry/procedure/mine"), "form[action*=Ask]", new() { ["Text"] = "男人摔伤了，不能打工" });
        Assert.Contains("入户核实", page.Text);
        Assert.Equal(("monitor", "marginal", "visit"), await host.Db(async db => (await db.Cases.SingleAsync()) is var c ? (c.Kind, c.Category!, c.NextStep!) : default));
    }
}
