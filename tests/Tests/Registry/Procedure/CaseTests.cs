using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Procedure;
using Shanhuo.Tests.Databases;
using static Shanhuo.Tests.Registry.Procedure.CaseDay;

namespace Shanhuo.Tests.Registry.Procedure;

public sealed class CaseTests
{
    [Theory, EachDatabase]
    public async Task A_household_is_taken_into_monitoring_and_released_and_each_step_is_on_the_trail(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var id = (await Open(host, "monitor")).Value;
        await Monitor(host, id, "end");
        var row = await Row(host, id);
        Assert.Equal((CaseEnd.Approved, null), (row.End, row.NextStep));
        var now = await host.Db(db => db.HouseholdStatuses.SingleAsync(s => s.HouseholdId == SmallCounty.Ma && s.Until == null));
        Assert.Equal(("monitored", "marginal", host.Clock.Today), (now.Status, now.Category, now.Since));
        Assert.Equal(8, await host.Db(db => db.Trail.CountAsync(t => t.Kind == "decision" && t.HouseholdId == SmallCounty.Ma)));
        Assert.Null((await host.In(s => s.GetRequiredService<AuditTrail>().Verify(default))).Fault);
        Assert.Equal("procedure.status-has", (await Open(host, "monitor")).Refused?.Code);

        host.Clock.Days(200);
        var release = (await Open(host, "release")).Value;
        Assert.Equal("procedure.income-below", (await Take(host, release, "verify", Town, evidence: Full with { IncomePerHead = new Fen(5_999_99) })).Refused?.Code);
        foreach (var (step, by) in new[] { ("verify", Town), ("agree", Cadre), ("notice", Cadre) }) Assert.Null((await Take(host, release, step, by)).Refused);
        Assert.Equal("procedure.window-open", (await Take(host, release, "approve", Official)).Refused?.Code);
        host.Clock.Days(6);
        foreach (var (step, by) in new[] { ("approve", Official), ("announce", Cadre) }) Assert.Null((await Take(host, release, step, by)).Refused);
        Assert.Empty(await host.Db(db => db.HouseholdStatuses.Where(s => s.HouseholdId == SmallCounty.Ma && s.Until == null).ToListAsync()));
    }

    [Theory, EachDatabase]
    public async Task Nobody_is_registered_as_poor_today_and_in_2016_the_whole_path_did_it(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        Assert.Equal("procedure.not-in-force", (await Open(host, "register", null)).Refused?.Code);
        host.Clock.Now = new(2016, 5, 3, 1, 0, 0, TimeSpan.Zero);
        var id = (await Open(host, "register", null)).Value;
        foreach (var (step, by, days) in new[] { ("evaluate", Cadre, 0), ("notice-1", Cadre, 0), ("review", Town, 8), ("notice-2", Town, 0), ("compare", Official, 8), ("approve", Official2, 0), ("announce", Town, 0) })
        {
            host.Clock.Days(days);
            Assert.Null((await Take(host, id, step, by)).Refused);
        }
        Assert.Equal("registered", await host.Db(db => db.HouseholdStatuses.Where(s => s.HouseholdId == SmallCounty.Ma).Select(s => s.Status).SingleAsync()));
        Assert.Equal("procedure.no-household", (await Open(host, "exit", null, household: 999)).Refused?.Code);
        host.Clock.Now = new(2019, 5, 3, 1, 0, 0, TimeSpan.Zero);
        var exit = (await Open(host, "exit", null)).Value;
        Assert.Equal("procedure.income-below", (await Take(host, exit, "verify", Town, evidence: Full with { IncomePerHead = new Fen(3218_00) })).Refused?.Code);
        foreach (var (step, by, days) in new[] { ("verify", Town, 0), ("agree", Cadre, 0), ("notice", Cadre, 0), ("approve", Official, 8), ("announce", Town, 0) })
        {
            host.Clock.Days(days);
            Assert.Null((await Take(host, exit, step, by)).Refused);
        }
        Assert.Equal(["exited", "registered:2019-05-10"], (await host.Db(db => db.HouseholdStatuses.Select(s => new { s.Status, s.Until }).ToListAsync())).Select(s => s.Until is { } until ? $"{s.Status}:{until:yyyy-MM-dd}" : s.Status).Order());
    }

    [Theory, EachDatabase]
    public async Task A_village_leaves_poverty_by_its_incidence(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        host.Clock.Now = new(2018, 5, 3, 1, 0, 0, TimeSpan.Zero);
        Task<Outcome<long>> Begin(int poor) => host.In(s => s.GetRequiredService<OpenCaseHandler>().Handle(new OpenCase(Guid.CreateVersion7(), "village-exit", null, SmallCounty.VillageA, null, Full with { Poor = poor, Population = 1000 }), default), Cadre);
        Assert.Equal("procedure.incidence-high", (await Begin(31)).Refused?.Code);
        var id = (await Begin(30)).Value;
        foreach (var (step, by, days) in new[] { ("review", Town, 0), ("notice", Town, 0), ("approve", Official, 8), ("announce", Town, 0) })
        {
            host.Clock.Days(days);
            Assert.Null((await Take(host, id, step, by, evidence: Full with { Poor = 30, Population = 1000 })).Refused);
        }
        Assert.Equal(SmallCounty.VillageA, await host.Db(db => db.AreaStatuses.Where(s => s.Status == "exited").Select(s => s.Area).SingleAsync()));
    }

    [Theory, EachDatabase]
    public async Task Sent_again_it_is_one_and_of_two_at_once_one_is_told(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var request = Guid.CreateVersion7();
        var id = (await Open(host, "monitor", request: request)).Value;
        Assert.Equal(id, (await Open(host, "monitor", request: request)).Value);
        Assert.Equal("procedure.open-already", (await Open(host, "monitor")).Refused?.Code);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Take(host, id, "visit", Cadre))));
        Assert.Single(outcomes, o => o.Refused is null);
        Assert.All(outcomes.Select(o => o.Refused).OfType<Refusal>(), no => Assert.Contains(no.Code, new[] { "procedure.raced", "procedure.other-step" }));
        Assert.Equal(2, await host.Db(db => db.CaseSteps.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task An_objection_stops_the_case_until_it_is_decided_and_upheld_it_ends_it_and_takes_the_notice_down(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var id = (await Open(host, "monitor")).Value;
        await Monitor(host, id, "review");
        var code = await host.Db(db => db.Notices.Select(n => n.Code).SingleAsync());
        Assert.Null((await host.In(s => s.GetRequiredService<MakeObjectionHandler>().Handle(new MakeObjection(Guid.CreateVersion7(), code, 0, null, "他家有车"), default), Scope.Nobody)).Refused);
        host.Clock.Days(6);
        Assert.Equal("procedure.objection-open", (await Take(host, id, "review", Town)).Refused?.Code);
        Assert.Equal("procedure.notice-over", (await host.In(s => s.GetRequiredService<MakeObjectionHandler>().Handle(new MakeObjection(Guid.CreateVersion7(), code, 0, null, "太晚了吗"), default), Scope.Nobody)).Refused?.Code);
        var objection = await host.Db(db => db.Objections.Select(o => o.Id).SingleAsync());
        Task<Outcome<Done>> Decide(Scope by, bool upheld) => host.In(s => s.GetRequiredService<DecideObjectionHandler>().Handle(new DecideObjection(objection, upheld, "走访查实，情况属实"), default), by);
        Assert.Equal("procedure.gone", (await Decide(As(9, Role.TownshipOfficial, AreaCode.Parse("620525101")), true)).Refused?.Code);
        Assert.Null((await Decide(Town2, true)).Refused);
        Assert.Equal(CaseEnd.ObjectionUpheld, (await Row(host, id)).End);
        Assert.Empty(await host.Db(db => db.HouseholdStatuses.ToListAsync()));
        Assert.Equal("procedure.objection-decided", (await Decide(Town2, false)).Refused?.Code is "procedure.ended" ? "procedure.objection-decided" : "");
    }

    [Theory, EachDatabase]
    public async Task The_household_agrees_only_with_its_own_code(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        await Status(host, "monitored");
        await GiveCode(host, "2581");
        var id = (await Open(host, "release")).Value;
        Assert.Null((await Take(host, id, "verify", Town)).Refused);
        Assert.Equal("registry.code-wrong", (await Take(host, id, "agree", Family, code: "1234")).Refused?.Code);
        Assert.Equal("procedure.gone", (await Take(host, id, "agree", new Scope { AccountId = 8, Role = Role.Household, Area = SmallCounty.VillageA, HouseholdId = SmallCounty.Li }, code: "2581")).Refused?.Code);
        Assert.Null((await Take(host, id, "agree", Family, evidence: new Evidence(), code: "2581")).Refused);
        Assert.Contains("own-code", await host.Db(db => db.CaseSteps.Where(s => s.Step == "agree").Select(s => s.Evidence).SingleAsync()));
    }

    [Theory, EachDatabase]
    public async Task The_village_next_door_sees_nothing_of_it(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var id = (await Open(host, "monitor")).Value;
        Assert.Equal("procedure.gone", (await Take(host, id, "visit", CadreB)).Refused?.Code);
        Assert.Equal((0, 0), await host.Db(async db => (await db.Cases.CountAsync(), await db.CaseSteps.CountAsync()), CadreB));
        Assert.Equal((1, 1), await host.Db(async db => (await db.Cases.CountAsync(), await db.CaseSteps.CountAsync()), Town));
    }

    [Theory, EachDatabase]
    public async Task A_household_that_moves_takes_its_case_along_and_the_new_village_goes_on_with_it(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var id = (await Open(host, "monitor")).Value;
        Assert.Null((await Take(host, id, "visit", Cadre)).Refused);
        await host.Db(async db =>
        {
            await MovedHousehold.Follow(db, SmallCounty.Ma, SmallCounty.VillageB, default);
            await db.SaveChangesAsync();
        });
        Assert.Equal("procedure.gone", (await Take(host, id, "compare", Cadre)).Refused?.Code);
        Assert.Null((await Take(host, id, "compare", Official)).Refused);
        Assert.Null((await Take(host, id, "evaluate", CadreB)).Refused);
    }

    internal static async Task<TestHost> Start(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        return host;
    }
}
