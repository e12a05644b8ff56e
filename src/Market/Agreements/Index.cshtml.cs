using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agreements;

internal sealed class AgreementsPage(ShanhuoDb db, TimeProvider clock) : PageModel
{
    public const int Most = 200;

    public List<AgreementStanding> Agreements { get; private set; } = [];
    public Dictionary<long, OrganisationFact> Organisations { get; private set; } = [];
    public Dictionary<long, int> Households { get; private set; } = [];
    public Dictionary<long, Product> Products { get; private set; } = [];
    public DateOnly Today => clock.Today;
    public WeightUnit Unit => HttpContext.Weight();
    public bool MayMake => db.Scope.Role is Role.CountyStaff or Role.Cooperative;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var agreements = await db.MyAgreements.AsNoTracking().OrderBy(a => a.EndedDay != null).ThenByDescending(a => a.Until).ThenBy(a => a.Number).Take(Most).ToListAsync(cancel);
        Agreements = await AgreementStanding.Of(db, agreements, Today, cancel);
        var (ids, organisations) = (agreements.Select(a => a.Id).ToList(), agreements.SelectMany(a => new[] { a.FirstOrganisationId, a.SecondOrganisationId ?? 0 }).Distinct().ToList());
        Organisations = await db.OrganisationFacts.Where(o => organisations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        Households = await db.AgreementHouseholds.Where(h => ids.Contains(h.AgreementId)).GroupBy(h => h.AgreementId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        Products = await db.Products.AsNoTracking().ToDictionaryAsync(p => p.Id, cancel);
    }
}
