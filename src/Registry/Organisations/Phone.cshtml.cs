using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Organisations;

internal sealed class PhonePage(SetPhoneHandler set) : PageModel
{
    [BindProperty] public string? Phone { get; set; }
    public Organisation Station { get; private set; } = null!;
    public bool IsDone { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await set.Own(cancel) is not { } own) return NotFound();
        (Station, Phone) = (own, own.Phone);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await set.Own(cancel) is not { } own) return NotFound();
        Station = own;
        var outcome = await set.Handle(Phone, cancel);
        if (!outcome.Ok(out _, out var no)) return this.Refuse(no, "");
        IsDone = true;
        return Page();
    }
}
