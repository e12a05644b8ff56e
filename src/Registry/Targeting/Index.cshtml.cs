using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Targeting.Runs;

namespace Shanhuo.Registry.Targeting;

internal sealed class IndexPage(ShanhuoDb db, WriteRuleHandler write) : PageModel
{
    /// <summary>Documents that ship, by file.</summary>
    public static IReadOnlyList<(string File, RuleKind Kind)> Shipped { get; } = [("national-line", RuleKind.Picks), ("monitoring-line", RuleKind.Picks), ("e-commerce-readiness", RuleKind.Picks), ("ways-out", RuleKind.Ways)];

    [BindProperty] public Guid RequestId { get; set; }
    [BindProperty] public string? From { get; set; }

    public List<(TargetingRule Rule, TargetingVersion Newest, TargetingRun? Run)> Rows { get; private set; } = [];
    public bool MayWrite => RuleAccess.MayWrite(db.Scope);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        RequestId = Guid.CreateVersion7();
        var rules = await db.TargetingRules.AsNoTracking().OrderBy(r => r.Kind).ThenBy(r => r.Id).Take(100).ToListAsync(cancel);
        var ids = rules.Select(r => r.Id).ToList();
        var versions = await db.TargetingVersions.AsNoTracking().Where(v => ids.Contains(v.RuleId)).OrderByDescending(v => v.Number).ToListAsync(cancel);
        var newest = versions.GroupBy(v => v.RuleId).ToDictionary(g => g.Key, g => g.First());
        var versionIds = versions.Select(v => v.Id).ToList();
        var runs = await db.TargetingRuns.AsNoTracking().Where(r => versionIds.Contains(r.VersionId)).OrderByDescending(r => r.Id).Take(500).ToListAsync(cancel);
        var ruleOf = versions.ToDictionary(v => v.Id, v => v.RuleId);
        Rows = [.. rules.Select(r => (r, newest[r.Id], runs.FirstOrDefault(run => ruleOf[run.VersionId] == r.Id)))];
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var chosen = Shipped.FirstOrDefault(s => s.File == From);
        if (chosen.File is null) return BadRequest();
        var document = await System.IO.File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "data", "targeting", chosen.File + ".json"), cancel);
        var outcome = await write.Handle(new BeginRule(RequestId, chosen.Kind, document), cancel);
        if (outcome.Ok(out var version, out var no)) return RedirectToPage("/Registry/Targeting/Version", new { version.Id });
        await OnGetAsync(cancel);
        return this.Refuse(no, "");
    }
}
