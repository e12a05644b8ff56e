using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Households;

/// <summary>Leads a household to its own page of the register.</summary>
internal sealed class MinePage(CurrentScope current) : PageModel
{
    public IActionResult OnGet() => current.Scope.HouseholdId is { } id ? LocalRedirect($"/registry/households/show/{id}") : NotFound();
}
