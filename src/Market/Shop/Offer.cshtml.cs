using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Shop;

internal sealed class OfferPage(ShopReader shop) : PageModel
{
    public OfferView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string place, string code, CancellationToken cancel)
    {
        if (!AreaCode.TryParse(place, out var county) || code.Length > 60 || await shop.Offer(county, code, cancel) is not { } view) return NotFound();
        View = view;
        return Page();
    }
}
