using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Campaigns;
using Shanhuo.Market.Products;
using Shanhuo.Market.Sense;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Offers;

internal sealed class NewPage(ShanhuoDb db, TimeProvider clock, WriteOfferHandler write, MarketSense sense, Say say) : PageModel
{
    [BindProperty] public OfferForm Form { get; set; } = new();
    public IReadOnlyList<Product> Products { get; private set; } = [];
    public Product? Product { get; private set; }
    public IReadOnlyList<Grade> Grades { get; private set; } = [];
    public IReadOnlyList<OrganisationFact> Sellers { get; private set; } = [];

    public IReadOnlyList<OrganisationFact> Stations { get; private set; } = [];
    public IReadOnlyList<Campaign> Campaigns { get; private set; } = [];

    /// <summary>Is there room for one more of the product?</summary>
    public Crowd? Crowd { get; private set; }
    public bool IsWrong => !ModelState.IsValid;

    /// <summary>Document without which the offer would stay closed, in words; null: all are there.</summary>
    public string? Missing { get; private set; }

    public async Task OnGetAsync(OfferKind kind, long? product, CancellationToken cancel)
    {
        Form.Kind = Enum.IsDefined(kind) ? kind : OfferKind.Fixed;
        Form.ProductId = product ?? 0;
        await Load(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await Load(cancel);
        if (Product is null || !Enum.IsDefined(Form.Kind)) return this.Refuse(new Refusal("market.order-product"));
        if (!Form.ToRequest(Product).Ok(out var request, out var no)) return this.Refuse(no);
        return (await write.Handle(request, cancel)).Ok(out _, out no) ? Redirect("/market/offers") : this.Refuse(no.Where.Column switch { "DepositPpm" => no with { Where = Place.Input("Deposit") }, "CommissionPpm" => no with { Where = Place.Input("Commission") }, "ClosesMs" => no with { Where = Place.Input("Closes") }, _ => no });
    }

    private async Task Load(CancellationToken cancel)
    {
        var county = db.Scope.County;
        Products = await db.Products.AsNoTracking().Where(p => p.County == county).OrderBy(p => p.Code).ToListAsync(cancel);
        Product = Products.FirstOrDefault(p => p.Id == Form.ProductId);
        if (Product is not { } product) return;
        Crowd = (await sense.Crowds(county, [product.Id], cancel))[product.Id];
        Grades = await db.Grades.AsNoTracking().Where(g => g.ProductId == product.Id).OrderBy(g => g.Rank).ToListAsync(cancel);
        var (first, last, own) = (db.Scope.FirstArea, db.Scope.LastArea, db.Scope.OrganisationId);
        Sellers = await db.OrganisationFacts.Where(o => o.Area >= first && o.Area <= last && (own == null || o.Id == own) && o.Kind != OrganisationKind.Platform && o.Kind != OrganisationKind.Collective).OrderBy(o => o.Kind == OrganisationKind.Cooperative ? 0 : 1).ThenBy(o => o.Code).ToListAsync(cancel);
        var (today, lastArea) = (clock.Today, county.Last);
        Stations = await db.OrganisationFacts.Where(o => o.Area >= county && o.Area <= lastArea && (o.Kind == OrganisationKind.VillageStation || o.Kind == OrganisationKind.TownshipStation)).OrderBy(o => o.Id == own ? 0 : 1).ThenBy(o => o.Code).ToListAsync(cancel);
        Campaigns = await db.Campaigns.AsNoTracking().Where(c => c.County == county && c.Until >= today).OrderByDescending(c => c.Until).ToListAsync(cancel);
        var seller = Form.SellerId != 0 ? Form.SellerId : Sellers.Count > 0 ? Sellers[0].Id : 0;
        var there = await db.Certificates.Where(c => c.County == county && c.OrganisationId == seller && (c.ProductId == null || c.ProductId == product.Id) && c.From <= today && c.Until >= today && c.RevokedDay == null).Select(c => c.Kind).ToListAsync(cancel);
        if (GoodsRules.Shipped.Missing(product.Category, there) is { } kind) Missing = GoodsRules.Shipped.Documents.First(d => d.Code == kind) is var d ? say.Pick(d.Zh, d.En) : null;
    }
}
