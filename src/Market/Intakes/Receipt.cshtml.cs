using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Intakes;

internal sealed class ReceiptPage(ShanhuoDb db) : PageModel
{
    public IntakeSheet? Sheet { get; private set; }
    public WeightUnit Unit => HttpContext.Weight();
    public bool IsStation => db.Scope.Role == Role.Station;
    public bool IsHousehold => db.Scope.HouseholdId is not null;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        Sheet = await IntakeSheet.Of(db, id, cancel);
        return Sheet is null ? NotFound() : Page();
    }
}
