using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;

namespace Shanhuo.Market.Shop;

/// <summary>What a buyer takes from one seller: one order.</summary>
internal sealed record CartGroup(string County, long Seller, IReadOnlyList<(OfferCard Card, int Units)> Lines)
{
    public Fen Goods => new(Lines.Sum(l => l.Card.Offer.Price.Value * l.Units));

    /// <summary>The groups of a cart.</summary>
    public static async Task<List<CartGroup>> Of(Cart cart, ShopReader shop, CancellationToken cancel)
    {
        var groups = new List<CartGroup>();
        foreach (var county in cart.Wishes.GroupBy(w => w.County))
        {
            var cards = await shop.Cards(county.Key, [.. county.Select(w => w.OfferId)], cancel);
            groups.AddRange(cards.GroupBy(c => c.Offer.SellerId).Select(g => new CartGroup(county.Key.ToString()[..6], g.Key, [.. g.Select(c => (c, cart.UnitsOf(c.Offer.Id)))])));
        }
        return groups;
    }
}

internal sealed class CartPage(ShopReader shop) : PageModel
{
    public IReadOnlyList<CartGroup> Groups { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Groups = await CartGroup.Of(Cart.Of(Request), shop, cancel);
}

/// <summary>Puts something into the cart, which is the browser's own; nothing is written here.</summary>
internal sealed class PutPage : PageModel
{
    public IActionResult OnGet(string? county, long offer, int units, string? take)
    {
        if (AreaCode.TryParse(county, out var area) && area.Level == AreaLevel.County && offer > 0) Cart.Of(Request).With(area, offer, take == "out" ? 0 : Math.Max(0, units)).Keep(Response);
        return Redirect("/shop/cart");
    }
}
