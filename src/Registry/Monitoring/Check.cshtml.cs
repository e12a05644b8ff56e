using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Monitoring;

internal sealed class CheckPage(ShanhuoDb db, Ids ids, TimeProvider clock, CheckWarningHandler check) : PageModel
{
    [BindProperty] public Guid RequestId { get; set; }
    [BindProperty] public string? Text { get; set; }
    [BindProperty] public Finding Finding { get; set; }
    [BindProperty] public string? Category { get; set; }
    public Warning Warning { get; private set; } = null!;
    public string Head { get; private set; } = "";
    public string Code { get; private set; } = "";
    public string Village { get; private set; } = "";
    public DateOnly Today => clock.Today;

    // The check opens a case with its first step, which is the village's.
    public bool MayCheck => db.Scope.Role == Role.VillageCadre && db.Scope.Area.Level == AreaLevel.Village;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        RequestId = Guid.CreateVersion7();
        if (!await Load(id, cancel)) return NotFound();
        db.RecordLook(ids, clock, Warning.HouseholdId, "warning");
        await db.SaveChangesAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        if (!MayCheck) return Forbid();
        if ((await check.Handle(new CheckWarning(RequestId, id, Finding, Text, Category), cancel)).Ok(out var opened, out var no)) return LocalRedirect(opened is { } caseId ? $"/registry/procedure/case/{caseId}" : $"/registry/monitoring/check/{id}");
        await Load(id, cancel);
        return this.Refuse(no, "");
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        if (await db.Warnings.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancel) is not { } warning) return false;
        Warning = warning;
        var home = await db.Households.Where(h => h.Id == warning.HouseholdId).Select(h => new { h.HeadName, h.Code }).SingleAsync(cancel);
        (Head, Code) = (home.HeadName, home.Code);
        Village = await db.Areas.Where(a => a.Code == warning.Area).Select(a => a.Name).SingleOrDefaultAsync(cancel) ?? "";
        return true;
    }
}
