using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Targeting.Features;
using Shanhuo.Registry.Targeting.Rules;
using Shanhuo.Registry.Targeting.Runs;
using Shanhuo.Registry.Targeting.Ways;

namespace Shanhuo.Registry.Targeting;

internal sealed class AnswerPage(ShanhuoDb db, Say say, Ids ids, TimeProvider clock, ChooseWayHandler choose) : PageModel
{
    [BindProperty(SupportsGet = true)] public long RunId { get; set; }
    [BindProperty(SupportsGet = true)] public long HouseholdId { get; set; }
    [BindProperty] public string? Way { get; set; }
    [BindProperty] public string? Reason { get; set; }

    public TargetingRun Run { get; private set; } = null!;
    public TargetingAnswer Answer { get; private set; } = null!;
    public string Name { get; private set; } = "";
    public string Code { get; private set; } = "";
    public string RuleName { get; private set; } = "";
    public HouseholdFeatures Then { get; private set; } = null!;
    public RuleDocument? Rule { get; private set; }
    public IReadOnlyList<RankedWay> Ranked { get; private set; } = [];
    public IReadOnlyList<string> Ask { get; private set; } = [];
    public RuleWords Words => new(say);
    public bool MayChoose => RuleAccess.MayWrite(db.Scope);

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        db.RecordLook(ids, clock, HouseholdId, "targeting");
        await db.SaveChangesAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if ((await choose.Handle(new ChooseWay(RunId, HouseholdId, Way ?? "", Reason), cancel)).Refused is not { } no) return RedirectToPage(new { RunId, HouseholdId });
        return await Load(cancel) ? this.Refuse(no, "") : NotFound();
    }

    /// <summary>What is for and against a way.</summary>
    public IEnumerable<(Truth Truth, string Text)> Reasons(RankedWay ranked) => ranked.Way.Needs.Comparisons().DistinctBy(c => c.Path).Select(c => (c.Of(Then, 0), Words.Reason(c, Then, 0)));

    /// <summary>Support that goes with a way, and whether it is still open whether it does.</summary>
    public IEnumerable<(string What, bool IsOpen)> Supports(RankedWay ranked) => ranked.Way.Supports.Select(s => (Say: say.Pick(s.What.Zh, s.What.En), Truth: s.If?.Of(Then, 0) ?? Truth.Yes)).Where(s => s.Truth != Truth.No).Select(s => (s.Say, s.Truth == Truth.Unknown));

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await db.TargetingRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == RunId, cancel) is not { } run) return false;
        if (await db.TargetingAnswers.AsNoTracking().SingleOrDefaultAsync(a => a.County == run.County && a.RunId == RunId && a.HouseholdId == HouseholdId, cancel) is not { } answer) return false;
        (Run, Answer) = (run, answer);
        var version = await db.TargetingVersions.AsNoTracking().SingleAsync(v => v.Id == run.VersionId, cancel);
        Then = Inputs.Read(answer.Document, HouseholdId, answer.Area);
        if (run.Kind == RuleKind.Picks)
        {
            Rule = RuleReader.Read(version.Document);
            RuleName = say.Pick(Rule.Name.Zh, Rule.Name.En);
            Ask = [.. Rule.Ask(Then, 0).Select(Words.Name)];
        }
        else
        {
            var ways = WaysDocument.Read(version.Document);
            RuleName = say.Pick(ways.Name.Zh, ways.Name.En);
            Ranked = ways.Rank(Then, 0);
            Ask = [.. WaysDocument.Ask(Ranked, Then, 0).Select(Words.Name)];
        }
        if (await db.Households.Where(h => h.Id == HouseholdId).Select(h => new { h.HeadName, h.Code }).SingleOrDefaultAsync(cancel) is { } home) (Name, Code) = (home.HeadName, home.Code);
        return true;
    }
}
