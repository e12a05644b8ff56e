using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Households;

internal sealed class LooksPage(ShanhuoDb db, CurrentScope current) : PageModel
{
    private const int Size = 10;

    public IReadOnlyList<LookFact> Looks { get; private set; } = [];
    public long? Older { get; private set; }
    public bool IsFirst { get; private set; }

    public async Task<IActionResult> OnGetAsync(long? before, CancellationToken cancel)
    {
        if (current.Scope.HouseholdId is not { } household) return NotFound();
        IsFirst = before is null;
        var looks = await db.LooksAt(household).Where(l => before == null || l.Id < before).OrderByDescending(l => l.Id).Take(Size + 1).ToListAsync(cancel);
        Looks = [.. looks.Take(Size)];
        Older = looks.Count > Size ? Looks[^1].Id : null;
        return Page();
    }
}
