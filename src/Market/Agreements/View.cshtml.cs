using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agreements;

internal sealed class ViewPage(ShanhuoDb db, TimeProvider clock, EndAgreementHandler end) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public string? Reason { get; set; }

    public AgreementStanding? Standing { get; private set; }
    public OrganisationFact? First { get; private set; }
    public OrganisationFact? Second { get; private set; }
    public List<HouseholdFact> Households { get; private set; } = [];
    public Product? Product { get; private set; }
    public Dictionary<string, Grade> Grades { get; private set; } = [];
    public DateOnly Today => clock.Today;
    public WeightUnit Unit => HttpContext.Weight();
    public bool MayEnd => db.Scope.Role is Role.CountyStaff or Role.Cooperative;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostEndAsync(CancellationToken cancel)
    {
        if (!MayEnd) return Forbid();
        var outcome = await end.Handle(new EndAgreement(Id, Reason), cancel);
        if (outcome.Ok(out _, out var no)) return RedirectToPage(new { Id });
        return await Load(cancel) ? this.Refuse(no, "") : NotFound();
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        var agreement = await db.MyAgreements.AsNoTracking().SingleOrDefaultAsync(a => a.Id == Id, cancel);
        if (agreement is null) return false;
        Standing = (await AgreementStanding.Of(db, [agreement], Today, cancel))[0];
        First = await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == agreement.FirstOrganisationId, cancel);
        Second = await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == agreement.SecondOrganisationId, cancel);
        var (parties, households) = (db.AgreementHouseholds.Where(h => h.County == agreement.County && h.AgreementId == agreement.Id), db.HouseholdFacts);
        Households = await (from p in parties join h in households on p.HouseholdId equals h.Id orderby h.Code select h).ToListAsync(cancel);
        if (agreement.ProductId is { } product)
        {
            Product = await db.Products.AsNoTracking().SingleAsync(p => p.Id == product, cancel);
            Grades = await db.Grades.AsNoTracking().Where(g => g.ProductId == product).ToDictionaryAsync(g => g.Code, cancel);
        }
        return true;
    }
}
