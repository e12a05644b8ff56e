using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Agreements;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Intakes;

internal sealed class ReceivePage(ShanhuoDb db, TimeProvider clock, ReceiveIntakeHandler receive) : PageModel
{
    private const int Shown = 30;

    [BindProperty(SupportsGet = true, Name = "household")] public long? HouseholdId { get; set; }
    [BindProperty(SupportsGet = true, Name = "product")] public long? ProductId { get; set; }
    [BindProperty(SupportsGet = true, Name = "q")] public string? Query { get; set; }
    [BindProperty] public ReceiveForm Form { get; set; } = new();

    public OrganisationFact? Station { get; private set; }
    public WeightUnit Unit { get; private set; }
    public int SlipsToday { get; private set; }
    public long? LastProduct { get; private set; }
    public List<HouseholdFact> Households { get; private set; } = [];
    public Dictionary<AreaCode, string> Villages { get; private set; } = [];
    public HouseholdFact? Household { get; private set; }
    public List<Product> Products { get; private set; } = [];
    public Product? Product { get; private set; }
    public List<BoardLine> Grades { get; private set; } = [];
    public List<(Agreement Agreement, List<AgreementPrice> Prices)> Agreements { get; private set; } = [];
    public List<OrganisationFact> Cooperatives { get; private set; } = [];
    public List<OrganisationFact> Buyers { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        await Load(cancel);
        Form = new ReceiveForm { HouseholdId = HouseholdId ?? 0, ProductId = ProductId ?? 0, Unit = Unit == WeightUnit.Kilogram ? "kg" : "jin", AgreementId = Agreements.FirstOrDefault().Agreement?.Id, CooperativeId = Cooperatives.FirstOrDefault()?.Id };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        (HouseholdId, ProductId) = (Form.HouseholdId, Form.ProductId);
        await Load(cancel);
        if (Station is null || Product is null) return this.Refuse(new Refusal("market.intake-product"));
        if (!Form.ToRequest(Station.Id, Product).Ok(out var request, out var no)) return this.Refuse(no);
        if (!(await receive.Handle(request, cancel)).Ok(out var intake, out no)) return this.Refuse(no);
        // The next seller of a morning mostly brings the same.
        Response.Cookies.Append("product", $"{intake.ProductId}", new CookieOptions { MaxAge = TimeSpan.FromHours(12), IsEssential = true, HttpOnly = true, SameSite = SameSiteMode.Lax });
        return RedirectToPage("Approve", new { intake.Id });
    }

    private async Task Load(CancellationToken cancel)
    {
        Unit = HttpContext.Weight();
        var today = clock.Today;
        Station = db.Scope.OrganisationId is { } own ? await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == own, cancel) : null;
        if (Station is null) return;
        SlipsToday = await db.IntakesForMe.CountAsync(i => i.Day == today && i.State != IntakeState.Cancelled, cancel);
        if (HouseholdId is { } id) Household = await db.HouseholdFacts.SingleOrDefaultAsync(h => h.Id == id, cancel);
        if (Household is null) await Find(cancel);
        else await Offer(Household, today, cancel);
    }

    private async Task Find(CancellationToken cancel)
    {
        LastProduct = long.TryParse(Request.Cookies["product"], out var last) && await db.Products.AnyAsync(p => p.Id == last && p.County == Station!.Area.County, cancel) ? last : null;
        if (string.IsNullOrWhiteSpace(Query))
        {
            var recent = await db.IntakesForMe.OrderByDescending(i => i.Day).ThenByDescending(i => i.Id).Select(i => i.HouseholdId).Take(200).ToListAsync(cancel);
            var last20 = recent.Distinct().Take(20).ToList();
            var found = await db.HouseholdFacts.Where(h => last20.Contains(h.Id)).ToListAsync(cancel);
            Households = [.. last20.Select(h => found.Find(f => f.Id == h)).OfType<HouseholdFact>()];
            if (Households.Count == 0) Households = await db.HouseholdFacts.OrderBy(h => h.Area).ThenBy(h => h.Code).Take(Shown).ToListAsync(cancel);
        }
        else
        {
            var asked = Numerals.Narrow(Query).ToUpperInvariant();
            var villages = await db.AreaFacts.Where(a => a.Level == AreaLevel.Village && a.Code >= db.Scope.FirstArea && a.Code <= db.Scope.LastArea && a.Name.Contains(asked)).Select(a => a.Code).ToListAsync(cancel);
            Households = await db.HouseholdFacts.Where(h => h.Code.ToUpper().Contains(asked) || h.HeadName.Contains(asked) || (h.VillageGroup != null && h.VillageGroup.Contains(asked)) || villages.Contains(h.Area)).OrderBy(h => h.Code).Take(Shown).ToListAsync(cancel);
        }
        var shown = Households.Select(h => h.Area).Distinct().ToList();
        Villages = await db.AreaFacts.Where(a => shown.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => a.Name, cancel);
    }

    private async Task Offer(HouseholdFact household, DateOnly today, CancellationToken cancel)
    {
        var county = Station!.Area.County;
        Villages = await db.AreaFacts.Where(a => a.Code == household.Area).ToDictionaryAsync(a => a.Code, a => a.Name, cancel);
        Products = await db.Products.Where(p => p.County == county).OrderBy(p => p.Code).ToListAsync(cancel);
        Product = Products.Find(p => p.Id == ProductId);
        if (Product is null) return;
        Grades = await db.Board(county, today, Product.Id, cancel);
        var memberOf = await db.CooperativesOf(household.Id, today).ToListAsync(cancel);
        var agreements = await db.OpenAgreements(county, Product.Id, household.Id, memberOf, today).OrderBy(a => a.Until).ToListAsync(cancel);
        var ids = agreements.Select(a => a.Id).ToList();
        var prices = await db.AgreementPrices.Where(p => p.County == county && ids.Contains(p.AgreementId)).ToListAsync(cancel);
        Agreements = [.. agreements.Select(a => (a, prices.Where(p => p.AgreementId == a.Id).ToList()))];
        Cooperatives = await db.OrganisationFacts.Where(o => memberOf.Contains(o.Id)).OrderBy(o => o.Code).ToListAsync(cancel);
        Buyers = await db.OrganisationFacts.Where(o => (o.Kind == OrganisationKind.Enterprise || o.Kind == OrganisationKind.Platform || o.Kind == OrganisationKind.Cooperative) && (o.Area == AreaCode.Country || (o.Area >= county && o.Area <= county.Last))).OrderBy(o => o.Kind).ThenBy(o => o.Code).ToListAsync(cancel);
    }
}
