using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Procedure;

internal sealed class DecisionPage(ShanhuoDb db, Ids ids, TimeProvider clock, CaseReader reader) : PageModel
{
    public CaseTold Told { get; private set; } = null!;
    public string Word => Told.Row.End switch { CaseEnd.Approved => "approved", CaseEnd.Refused => "refused", _ => "upheld" };

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (await reader.Read(id, cancel) is not { Row.End: not CaseEnd.None } told) return NotFound();
        Told = told;
        if (told.Row.HouseholdId == 0 || db.Scope.HouseholdId is not null) return Page();
        db.RecordLook(ids, clock, told.Row.HouseholdId, "case");
        await db.SaveChangesAsync(cancel);
        return Page();
    }
}
