using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Assistance;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Monitoring;
using Shanhuo.Registry.Procedure;

namespace Shanhuo.Registry.Demo;

/// <summary>Cases of the demo village in every state, a notice that is up, an objection, warnings, and plans with a measure that is late: done by its people through the handlers of the pages.</summary>
internal sealed class ProcedureDemo(ShanhuoDb db, CurrentScope acting, OpenCaseHandler open, TakeStepHandler take, MakeObjectionHandler objects, ReportEventHandler report, FindWarnings find, CheckWarningHandler check, MakePlanHandler plans, PlanWork work) : ISeedDemo
{
    private static readonly (string Step, string By)[] Monitoring = [("visit", "cadre"), ("compare", "official"), ("evaluate", "cadre2"), ("notice", "cadre2"), ("review", "town"), ("approve", "official2"), ("announce", "town2")];
    private DemoCounty county = null!;

    public int Order => 20;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        if (county.Code != DemoCounty.Zhangjiachuan) return;
        this.county = county;
        var me = (await DemoSignIns.ScopeOf(db, "household", cancel)).HouseholdId!.Value;
        var village = (await DemoSignIns.ScopeOf(db, "cadre", cancel)).Area;
        var statuses = db.HouseholdStatuses;
        var free = await db.Households.Where(h => h.Area == village && h.Id != me && !statuses.Any(s => s.HouseholdId == h.Id && s.Status == "monitored")).OrderBy(h => h.Code).ToListAsync(cancel);
        if (free.Count < 6) throw new InvalidOperationException("The demo village is too small for its cases.");
        await Own(me, cancel);
        // To be compared, to be reviewed after its notice, on notice with an objection, to be approved, on notice.
        await Monitor(free[0].Id, 9, 1, cancel);
        await Monitor(free[1].Id, 11, 4, cancel);
        await Monitor(free[2].Id, 6, 4, cancel);
        await Monitor(free[3].Id, 11, 5, cancel);
        await Monitor(free[5].Id, 5, 4, cancel);
        await Lost(free[4].Id, cancel);
        await On(1, "cadre", cancel);
        var objected = await db.Cases.Where(c => c.HouseholdId == free[2].Id).Select(c => c.Id).SingleAsync(cancel);
        Did(await objects.Handle(new MakeObjection(Guid.CreateVersion7(), null, objected, null, "有人说这家在县城买了房，请查一查（演示）。"), cancel));
        await Warn(free, cancel);
        county.Clock.Day = county.Today;
    }

    // The household of the sign-in was monitored last year, is helped, and is asked now whether it agrees to be released.
    private async Task Own(long me, CancellationToken cancel)
    {
        if (!await db.HouseholdStatuses.AnyAsync(s => s.HouseholdId == me && s.Status == "monitored" && s.Until == null, cancel)) await Monitor(me, 420, Monitoring.Length, cancel);
        var code = await db.Households.Where(h => h.Id == me).Select(h => h.Code).SingleAsync(cancel);
        await On(380, "cadre", cancel);
        var plan = (await plans.Handle(new MakePlan(Guid.CreateVersion7(), code, "王建国（演示）", "县农业农村局驻村工作队（演示）"), cancel)).Value;
        foreach (var (kind, what, start, due, cost, payer) in new[] { ("industry", "领种羊 5 只", 375, 300, "4000", "县财政衔接资金"), ("training", "学手机卖货 3 天", 200, 150, "600", "县电商中心"), ("water", "修好水窖", 120, 20, "2500", "乡镇"), ("ecommerce", "入合作社卖货", 60, -60, "0", "合作社") })
            Did(await work.Add(new AddMeasure(Guid.CreateVersion7(), plan, kind, what, county.Today.AddDays(-start), county.Today.AddDays(-due), cost, payer), cancel));
        await On(379, "household", cancel);
        Did(await work.Agree(plan, await db.AssistancePlans.Where(p => p.Id == plan).Select(p => p.Revision).SingleAsync(cancel), DemoSignIns.Code, cancel));
        var measures = await db.AssistanceMeasures.Where(m => m.PlanId == plan).OrderBy(m => m.Due).Select(m => m.Id).ToListAsync(cancel);
        await On(310, "cadre", cancel);
        Did(await work.Finish(measures[0], "种羊已领到，下了 3 只羔（演示）。", cancel));
        Did(await work.See(Guid.CreateVersion7(), plan, "羊养得好，水窖还没有修（演示）。", cancel));
        await On(160, "cadre2", cancel);
        Did(await work.Finish(measures[1], "学完三天，会上架（演示）。", cancel));
        await On(6, "cadre", cancel);
        var release = (await open.Handle(new OpenCase(Guid.CreateVersion7(), "release", me, null, null, Told(21)), cancel)).Value;
        await Step(5, "town", release, "verify", cancel);
    }

    /// <summary>A case of monitoring begun so many days ago, and so many steps of it after the application.</summary>
    private async Task Monitor(long household, int daysAgo, int steps, CancellationToken cancel)
    {
        await On(daysAgo, "cadre", cancel);
        var left = await db.HouseholdStatuses.AnyAsync(s => s.HouseholdId == household && s.Status == "exited", cancel);
        var id = (await open.Handle(new OpenCase(Guid.CreateVersion7(), "monitor", household, null, left ? "unstable" : "marginal", Told(21)), cancel)).Value;
        var day = daysAgo;
        foreach (var (step, by) in Monitoring.Take(steps))
        {
            day -= step == "review" ? 6 : 1;
            await Step(day, by, id, step, cancel);
        }
    }

    // The villagers did not carry it.
    private async Task Lost(long household, CancellationToken cancel)
    {
        await Monitor(household, 40, 2, cancel);
        var id = await db.Cases.Where(c => c.HouseholdId == household).Select(c => c.Id).SingleAsync(cancel);
        await On(36, "cadre2", cancel);
        Did(await take.Handle(new TakeStep(Guid.CreateVersion7(), id, "evaluate", false, Told(7)), cancel));
    }

    private async Task Warn(List<Household> free, CancellationToken cancel)
    {
        var struck = free.Skip(6).Take(6).ToList();
        foreach (var (home, kind, cost) in struck.Zip(["illness", "disaster", "lost-job", "accident", "illness", "disaster"], ["26000", "18000", "15000", "21000", "32000", "24000"]).Select(x => (x.First, x.Second, x.Third)))
        {
            await On(45, "cadre", cancel);
            Did(await report.Handle(new ReportEvent(Guid.CreateVersion7(), home.Code, kind, county.Today.AddDays(-45), cost), cancel));
        }
        // Looked for in the village only, so that the overdue and the open stand side by side.
        await On(12, "cadre", cancel);
        _ = (await find.Handle(county.Code, cancel)).Value;
        var found = await db.Warnings.OrderBy(w => w.Id).Select(w => w.Id).ToListAsync(cancel);
        await On(3, "cadre", cancel);
        if (found.Count > 1) _ = (await check.Handle(new CheckWarning(Guid.CreateVersion7(), found[0], Finding.FalseAlarm, "已入户：费用由医保报销大半，生活不受影响（演示）。", null), cancel)).Value;
        if (found.Count > 2) _ = (await check.Handle(new CheckWarning(Guid.CreateVersion7(), found[1], Finding.SupportNeeded, "已入户：房屋受损，短期没有收入（演示）。", "sudden"), cancel)).Value;
    }

    private async Task Step(int daysAgo, string by, long id, string step, CancellationToken cancel)
    {
        await On(daysAgo, by, cancel);
        Did(await take.Handle(new TakeStep(Guid.CreateVersion7(), id, step, true, Told(21)), cancel));
    }

    private async Task On(int daysAgo, string name, CancellationToken cancel)
    {
        county.Clock.Day = county.Today.AddDays(-daysAgo);
        db.ChangeTracker.Clear();
        acting.Scope = await DemoSignIns.ScopeOf(db, name, cancel);
    }

    /// <param name="yes">Of 24 who came.</param>
    private static Evidence Told(int yes) => new()
    {
        Text = "演示记录：按程序办理，情况属实，人名和数字都是编的。", Ballot = new BallotCount(30, 24, yes, 24 - yes, 0), Checklist = Evidence.ChecklistItems.ToDictionary(i => i, _ => (bool?)true),
        IncomePerHead = new Fen(9_860_00), Agreement = "paper", Departments = ["vehicles", "housing", "civil"], Findings = "没有问题（演示）",
    };

    private static void Did(Outcome<Done> outcome) => _ = outcome.Value;
}
