using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Shop;

/// <summary>When the goods of a county are in season.</summary>
internal sealed class CalendarPage(ShopWindow shop, TimeProvider clock) : PageModel
{
    public Pavilion Pavilion { get; private set; } = null!;
    public IReadOnlyList<Product> Goods { get; private set; } = [];
    public string County => Pavilion.Area.ToString()[..6];
    public int Month => clock.Today.Month;

    public async Task<IActionResult> OnGetAsync(string place, CancellationToken cancel)
    {
        if (!AreaCode.TryParse(place, out var county) || county.Level != AreaLevel.County) return NotFound();
        (Pavilion, Goods) = await shop.Seasons(county, cancel);
        if (Goods.Count == 0 && Pavilion.Name == county.ToString()) return NotFound();
        return Page();
    }
}
