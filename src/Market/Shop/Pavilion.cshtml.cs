using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Shop;

internal sealed class PavilionPage(ShopReader shop) : PageModel
{
    public Pavilion Pavilion { get; private set; } = null!;
    public IReadOnlyList<string> Categories { get; private set; } = [];
    public IReadOnlyList<OfferCard> Cards { get; private set; } = [];
    public string? Category { get; private set; }
    public int At { get; private set; }
    public int Pages { get; private set; }

    public async Task<IActionResult> OnGetAsync(string place, string? kind, [FromQuery(Name = "n")] int at, CancellationToken cancel)
    {
        if (!AreaCode.TryParse(place, out var code) || code.Level is not (AreaLevel.County or AreaLevel.Province)) return NotFound();
        await shop.Begin(cancel);
        Pavilion = await shop.Pavilion(code, cancel);
        Category = GoodsRules.Shipped.Categories.Any(c => c.Code == kind) ? kind : null;
        At = Math.Clamp(at, 1, 10_000);
        (var cards, var count) = await shop.Offers(code, Category, At, cancel);
        if (count == 0 && Pavilion.Name == code.ToString()) return NotFound();
        (Cards, Pages) = (cards, (count + ShopReader.PageSize - 1) / ShopReader.PageSize);
        At = Math.Min(At, Math.Max(1, Pages));
        Categories = await shop.Categories(code, cancel);
        if (code.Level == AreaLevel.County) HttpContext.HoldsWhile(ShopPulse.County(code), shop.HoldsUntil(Cards));
        return Page();
    }
}
