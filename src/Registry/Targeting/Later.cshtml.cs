using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Targeting.Features;
using Shanhuo.Registry.Targeting.Rules;
using Shanhuo.Registry.Targeting.Runs;
using Shanhuo.Registry.Targeting.Simulations;
using Shanhuo.Registry.Targeting.Ways;

namespace Shanhuo.Registry.Targeting;

internal sealed class LaterPage(ShanhuoDb db, Say say, TimeProvider clock, FeatureStore store, FeatureLoader loader) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }

    public TargetingRun Run { get; private set; } = null!;
    public IReadOnlyList<WayResult> Results { get; private set; } = [];
    public RuleWords Words => new(say);

    /// <summary>Incomes are yearly: those of the year of the choice are there once the next has begun.</summary>
    public bool IsEarly => clock.Today.Year <= Run.Day.Year;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await db.TargetingRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == Id && r.Kind == RuleKind.Ways, cancel) is not { } run) return NotFound();
        Run = run;
        if (IsEarly) return Page();
        var ways = WaysDocument.Read((await db.TargetingVersions.AsNoTracking().SingleAsync(v => v.Id == run.VersionId, cancel)).Document).Ways.ToDictionary(w => w.Key);
        var answers = await db.TargetingAnswers.AsNoTracking().Where(a => a.County == run.County && a.RunId == Id && a.Way != null).ToListAsync(cancel);
        var features = await store.Of(db, loader, db.Scope.Area, cancel);
        var rows = Enumerable.Range(0, features.Count).ToDictionary(r => features.Ids[r]);
        Results = WayResult.Of(answers.Where(a => rows.ContainsKey(a.HouseholdId)).Select(a => new FollowedHousehold(ways[a.Way!], Inputs.Read(a.Document, a.HouseholdId, a.Area), features, rows[a.HouseholdId])));
        return Page();
    }

    /// <summary>So few that a figure would be about somebody.</summary>
    public static bool IsSmall(WayResult result) => result.Known < SimulationCell.Fewest;
}
