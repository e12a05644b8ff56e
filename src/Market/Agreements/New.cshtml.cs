using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Products;
using Shanhuo.Market.Sense;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agreements;

internal sealed class NewPage(ShanhuoDb db, MakeAgreementHandler make, MarketSense sense) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "kind")] public AgreementKind? Kind { get; set; }
    [BindProperty(SupportsGet = true, Name = "product")] public long? ProductId { get; set; }
    [BindProperty] public AgreementForm Form { get; set; } = new();

    public List<Product> Products { get; private set; } = [];
    public Product? Product { get; private set; }
    public List<Grade> Grades { get; private set; } = [];
    public List<OrganisationFact> Organisations { get; private set; } = [];
    public WeightUnit Unit => HttpContext.Weight();

    /// <summary>Is there room for more of the goods? A household that joins hears it before it signs.</summary>
    public Crowd? Crowd { get; private set; }

    /// <summary>Kind, and goods where the kind has any, are chosen first: the form depends on them.</summary>
    public bool IsChosen => Kind is { } kind && (!MakeAgreementHandler.HasGoods(kind) || Product is not null);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await Load(cancel);
        Form.Kind = Kind ?? AgreementKind.Production;
        Form.ProductId = Product?.Id;
        Form.Prices = [.. Grades.Select(g => new TypedGradePrice { Grade = g.Code })];
        Form.Plan = [.. Enumerable.Range(0, AgreementForm.PlanRows).Select(_ => new TypedDelivery())];
        if (db.Scope is { Role: Role.Cooperative, OrganisationId: { } own }) Form.SecondOrganisationId = own;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        (Kind, ProductId) = (Form.Kind, Form.ProductId);
        await Load(cancel);
        Upload? paper = null;
        if (Form.Paper is { Length: > 0 } && !(await Uploads.Read(Form.Paper, "Paper", FileKind.Paper, "market.upload-paper", cancel)).Ok(out paper, out var wrong)) return this.Refuse(wrong);
        if (!Form.ToRequest(db.Scope.County, MakeAgreementHandler.HasGoods(Form.Kind) ? Product : null, Unit, paper).Ok(out var request, out var no)) return this.Refuse(no);
        return (await make.Handle(request, cancel)).Ok(out var agreement, out no) ? RedirectToPage("View", new { agreement.Id }) : this.Refuse(no);
    }

    private async Task Load(CancellationToken cancel)
    {
        var county = db.Scope.County;
        Products = await db.Products.AsNoTracking().Where(p => p.County == county).OrderBy(p => p.Code).ToListAsync(cancel);
        Product = Products.Find(p => p.Id == ProductId);
        if (Product is not null)
        {
            Grades = await db.Grades.AsNoTracking().Where(g => g.ProductId == Product.Id).OrderBy(g => g.Rank).ToListAsync(cancel);
            Crowd = (await sense.Crowds(county, [Product.Id], cancel))[Product.Id];
        }
        Organisations = await db.OrganisationFacts.Where(o => o.Area == AreaCode.Country || (o.Area >= county && o.Area <= county.Last)).OrderBy(o => o.Kind).ThenBy(o => o.Code).ToListAsync(cancel);
    }
}
