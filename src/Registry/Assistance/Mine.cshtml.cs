using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Assistance;

/// <summary>The household's own plan in plain words, and its yes.</summary>
internal sealed class MinePage(ShanhuoDb db, PlanWork work, TimeProvider clock) : PageModel
{
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public int Seen { get; set; }
    public AssistancePlan? Plan { get; private set; }
    public List<Measure> Measures { get; private set; } = [];
    public DateOnly Today => clock.Today;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await Load(cancel) || Plan is null) return NotFound();
        if ((await work.Agree(Plan.Id, Seen, Code, cancel)).Refused is not { } no) return LocalRedirect("/registry/assistance/mine");
        await Load(cancel);
        return this.Refuse(no, "");
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (db.Scope.HouseholdId is not { } me) return false;
        Plan = await db.AssistancePlans.AsNoTracking().SingleOrDefaultAsync(p => p.HouseholdId == me && p.Until == null, cancel);
        if (Plan is { } plan) Measures = await db.AssistanceMeasures.AsNoTracking().Where(m => m.PlanId == plan.Id).OrderBy(m => m.DoneDay != null).ThenBy(m => m.Due).Take(5).ToListAsync(cancel);
        return true;
    }
}
