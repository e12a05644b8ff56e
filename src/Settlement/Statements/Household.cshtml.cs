using Microsoft.AspNetCore.Mvc;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Statements;

internal sealed class HouseholdPage(WhoMayRead door, CurrentScope current, StatementReader statements) : StatementPage(door, current)
{
    public HouseholdMoney Money { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long? id, CancellationToken cancel)
    {
        if (id is null && current.Scope.HouseholdId is null) return RedirectToPage("/Settlement/Statements/Find");
        if (!await Open(id, "statement", cancel)) return NotFound();
        Money = await statements.Money(Household, cancel);
        return Page();
    }

    private readonly CurrentScope current = current;
}
