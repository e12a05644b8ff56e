using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Agents;

internal sealed class CashPage(TakeCashHandler cash) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "number")] public string? Number { get; set; }
    public CashBill? Bill { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Number)) return Page();
        if (!(await cash.Find(Number, cancel)).Ok(out var bill, out var no)) return this.Refuse(no, "");
        Bill = bill;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string? payment, long shown, CancellationToken cancel)
    {
        if ((await cash.Take(Number, payment ?? "", new Fen(shown), cancel)).Ok(out var slip, out var no)) return Redirect($"/market/agents/cashreceipt?id={slip.Id}");
        if ((await cash.Find(Number, cancel)).Ok(out var bill, out _)) Bill = bill;
        return this.Refuse(no, "");
    }
}
