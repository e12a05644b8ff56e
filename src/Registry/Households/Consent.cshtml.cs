using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Households;

internal sealed class ConsentPage(ShanhuoDb db, ConsentBook book) : PageModel
{
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public string? Paper { get; set; }

    public Household Home { get; private set; } = null!;
    public IReadOnlyList<Consent> Standing { get; private set; } = [];
    public bool IsOwn => db.Scope.HouseholdId is not null;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await Load(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, string purpose, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        return (await book.Give(id, purpose, Code, Paper, cancel)).Refused is { } no ? this.Refuse(no, "") : LocalRedirect($"/registry/households/consent/{id}");
    }

    public async Task<IActionResult> OnPostBackAsync(long id, string purpose, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        return (await book.TakeBack(id, purpose, cancel)).Refused is { } no ? this.Refuse(no, "") : LocalRedirect($"/registry/households/consent/{id}");
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        if (await db.Households.AsNoTracking().SingleOrDefaultAsync(h => h.Id == id && h.Until == null && (db.Scope.HouseholdId == null || db.Scope.HouseholdId == h.Id), cancel) is not { } home) return false;
        Home = home;
        Standing = await db.Consents.AsNoTracking().Where(c => c.HouseholdId == id && c.MemberId == null && c.Until == null).ToListAsync(cancel);
        return true;
    }
}
