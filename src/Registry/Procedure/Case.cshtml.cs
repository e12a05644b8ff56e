using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Procedure;

internal sealed class CasePage(ShanhuoDb db, Ids ids, TimeProvider clock, Policies policies, CaseReader reader, TakeStepHandler take, MakeObjectionHandler makes, DecideObjectionHandler decides) : PageModel
{
    [BindProperty] public StepForm Form { get; set; } = new();
    public CaseTold Told { get; private set; } = null!;
    public IncomeLine? Line { get; private set; }
    public DateOnly Today => clock.Today;

    private Actor Me => Actor.Of(db.Scope);
    public bool TwoHats => Told.View.Next is { } next && CaseRule.MayAct(next.Who, Me, Told.View) && CaseRule.WearsTwoHats(Told.View, Me, next.Key);
    public bool MayTake => Told.View.Next is { } next && CaseRule.MayAct(next.Who, Me, Told.View) && !TwoHats && Told.View.OpenObjections == 0;
    public bool MayDecide => Told.Row.End == CaseEnd.None && CaseRule.MayAct(Told.Period.ObjectionsBy, Me, Told.View) && !CaseRule.WearsTwoHats(Told.View, Me, "objection");
    public bool MayWriteObjection => Told.Row.End == CaseEnd.None && Told.View.NoticeUntil is not null && db.Scope.Role != Role.Auditor;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        if (Told.Row.HouseholdId == 0) return Page();
        db.RecordLook(ids, clock, Told.Row.HouseholdId, "case");
        await db.SaveChangesAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostStepAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        if (Told.Kind.Steps.FirstOrDefault(s => s.Key == Form.Step) is not { } step) return this.Refuse(new Refusal("procedure.other-step"));
        if (!Form.ToEvidence(step).Ok(out var evidence, out var wrong)) return this.Refuse(wrong);
        return await Then(id, (await take.Handle(new TakeStep(Form.RequestId, id, step.Key, Form.Passes, evidence), cancel)).Refused, cancel);
    }

    public async Task<IActionResult> OnPostDecideAsync(long id, long objection, bool upheld, string? reason, CancellationToken cancel) =>
        await Load(id, cancel) ? await Then(id, (await decides.Handle(new DecideObjection(objection, upheld, reason), cancel)).Refused, cancel) : NotFound();

    public async Task<IActionResult> OnPostObjectAsync(long id, Guid requestId, string? name, string? about, CancellationToken cancel) =>
        !await Load(id, cancel) || !MayWriteObjection ? NotFound() : await Then(id, (await makes.Handle(new MakeObjection(requestId, null, id, name, about), cancel)).Refused, cancel);

    private async Task<IActionResult> Then(long id, Refusal? no, CancellationToken cancel)
    {
        if (no is null) return LocalRedirect($"/registry/procedure/case/{id}");
        return await Load(id, cancel) ? this.Refuse(no) : NotFound();
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        if (await reader.Read(id, cancel) is not { } told) return false;
        (Told, Line) = (told, told.Kind.IncomeLine is { } line ? policies.Line(line, clock.Today) : null);
        return true;
    }
}

/// <summary>What was laid before a step, in lines.</summary>
internal static class EvidenceWords
{
    public static IEnumerable<string> Lines(Say say, Evidence e)
    {
        if (e.Ballot is { } b) yield return say["procedure.tell-ballot", b.Eligible, b.Present, b.For, b.Against, b.Abstain];
        if (e.IncomePerHead is { } income) yield return say["procedure.tell-income", income.ToDisplay()];
        if (e.Checklist is { } list) yield return say["procedure.tell-checklist", list.Count(c => c.Value == true), list.Count];
        if (e.Agreement is { } how) yield return say[how == "paper" ? "procedure.tell-paper" : "procedure.tell-code"];
        if (e.Departments is { Count: > 0 } offices) yield return say["procedure.tell-compared", string.Join(say.Language == Language.Zh ? "、" : ", ", offices.Select(o => say["procedure.office." + o]))];
        if (e.Findings is { } found) yield return found;
        if (e is { Poor: { } poor, Population: > 0 and var population }) yield return say["procedure.tell-incidence", poor, population, ((decimal)poor * 100 / population).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)];
        if (e.Text is { } text) yield return text;
    }
}
