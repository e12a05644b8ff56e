using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;
using Shanhuo.Market.Shop;

namespace Shanhuo.Market.Bulk;

/// <summary>A buyer's question as it is typed.</summary>
internal sealed record AskForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public long ProductId { get; set; }
    public string? Quantity { get; set; }
    public DateOnly? WantedDay { get; set; }
    public string? Organisation { get; set; }
    public string? Name { get; set; }
    public string? Phone { get; set; }
    public string? Province { get; set; }
    public string? Address { get; set; }
    public string? Words { get; set; }
}

/// <summary>Asks a county, or the seller of one offer, for a quotation; open to guests. What is answered stands on a page of its own.</summary>
internal sealed class AskPage(IServiceScopeFactory scopes, ShopWindow window, ShopReader shop, Secrets secrets, Say say) : PageModel
{
    [BindProperty] public AskForm Form { get; set; } = new();
    public OfferCard? Offer { get; private set; }
    public IReadOnlyList<Product> Products { get; private set; } = [];
    public string County { get; private set; } = "";
    public string CountyName { get; private set; } = "";
    public WeightUnit Unit => say.Language == Language.En ? WeightUnit.Kilogram : WeightUnit.Jin;

    public async Task<IActionResult> OnGetAsync(string? county, string? offer, CancellationToken cancel) => await Load(county, offer, cancel) is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(string? county, string? offer, CancellationToken cancel)
    {
        if (await Load(county, offer, cancel) is not { } area) return NotFound();
        var product = Offer?.Product ?? Products.FirstOrDefault(p => p.Id == Form.ProductId);
        if (product is null) return this.Refuse(new Refusal("market.order-product", Place.Input("ProductId")));
        if (!WeightChoice.TryParse(Form.Quantity, product, Unit, out var quantity)) return this.Refuse(new Refusal("offers.unread", Place.Input("Quantity"), Form.Quantity ?? ""));
        if (Form.WantedDay is not { } day) return this.Refuse(new Refusal("bulk.wanted-day", Place.Input("WantedDay"), BulkRules.Shipped.MostDays));
        if (!new CheckoutForm { Name = Form.Name, Phone = Form.Phone, Province = Form.Province, Address = Form.Address }.ToRecipient(County).Ok(out var to, out var no)) return this.Refuse(no);
        var outcome = await scopes.In(area, s => s.GetRequiredService<AskQuoteHandler>().Handle(new AskQuote(Form.RequestId, Offer?.Offer.Code, product.Id, null, quantity, day, Form.Organisation ?? "", to, Form.Words ?? ""), cancel));
        return outcome.Ok(out var quote, out no) ? Redirect("/shop/quote/" + OrderKey.Of(secrets, area, quote.Id, QuoteRequest.Page)) : this.Refuse(no);
    }

    private async Task<AreaCode?> Load(string? county, string? offer, CancellationToken cancel)
    {
        if (!AreaCode.TryParse(county, out var area) || area.Level != AreaLevel.County) return null;
        (County, CountyName) = (area.ToString()[..6], await shop.Pavilion(area, cancel) is var p ? say.Pick(p.Name, p.NameEn) : "");
        if (offer is { Length: > 0 and <= 60 })
        {
            if (await window.Offer(area, offer, cancel) is not { Card: { Offer.State: OfferState.Open } card }) return null;
            Offer = card;
            return area;
        }
        // Only what the county has published: the window is public.
        Products = await scopes.In(area, async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            var offered = db.Offers.Where(o => o.County == area && o.State == OfferState.Open).Select(o => o.ProductId);
            return await db.Products.AsNoTracking().Where(x => x.County == area && offered.Contains(x.Id)).OrderBy(x => x.Code).ToListAsync(cancel);
        });
        return Products.Count == 0 ? null : area;
    }
}
