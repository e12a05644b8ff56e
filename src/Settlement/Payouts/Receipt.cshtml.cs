using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Payouts;

internal sealed class ReceiptPage(ShanhuoDb db, Say say) : PageModel
{
    public CashPayment Payment { get; private set; } = null!;
    public string Station { get; private set; } = "";
    public string Head { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (await db.CashPayments.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancel) is not { } payment) return NotFound();
        Payment = payment;
        Station = await db.OrganisationFacts.Where(o => o.Id == payment.StationId).SingleAsync(cancel) is { } station ? station.NameIn(say.Language) : "";
        Head = await db.HouseholdFacts.Where(h => h.Id == payment.HouseholdId).Select(h => h.HeadName).SingleOrDefaultAsync(cancel) ?? "";
        return Page();
    }
}
