using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Targeting.Runs;

namespace Shanhuo.Registry.Demo;

/// <summary>A year ago staff put the watching rule and the ways out forward, an official adopted them and both were applied; so the demo has households picked, ways proposed and a year to look back on. A third rule still waits for its second person.</summary>
internal sealed class TargetingDemo(ShanhuoDb db, CurrentScope acting, WriteRuleHandler write, DecideRuleHandler decide, RunRuleHandler run) : ISeedDemo
{
    public int Order => 47;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        if (county.Code != DemoCounty.Zhangjiachuan) return;
        county.Clock.Day = county.Today.AddYears(-1);
        var picks = await Adopt("monitoring-line", RuleKind.Picks, cancel);
        var picked = (await run.Handle(new RunRule(Guid.CreateVersion7(), picks, null), cancel)).Value;
        var ways = await Adopt("ways-out", RuleKind.Ways, cancel);
        _ = (await run.Handle(new RunRule(Guid.CreateVersion7(), ways, picked.Id), cancel)).Value;
        county.Clock.Day = county.Today;
        _ = await Propose("e-commerce-readiness", RuleKind.Picks, cancel);
    }

    private async Task<long> Adopt(string file, RuleKind kind, CancellationToken cancel)
    {
        var version = await Propose(file, kind, cancel);
        await As("official2", cancel);
        _ = (await decide.Handle(new DecideRule(version, true, null), cancel)).Value;
        await As("staff", cancel);
        return version;
    }

    private async Task<long> Propose(string file, RuleKind kind, CancellationToken cancel)
    {
        await As("staff", cancel);
        var document = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "data", "targeting", file + ".json"), cancel);
        var version = (await write.Handle(new BeginRule(Guid.CreateVersion7(), kind, document), cancel)).Value;
        _ = (await decide.Handle(new ProposeRule(version.Id), cancel)).Value;
        return version.Id;
    }

    private async Task As(string name, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        acting.Scope = await DemoSignIns.ScopeOf(db, name, cancel);
    }
}
