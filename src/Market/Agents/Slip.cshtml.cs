using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Agents;

internal sealed class SlipPage(ShanhuoDb db) : PageModel
{
    public SlipSheet Sheet { get; private set; } = null!;
    public bool IsStation => db.Scope.Role == Role.Station;
    public bool IsHousehold => db.Scope.HouseholdId is not null;
    public bool MayApprove => IsStation || IsHousehold;

    /// <summary>Why an offer is closed is said in few words under another key.</summary>
    public string Short => Sheet.Slip.Refused?.StartsWith("market.offer-", StringComparison.Ordinal) == true && Sheet.Slip.Refused is not ("market.offer-unknown" or "market.offer-most") ? "-short" : "";

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (await SlipSheet.Of(db, id, cancel) is not { } sheet) return NotFound();
        Sheet = sheet;
        return Page();
    }
}
