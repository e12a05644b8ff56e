using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Offers;

/// <summary>A document as it is typed.</summary>
internal sealed record DocumentForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public string? Kind { get; set; }
    public long OrganisationId { get; set; }
    public long? ProductId { get; set; }
    public string? Number { get; set; }
    public DateOnly? From { get; set; }
    public DateOnly? Until { get; set; }
}

/// <summary>Documents of sellers; one that expires closes their offers by itself.</summary>
internal sealed class DocumentsPage(ShanhuoDb db, Ids ids, TimeProvider clock, OfferBook offers, Say say) : PageModel
{
    [BindProperty] public DocumentForm Form { get; set; } = new();
    public IReadOnlyList<(Certificate Document, string Organisation, string? Product)> Rows { get; private set; } = [];
    public IReadOnlyList<OrganisationFact> Sellers { get; private set; } = [];
    public IReadOnlyList<Product> Products { get; private set; } = [];
    public DateOnly Today => clock.Today;
    public bool MayWrite => db.Scope.Role is Role.Cooperative or Role.CountyStaff;

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        await Load(cancel);
        var county = db.Scope.County;
        if (await db.Certificates.AnyAsync(c => c.County == county && c.RequestId == Form.RequestId, cancel)) return RedirectToPage();
        if (GoodsRules.Shipped.Documents.All(d => d.Code != Form.Kind)) return this.Refuse(new Refusal("offers.document-kind", Place.Input("Kind")));
        if (Sellers.FirstOrDefault(s => s.Id == Form.OrganisationId) is not { } seller) return this.Refuse(new Refusal("offers.seller", Place.Input("OrganisationId")));
        if (Form.ProductId is { } product && Products.All(p => p.Id != product)) return this.Refuse(new Refusal("market.order-product", Place.Input("ProductId")));
        var number = Numerals.Narrow(Form.Number ?? "").Trim();
        if (number.Length is < 3 or > 60) return this.Refuse(new Refusal("offers.document-number", Place.Input("Number")));
        if (Form.From is not { } from || Form.Until is not { } until || until < from || until > from.AddYears(10)) return this.Refuse(new Refusal("offers.document-days", Place.Input("Until")));
        db.Certificates.Add(new Certificate { Id = ids.Next(), County = county, RequestId = Form.RequestId, Area = seller.Area, Kind = Form.Kind!, OrganisationId = seller.Id, ProductId = Form.ProductId, Number = number, From = from, Until = until, ByAccountId = db.Scope.AccountId });
        await db.SaveChangesAsync(cancel);
        await offers.ShowAnew(county, o => o.SellerId == seller.Id, cancel);
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostRevokeAsync(long id, CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        var (county, own, today) = (db.Scope.County, db.Scope.OrganisationId, clock.Today);
        var document = db.Certificates.Where(c => c.County == county && c.Id == id && (own == null || c.OrganisationId == own));
        await document.Where(c => c.RevokedDay == null).ExecuteUpdateAsync(set => set.SetProperty(c => c.RevokedDay, today), cancel);
        await offers.ShowAnew(county, o => document.Any(c => c.OrganisationId == o.SellerId), cancel);
        return RedirectToPage();
    }

    private async Task Load(CancellationToken cancel)
    {
        var county = db.Scope.County;
        var (first, last, own) = (db.Scope.FirstArea, db.Scope.LastArea, db.Scope.OrganisationId);
        Products = await db.Products.AsNoTracking().Where(p => p.County == county).OrderBy(p => p.Code).ToListAsync(cancel);
        Sellers = await db.OrganisationFacts.Where(o => o.Area >= first && o.Area <= last && (own == null || o.Id == own) && o.Kind != OrganisationKind.Platform && o.Kind != OrganisationKind.Collective).OrderBy(o => o.Code).ToListAsync(cancel);
        var (names, goods) = (Sellers.ToDictionary(s => s.Id, s => say.Pick(s.Name, s.NameEn)), Products.ToDictionary(p => p.Id, p => say.Pick(p.Name, p.NameEn)));
        Rows = [.. (await db.Certificates.AsNoTracking().Where(c => c.County == county && (own == null || c.OrganisationId == own)).OrderByDescending(c => c.Until).ThenBy(c => c.Id).Take(300).ToListAsync(cancel)).Select(c => (c, names.GetValueOrDefault(c.OrganisationId, ""), c.ProductId is { } p ? goods.GetValueOrDefault(p) : null))];
    }
}
