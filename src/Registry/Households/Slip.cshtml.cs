using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Households;

internal sealed class SlipPage(ShanhuoDb db, CodeSlips codes) : PageModel
{
    [BindProperty] public string? Household { get; set; }
    public HouseholdFact? For { get; private set; }
    public string? Number { get; private set; }
    public string Where => $"{Request.Scheme}://{Request.Host}/registry/households/firstcode";

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var asked = Numerals.Narrow(Household ?? "");
        For = await db.HouseholdFacts.SingleOrDefaultAsync(h => h.Code == asked, cancel);
        if (!(await codes.Issue(For?.Id ?? 0, cancel)).Ok(out var number, out var no)) return this.Refuse(no, "");
        Number = number;
        return Page();
    }
}
