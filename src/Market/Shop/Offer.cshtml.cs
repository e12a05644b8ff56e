using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Shop;

internal sealed class OfferPage(ShopWindow shop) : PageModel
{
    public OfferView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string place, string code, CancellationToken cancel)
    {
        if (!AreaCode.TryParse(place, out var county) || code.Length > 60 || await shop.Offer(county, code, cancel) is not { } view) return NotFound();
        View = view;
        HttpContext.HoldsWhile(ShopPulse.Product(county, view.Card.Product.Id), shop.HoldsUntil([view.Card, .. view.Others]));
        return Page();
    }
}
