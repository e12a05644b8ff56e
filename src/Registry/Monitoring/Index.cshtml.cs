using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Procedure;

namespace Shanhuo.Registry.Monitoring;

internal sealed class IndexPage(ShanhuoDb db, IReadOnlyList<TriggerSet> triggers, Policies policies, FindWarnings find, TimeProvider clock) : PageModel
{
    public const int Most = 60;

    public bool Closed { get; private set; }
    public List<Row> Rows { get; private set; } = [];
    public bool More { get; private set; }
    public int Overdue { get; private set; }
    public int? Found { get; private set; }
    public TriggerSet Rule { get; private set; } = null!;
    public IncomeLine? Line { get; private set; }
    public DateOnly Today => clock.Today;
    public bool MayReport => db.Scope.Role != Role.Auditor;
    public bool MayLook => db.Scope.Role == Role.CountyOfficial;

    public Task OnGetAsync(bool closed, int? found, CancellationToken cancel)
    {
        Found = found;
        return Load(closed, cancel);
    }

    public async Task<IActionResult> OnPostLookAsync(CancellationToken cancel)
    {
        if (!MayLook) return Forbid();
        if ((await find.Handle(db.Scope.County, cancel)).Ok(out var found, out var no)) return LocalRedirect($"/registry/monitoring?found={found}");
        await Load(false, cancel);
        return this.Refuse(no, "");
    }

    private async Task Load(bool closed, CancellationToken cancel)
    {
        Closed = closed;
        Rule = triggers.Where(t => t.From <= Today).MaxBy(t => t.From) ?? triggers[0];
        Line = policies.Line("monitoring", Today);
        var warnings = closed ? db.Warnings.Where(w => w.Finding != Finding.None).OrderByDescending(w => w.CheckedDay).ThenBy(w => w.Id) : db.Warnings.Where(w => w.Finding == Finding.None).OrderBy(w => w.DueDay).ThenBy(w => w.Id);
        var found = await warnings.AsNoTracking().Take(Most + 1).ToListAsync(cancel);
        (More, found) = (found.Count > Most, [.. found.Take(Most)]);
        if (!closed) Overdue = await db.Warnings.CountAsync(w => w.Finding == Finding.None && w.DueDay < Today, cancel);
        var (homes, areas) = (found.Select(w => w.HouseholdId).ToList(), found.Select(w => w.Area).Distinct().ToList());
        var names = await db.Households.Where(h => homes.Contains(h.Id)).Select(h => new { h.Id, h.HeadName, h.Code }).ToDictionaryAsync(h => h.Id, cancel);
        var villages = await db.Areas.Where(a => areas.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => a.Name, cancel);
        Rows = [.. found.Where(w => names.ContainsKey(w.HouseholdId)).Select(w => new Row(w, names[w.HouseholdId].HeadName, names[w.HouseholdId].Code, villages.GetValueOrDefault(w.Area, "")))];
    }

    internal sealed record Row(Warning Warning, string Head, string Code, string Village);
}
