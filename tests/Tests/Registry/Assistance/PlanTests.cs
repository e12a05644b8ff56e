using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Assistance;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Registry.Procedure;
using static Shanhuo.Tests.Registry.Procedure.CaseDay;

namespace Shanhuo.Tests.Registry.Assistance;

public sealed class PlanTests
{
    [Theory, EachDatabase]
    public async Task A_household_agrees_to_the_plan_that_it_saw_and_again_after_a_new_measure(DatabaseKind kind)
    {
        await using var host = await CaseTests.Start(kind);
        await GiveCode(host, "2581");
        var id = (await Make(host)).Value;
        Assert.Equal("assistance.has-plan", (await Make(host)).Refused?.Code);
        Assert.Equal("assistance.no-measures", (await Agree(host, id)).Refused?.Code);
        Assert.Null((await Add(host, id, "sheep")).Refused);
        var seen = await Revision(host);
        Assert.Null((await Add(host, id, "school")).Refused);
        Assert.Equal("assistance.changed", (await Agree(host, id, seen)).Refused?.Code);
        Assert.Equal("registry.code-wrong", (await Agree(host, id, code: "0000")).Refused?.Code);
        Assert.Null((await Agree(host, id)).Refused);
        Assert.Equal("own-code", (await Plan(host)).AgreedBy);
        Assert.Null((await Add(host, id, "water")).Refused);
        Assert.Null((await Plan(host)).AgreedDay);
        Assert.Equal("procedure.gone", (await host.In(s => s.GetRequiredService<PlanWork>().See(Guid.CreateVersion7(), id, "看过了情况不错", default), CadreB)).Refused?.Code);
    }

    [Fact]
    public async Task Overdue_measures_are_listed_until_they_have_a_result_and_the_household_reads_its_plan()
    {
        await using var host = await CaseTests.Start(DatabaseKind.Sqlite);
        await GiveCode(host, "2581");
        var cadre = await host.VisitAs(Role.VillageCadre, SmallCounty.VillageA);
        var page = await cadre.Submit(await cadre.Get("/registry/assistance"), "main form", new() { ["Household"] = "H-101", ["Helper"] = "王建国", ["WorkTeam"] = "县农业局驻村工作队" });
        var path = page.Address.AbsolutePath;
        page = await cadre.Submit(page, "form[action*=Add]", new() { ["Form.Kind"] = "industry", ["Form.What"] = "发放种羊 5 只", ["Form.Start"] = "2026-11-01", ["Form.Due"] = "2026-10-01", ["Form.Cost"] = "4000", ["Form.Payer"] = "县财政" });
        Assert.Contains("日期不对", page.Text);
        page = await cadre.Submit(page, "form[action*=Add]", new() { ["Form.Due"] = "2026-11-30" });
        Assert.Contains("¥4,000.00", page.Text);
        page = await cadre.Submit(page, "form[action*=Visit]", new() { ["found"] = "羊舍已经修好" });
        Assert.Contains("羊舍已经修好", page.Text);
        var family = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma);
        var mine = await family.Get("/registry/assistance/mine");
        Assert.Contains("帮您的人：王建国", mine.Text);
        mine = await family.Submit(mine, "main form", new() { ["Code"] = "2581" });
        Assert.Contains("您已同意", mine.Text);
        Assert.DoesNotContain("发放种羊", (await cadre.Get("/registry/assistance")).Text);
        host.Clock.Days(12);
        Assert.Contains("已超 3 天", (await cadre.Get("/registry/assistance")).Text);
        page = await cadre.Submit(await cadre.Get(path), "form[action*=Finish]", new() { ["result"] = "五只种羊已领到" });
        Assert.Contains("五只种羊已领到", page.Text);
        Assert.DoesNotContain("发放种羊", (await cadre.Get("/registry/assistance")).Text);
        var neighbour = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Li);
        Assert.Contains("没有帮扶计划", (await neighbour.Get("/registry/assistance/mine")).Text);
        Assert.NotEqual(System.Net.HttpStatusCode.OK, (await (await host.VisitAs(Role.VillageCadre, SmallCounty.VillageB)).Get(path)).Status);
    }

    private static Task<Outcome<long>> Make(TestHost host) => host.In(s => s.GetRequiredService<MakePlanHandler>().Handle(new MakePlan(Guid.CreateVersion7(), "h-101", "王建国", "驻村工作队"), default), Cadre);

    private static Task<Outcome<Done>> Add(TestHost host, long id, string what) => host.In(s => s.GetRequiredService<PlanWork>().Add(new AddMeasure(Guid.CreateVersion7(), id, "industry", what, new(2026, 11, 1), new(2026, 12, 1), "0", "县财政"), default), Cadre);

    private static async Task<Outcome<Done>> Agree(TestHost host, long id, int? seen = null, string code = "2581")
    {
        var revision = seen ?? await Revision(host);
        return await host.In(s => s.GetRequiredService<PlanWork>().Agree(id, revision, code, default), Family);
    }

    private static async Task<int> Revision(TestHost host) => (await Plan(host)).Revision;

    private static Task<AssistancePlan> Plan(TestHost host) => host.Db(db => db.AssistancePlans.AsNoTracking().SingleAsync());
}
