using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Households;

internal sealed class FirstCodePage(CodeSlips codes) : PageModel
{
    [BindProperty] public string? Household { get; set; }
    [BindProperty] public string? Number { get; set; }
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public string? Again { get; set; }
    public bool IsDone { get; private set; }

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if ((await codes.Use(Household, Number?.Replace(" ", "", StringComparison.Ordinal), Code, Again, cancel)).Refused is { } no) return this.Refuse(no, "");
        IsDone = true;
        return Page();
    }
}
