using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Epcis;

internal sealed record NumbersForm
{
    public string? Address { get; set; }
    public long OrganisationId { get; set; }
    public string? Prefix { get; set; }
    public string? Gln { get; set; }
    public long ProductId { get; set; }
    public string? Gtin { get; set; }
}

internal sealed class NumbersPage(ShanhuoDb db, SetNumbersHandler set, Say say) : PageModel
{
    private const int Most = 500;

    [BindProperty] public NumbersForm Form { get; set; } = new();
    [TempData] public string? Done { get; set; }
    public string? Address { get; private set; }
    public List<Product> Products { get; private set; } = [];
    public List<OrganisationFact> Sellers { get; private set; } = [];
    public List<Gs1Party> Parties { get; private set; } = [];
    public List<ProductGtin> Gtins { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await Load(cancel);
        Form.Address = Address;
    }

    public Task<IActionResult> OnPostAddressAsync(CancellationToken cancel) => After(set.Address(db.Scope.County, Form.Address, cancel), cancel);

    public Task<IActionResult> OnPostPartyAsync(CancellationToken cancel) => After(set.Party(db.Scope.County, Form.OrganisationId, Form.Prefix, Form.Gln, cancel), cancel);

    public Task<IActionResult> OnPostGtinAsync(CancellationToken cancel) => After(set.Gtin(db.Scope.County, Form.ProductId, Form.OrganisationId, Form.Gtin, cancel), cancel);

    private async Task<IActionResult> After(Task<Outcome<Done>> setting, CancellationToken cancel)
    {
        if ((await setting).Refused is { } no)
        {
            await Load(cancel);
            return this.Refuse(no);
        }
        Done = say["epcis.saved"];
        return RedirectToPage();
    }

    private async Task Load(CancellationToken cancel)
    {
        var county = db.Scope.County;
        var last = county.Last;
        Address = await db.TraceAddresses.Where(a => a.County == county).Select(a => a.Base).SingleOrDefaultAsync(cancel);
        Products = await db.Products.AsNoTracking().Where(p => p.County == county).OrderBy(p => p.Code).Take(Most).ToListAsync(cancel);
        Sellers = await db.OrganisationFacts.Where(o => o.Area >= county && o.Area <= last && o.Kind != OrganisationKind.Platform).OrderBy(o => o.Code).Take(Most).ToListAsync(cancel);
        Parties = await db.Gs1Parties.AsNoTracking().Where(p => p.County == county).OrderBy(p => p.Prefix).Take(Most).ToListAsync(cancel);
        Gtins = await db.ProductGtins.AsNoTracking().Where(g => g.County == county).OrderBy(g => g.Gtin).Take(Most).ToListAsync(cancel);
    }
}
