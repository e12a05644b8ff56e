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

    /// <summary>Key of why it could not be ordered, in words that need no figures.</summary>
    public string Why => Sheet.Slip.Refused switch
    {
        "market.cart-changed" => "agents.failed-price",
        "market.offer-most" or "market.offer-unknown" or null => "agents.failed-offer",
        { } code => code.StartsWith("market.offer-", StringComparison.Ordinal) ? code + "-short" : code,
    };

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (await SlipSheet.Of(db, id, cancel) is not { } sheet) return NotFound();
        Sheet = sheet;
        return Page();
    }
}
