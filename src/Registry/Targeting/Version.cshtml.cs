using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Targeting.Rules;
using Shanhuo.Registry.Targeting.Runs;
using Shanhuo.Registry.Targeting.Ways;

namespace Shanhuo.Registry.Targeting;

internal sealed class VersionPage(ShanhuoDb db, Say say, WriteRuleHandler write, DecideRuleHandler decide, RunRuleHandler run) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public Guid RequestId { get; set; }
    [BindProperty] public long? OfRunId { get; set; }
    [BindProperty] public string? Reason { get; set; }

    public TargetingRule Rule { get; private set; } = null!;
    public TargetingVersion Version { get; private set; } = null!;
    public RuleDocument? Picks { get; private set; }
    public WaysDocument? Ways { get; private set; }
    public int Faults { get; private set; }
    public List<TargetingVersion> Versions { get; private set; } = [];
    public List<TargetingRun> Runs { get; private set; } = [];
    public List<(TargetingRun Run, string Name)> PickRuns { get; private set; } = [];
    public RuleWords Words => new(say);
    public bool MayWrite => RuleAccess.MayWrite(db.Scope);
    public bool MayDecide => RuleAccess.MayDecide(db.Scope);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostProposeAsync(CancellationToken cancel) => Do(async () => (await decide.Handle(new ProposeRule(Id), cancel)).Refused, cancel);

    public Task<IActionResult> OnPostAdoptAsync(CancellationToken cancel) => Do(async () => (await decide.Handle(new DecideRule(Id, true, null), cancel)).Refused, cancel);

    public Task<IActionResult> OnPostRefuseAsync(CancellationToken cancel) => Do(async () => (await decide.Handle(new DecideRule(Id, false, Reason), cancel)).Refused, cancel);

    public async Task<IActionResult> OnPostCopyAsync(CancellationToken cancel)
    {
        if ((await write.Copy(Id, cancel)).Ok(out var draft, out var no)) return RedirectToPage("/Registry/Targeting/Version", new { draft.Id });
        return await Load(cancel) ? this.Refuse(no, "") : NotFound();
    }

    public async Task<IActionResult> OnPostRunAsync(CancellationToken cancel)
    {
        if ((await run.Handle(new RunRule(RequestId, Id, OfRunId), cancel)).Ok(out var made, out var no)) return RedirectToPage("/Registry/Targeting/Run", new { made.Id });
        return await Load(cancel) ? this.Refuse(no, "") : NotFound();
    }

    private async Task<IActionResult> Do(Func<Task<Refusal?>> step, CancellationToken cancel)
    {
        if (await step() is not { } no) return RedirectToPage(new { Id });
        return await Load(cancel) ? this.Refuse(no, "") : NotFound();
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await db.TargetingVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Id == Id, cancel) is not { } version) return false;
        Version = version;
        Rule = await db.TargetingRules.AsNoTracking().SingleAsync(r => r.Id == version.RuleId, cancel);
        if (Rule.Kind == RuleKind.Picks && RuleReader.TryRead(version.Document, out var picks, out var faults)) Picks = picks;
        else if (Rule.Kind == RuleKind.Ways && WaysDocument.TryRead(version.Document, out var ways, out _)) Ways = ways;
        else Faults = RuleText.TryRead(Rule.Kind, version.Document, out _, out var all) ? 0 : all.Count;
        Versions = await db.TargetingVersions.AsNoTracking().Where(v => v.RuleId == Rule.Id).OrderByDescending(v => v.Number).Take(50).ToListAsync(cancel);
        Runs = await db.TargetingRuns.AsNoTracking().Where(r => r.VersionId == Id).OrderByDescending(r => r.Id).Take(20).ToListAsync(cancel);
        if (Rule.Kind == RuleKind.Ways && Version.State == RuleState.Adopted)
        {
            var runs = await (from r in db.TargetingRuns join v in db.TargetingVersions on r.VersionId equals v.Id join rule in db.TargetingRules on v.RuleId equals rule.Id where r.Kind == RuleKind.Picks orderby r.Id descending select new { r, rule.Name, rule.NameEn }).Take(20).ToListAsync(cancel);
            PickRuns = [.. runs.Select(r => (r.r, say.Pick(r.Name, r.NameEn)))];
        }
        RequestId = Guid.CreateVersion7();
        return true;
    }
}
