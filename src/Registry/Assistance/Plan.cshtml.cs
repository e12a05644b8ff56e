using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Procedure;

namespace Shanhuo.Registry.Assistance;

internal sealed class PlanPage(ShanhuoDb db, Ids ids, TimeProvider clock, Policies policies, PlanWork work) : PageModel
{
    [BindProperty] public MeasureForm Form { get; set; } = new();
    public AssistancePlan Plan { get; private set; } = null!;
    public string Head { get; private set; } = "";
    public List<Measure> Measures { get; private set; } = [];
    public List<Visit> Visits { get; private set; } = [];
    public IReadOnlyList<MeasureKind> Kinds => policies.Measures;
    public DateOnly Today => clock.Today;
    public bool MayWrite => Plan.Until is null && db.Scope.Role is Role.VillageCadre or Role.TownshipOfficial;

    public string KindName(string key, Language language) => Kinds.FirstOrDefault(k => k.Key == key)?.NameIn(language) ?? key;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        db.RecordLook(ids, clock, Plan.HouseholdId, "plan");
        await db.SaveChangesAsync(cancel);
        return Page();
    }

    public Task<IActionResult> OnPostAddAsync(long id, CancellationToken cancel) => Do(id, () => work.Add(new AddMeasure(Form.RequestId, id, Form.Kind, Form.What, Form.Start, Form.Due, Form.Cost, Form.Payer), cancel), "Form", cancel);

    public Task<IActionResult> OnPostFinishAsync(long id, long measure, string? result, CancellationToken cancel) => Do(id, () => work.Finish(measure, result, cancel), "", cancel);

    public Task<IActionResult> OnPostVisitAsync(long id, Guid requestId, string? found, CancellationToken cancel) => Do(id, () => work.See(requestId, id, found, cancel), "", cancel);

    public Task<IActionResult> OnPostAgreeAsync(long id, int seen, CancellationToken cancel) => Do(id, () => work.Agree(id, seen, null, cancel), "", cancel);

    private async Task<IActionResult> Do(long id, Func<Task<Outcome<Done>>> act, string prefix, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        if (!MayWrite) return Forbid();
        if ((await act()).Refused is not { } no) return LocalRedirect($"/registry/assistance/plan/{id}");
        return await Load(id, cancel) ? this.Refuse(no, prefix) : NotFound();
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        if (await db.AssistancePlans.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancel) is not { } plan) return false;
        Plan = plan;
        Head = await db.Households.Where(h => h.Id == plan.HouseholdId).Select(h => h.HeadName).SingleAsync(cancel);
        Measures = await db.AssistanceMeasures.AsNoTracking().Where(m => m.PlanId == id).OrderBy(m => m.Due).ThenBy(m => m.Id).ToListAsync(cancel);
        Visits = await db.AssistanceVisits.AsNoTracking().Where(v => v.PlanId == id).OrderByDescending(v => v.Day).ThenByDescending(v => v.Id).Take(20).ToListAsync(cancel);
        return true;
    }

    internal sealed class MeasureForm
    {
        public Guid RequestId { get; set; } = Guid.CreateVersion7();
        public string? Kind { get; set; }
        public string? What { get; set; }
        public DateOnly? Start { get; set; }
        public DateOnly? Due { get; set; }
        public string? Cost { get; set; }
        public string? Payer { get; set; }
    }
}
