using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Statements;

internal sealed class CostsPage(WhoMayRead door, CurrentScope current, NetIncomeReader incomes, WriteCostHandler write, ShanhuoDb db, TimeProvider clock) : StatementPage(door, current)
{
    [BindProperty] public CostForm Form { get; set; } = new();
    public NetIncome Income { get; private set; } = null!;
    public IReadOnlyList<HouseholdCost> Costs { get; private set; } = [];
    public bool MayWrite => current.Scope.Role != Role.Auditor;
    public int Year => clock.Today.Year;

    public async Task<IActionResult> OnGetAsync(long? id, CancellationToken cancel)
    {
        if (!await Open(id, "costs", cancel)) return NotFound();
        Form = new CostForm { RequestId = Guid.CreateVersion7(), Day = clock.Today };
        await Load(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long? id, CancellationToken cancel)
    {
        if (!MayWrite || !await Open(id, "costs", cancel)) return NotFound();
        if ((await write.Handle(new WriteCost(Form.RequestId, Household, Form.Kind, Form.Amount, Form.Day), cancel)).Ok(out _, out var no)) return LocalRedirect(To("costs"));
        await Load(cancel);
        return this.Refuse(no);
    }

    public async Task<IActionResult> OnPostCrossOutAsync(long? id, long cost, CancellationToken cancel)
    {
        if (!MayWrite || !await Open(id, "costs", cancel)) return NotFound();
        if ((await write.CrossOut(Household, cost, cancel)).Ok(out _, out var no)) return LocalRedirect(To("costs"));
        await Load(cancel);
        return this.Refuse(no);
    }

    private async Task Load(CancellationToken cancel)
    {
        Income = await incomes.ThisYear(Household, cancel);
        Costs = await db.HouseholdCosts.AsNoTracking().Where(c => c.HouseholdId == Household.Id && !c.IsCrossedOut).OrderByDescending(c => c.Day).ThenByDescending(c => c.Id).Take(12).ToListAsync(cancel);
    }

    private readonly CurrentScope current = current;

    internal sealed class CostForm
    {
        public Guid RequestId { get; set; }
        public string? Kind { get; set; }
        public string? Amount { get; set; }
        public DateOnly? Day { get; set; }
    }
}
