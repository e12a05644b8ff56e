using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Shop;

/// <summary>An offer to be shown in a chat group or hung up: name, price, unit and its address as a code.</summary>
internal sealed class CardPage(ShopWindow shop) : PageModel
{
    public OfferCard Card { get; private set; } = null!;
    public string Address => $"{Request.Scheme}://{Request.Host}{ShopWords.Path(Card.Offer)}";

    public async Task<IActionResult> OnGetAsync(string place, string code, CancellationToken cancel)
    {
        if (!AreaCode.TryParse(place, out var county) || code.Length > 60 || await shop.Offer(county, code, cancel) is not { } view) return NotFound();
        Card = view.Card;
        return Page();
    }
}
