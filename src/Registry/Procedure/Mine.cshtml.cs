using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Procedure;

/// <summary>The household's own page: its latest case, its yes or no, and how it asks for a look at its need.</summary>
internal sealed class MinePage(ShanhuoDb db, CaseReader reader, TakeStepHandler take, OpenCaseHandler open, Policies policies, TimeProvider clock, Say say) : PageModel
{
    [BindProperty] public Guid RequestId { get; set; }
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public bool Agrees { get; set; }
    [BindProperty] public string? Text { get; set; }
    public CaseTold? Told { get; private set; }
    public bool MayAsk { get; private set; }
    public bool MustAgree => Told?.View.Next?.Wants("agreement") == true && Told.View.OpenObjections == 0;

    public string Sentence() => Told is not { } told ? say["procedure.mine-none"]
        : told.View.Next is not { } next ? say[CaseWords.Key(told.Row.End)]
        : told.View.NextFrom > clock.Today ? say["procedure.mine-waits", say.Day(told.View.NextFrom.AddDays(-1))] : say["procedure.mine-next", next.NameIn(say.Language)];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        RequestId = Guid.CreateVersion7();
        return await Load(cancel) ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAgreeAsync(CancellationToken cancel)
    {
        if (!await Load(cancel) || Told?.View.Next is not { } next) return NotFound();
        var no = (await take.Handle(new TakeStep(RequestId, Told.Row.Id, next.Key, Agrees, Agrees ? new Evidence() : new Evidence { Text = say["procedure.not-agreed"] }, Code), cancel)).Refused;
        return await Then(no, cancel);
    }

    public async Task<IActionResult> OnPostAskAsync(CancellationToken cancel)
    {
        if (!await Load(cancel) || db.Scope.HouseholdId is not { } me) return NotFound();
        // Those who left poverty once are unstable, all others marginal; the visit may find a sudden hardship.
        var left = await db.HouseholdStatuses.AnyAsync(s => s.HouseholdId == me && s.Status == "exited", cancel);
        return await Then((await open.Handle(new OpenCase(RequestId, "monitor", me, null, left ? "unstable" : "marginal", new Evidence { Text = Text?.Trim() }), cancel)).Refused, cancel);
    }

    private async Task<IActionResult> Then(Refusal? no, CancellationToken cancel)
    {
        if (no is null) return LocalRedirect("/registry/procedure/mine");
        await Load(cancel);
        return this.Refuse(no, "");
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (db.Scope.HouseholdId is not { } me) return false;
        var latest = await db.Cases.Where(c => c.HouseholdId == me).OrderByDescending(c => c.OpenedDay).ThenByDescending(c => c.Id).Select(c => new { c.Id, c.End, c.EndedDay }).FirstOrDefaultAsync(cancel);
        var monitored = await db.HouseholdStatuses.AnyAsync(s => s.HouseholdId == me && s.Until == null && (s.Status == "monitored" || s.Status == "registered"), cancel);
        // What ended a year ago is told no more.
        Told = latest is not null && (latest.EndedDay is null || latest.EndedDay > clock.Today.AddYears(-1)) ? await reader.Read(latest.Id, cancel) : null;
        MayAsk = Told is null && !monitored && policies.Open("monitor", clock.Today).Refused is null;
        return true;
    }
}
