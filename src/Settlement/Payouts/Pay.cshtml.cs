using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Payouts;

internal sealed class PayPage(ShanhuoDb db, CashAtStation cash) : PageModel
{
    [BindProperty] public PayForm Form { get; set; } = new();
    [BindProperty(SupportsGet = true, Name = "q")] public string? Words { get; set; }
    public CashAllowance Allowance { get; private set; } = null!;
    public HouseholdFact? Chosen { get; private set; }
    public Fen Owed { get; private set; }
    public IReadOnlyList<Payable> Found { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long allowance, long? household, CancellationToken cancel)
    {
        if (!await Load(allowance, household, cancel)) return NotFound();
        Form = new PayForm { RequestId = Guid.CreateVersion7(), Amount = (Owed < Allowance.Left ? Owed : Allowance.Left).ToString() };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long allowance, long household, CancellationToken cancel)
    {
        if (!await Load(allowance, household, cancel)) return NotFound();
        if (!Fen.TryParseYuan(Form.Amount, out var amount)) return this.Refuse(new Refusal("payouts.not-money", Place.Input("Amount"), Form.Amount ?? ""));
        if ((await cash.Handle(new PayCash(Form.RequestId, allowance, household, amount, Form.Code ?? ""), cancel)).Ok(out var payment, out var no)) return LocalRedirect($"/settlement/payouts/receipt/{payment.Id}");
        return this.Refuse(no);
    }

    private async Task<bool> Load(long id, long? household, CancellationToken cancel)
    {
        if (await db.CashAllowances.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id && a.State == AllowanceState.Released, cancel) is not { } allowance) return false;
        Allowance = allowance;
        if (household is { } chosen)
        {
            Chosen = await db.HouseholdFacts.SingleOrDefaultAsync(h => h.Id == chosen, cancel);
            if (Chosen is null) return false;
            Owed = await db.LedgerAccounts.Where(a => a.County == allowance.County && a.Role == "household" && a.Owner == Chosen.Code).Select(a => a.Balance).SingleOrDefaultAsync(cancel);
            return true;
        }
        var words = Numerals.Narrow(Words ?? "");
        Found = await db.PayablesOf(allowance.County, null, Fen.Zero).Where(p => words == "" || p.Code == words || p.HeadName.Contains(words)).Take(30).ToListAsync(cancel);
        return true;
    }

    internal sealed class PayForm
    {
        public Guid RequestId { get; set; }
        public string? Amount { get; set; }
        public string? Code { get; set; }
    }
}
