using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Shop;

internal sealed class PavilionPage(ShopWindow shop) : PageModel
{
    public Pavilion Pavilion { get; private set; } = null!;
    public IReadOnlyList<PictureFact> Pictures { get; private set; } = [];
    public IReadOnlyList<string> Categories { get; private set; } = [];
    public IReadOnlyList<OfferCard> Cards { get; private set; } = [];
    public string? Category { get; private set; }
    public int At { get; private set; }

    /// <summary>Does any of its goods name a season?</summary>
    public bool HasSeasons { get; private set; }
    public int Pages { get; private set; }

    public async Task<IActionResult> OnGetAsync(string place, string? kind, [FromQuery(Name = "n")] int at, CancellationToken cancel)
    {
        if (!AreaCode.TryParse(place, out var code) || code.Level is not (AreaLevel.County or AreaLevel.Province)) return NotFound();
        Category = GoodsRules.Shipped.Categories.Any(c => c.Code == kind) ? kind : null;
        (var pavilion, var cards, var count, Categories) = await shop.Page(code, Category, at, cancel);
        (Pavilion, Pictures) = (pavilion.Words, pavilion.Pictures);
        if (count == 0 && Pavilion.Name == code.ToString()) return NotFound();
        (Cards, Pages) = (cards, (count + ShopWindow.PageSize - 1) / ShopWindow.PageSize);
        At = Math.Clamp(at, 1, Math.Max(1, Pages));
        HasSeasons = code.Level == AreaLevel.County && (await shop.Seasons(code, cancel)).Goods.Count > 0;
        HttpContext.HoldsWhile(ShopPulse.Area(code), shop.HoldsUntil(Cards));
        return Page();
    }
}
