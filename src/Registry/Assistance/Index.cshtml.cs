using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Assistance;

internal sealed class IndexPage(ShanhuoDb db, TimeProvider clock, MakePlanHandler make) : PageModel
{
    public const int Most = 60;

    [BindProperty] public Guid RequestId { get; set; }
    [BindProperty] public string? Household { get; set; }
    [BindProperty] public string? Helper { get; set; }
    [BindProperty] public string? WorkTeam { get; set; }
    public List<Late> Overdue { get; private set; } = [];
    public List<PlanRow> Plans { get; private set; } = [];
    public bool More { get; private set; }
    public DateOnly Today => clock.Today;
    public bool MayWrite => db.Scope.Role is Role.VillageCadre or Role.TownshipOfficial;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        RequestId = Guid.CreateVersion7();
        await Load(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        if ((await make.Handle(new MakePlan(RequestId, Household, Helper, WorkTeam), cancel)).Ok(out var id, out var no)) return LocalRedirect($"/registry/assistance/plan/{id}");
        await Load(cancel);
        return this.Refuse(no, "");
    }

    private async Task Load(CancellationToken cancel)
    {
        var today = Today;
        Overdue = await (from m in db.AssistanceMeasures.Where(m => m.DoneDay == null && m.Due < today)
                         join p in db.AssistancePlans on m.PlanId equals p.Id
                         join h in db.Households on m.HouseholdId equals h.Id
                         where p.Until == null
                         orderby m.Due, m.Id
                         select new Late(p.Id, h.HeadName, m.What, p.Helper, m.Due)).Take(Most).ToListAsync(cancel);
        var plans = await (from p in db.AssistancePlans.Where(p => p.Until == null) join h in db.Households on p.HouseholdId equals h.Id orderby p.Id descending select new { p.Id, h.HeadName, p.Helper, IsAgreed = p.AgreedDay != null }).Take(Most + 1).ToListAsync(cancel);
        (More, plans) = (plans.Count > Most, [.. plans.Take(Most)]);
        var ids = plans.Select(p => p.Id).ToList();
        var counts = await db.AssistanceMeasures.Where(m => ids.Contains(m.PlanId)).GroupBy(m => m.PlanId).Select(g => new { g.Key, All = g.Count(), Done = g.Count(m => m.DoneDay != null) }).ToDictionaryAsync(g => g.Key, cancel);
        Plans = [.. plans.Select(p => new PlanRow(p.Id, p.HeadName, p.Helper, counts.TryGetValue(p.Id, out var c) ? c.Done : 0, counts.TryGetValue(p.Id, out c) ? c.All : 0, p.IsAgreed))];
    }

    internal sealed record Late(long PlanId, string Head, string What, string Helper, DateOnly Due);

    internal sealed record PlanRow(long Id, string Head, string Helper, int Done, int All, bool IsAgreed);
}
