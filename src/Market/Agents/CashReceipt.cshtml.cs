using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agents;

internal sealed class CashReceiptPage(ShanhuoDb db, Say say) : PageModel
{
    public CashSlip Slip { get; private set; } = null!;
    public string Station { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        var (county, own) = (db.Scope.County, db.Scope.OrganisationId);
        if (await db.CashSlips.AsNoTracking().SingleOrDefaultAsync(s => s.County == county && s.Id == id && (own == null || s.StationId == own), cancel) is not { } slip) return NotFound();
        Slip = slip;
        Station = (await db.OrganisationFacts.SingleAsync(o => o.Id == slip.StationId, cancel)).NameIn(say.Language);
        return Page();
    }
}
