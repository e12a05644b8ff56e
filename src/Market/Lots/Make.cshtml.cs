using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Lots;

internal sealed class MakePage(ShanhuoDb db, MakeLotsHandler make) : PageModel
{
    private const int Outputs = 5;

    [BindProperty(SupportsGet = true)] public long From { get; set; }
    [BindProperty] public MakeForm Form { get; set; } = new();

    public List<LotLine> Sources { get; private set; } = [];
    public List<(Product Product, List<Grade> Grades)> Products { get; private set; } = [];
    public WeightUnit Unit => HttpContext.Weight();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        Form.Use = [.. Sources.Select(s => new MakeUse { LotId = s.Lot.Id })];
        Form.Into = [.. Enumerable.Range(0, Outputs).Select(_ => new MakeOutput())];
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        var from = new List<MakeFrom>();
        for (var i = 0; i < Form.Use.Count; i++)
        {
            var use = Form.Use[i];
            if (string.IsNullOrWhiteSpace(use.Quantity) || Sources.Find(s => s.Lot.Id == use.LotId) is not { } source) continue;
            if (!WeightChoice.TryParse(use.Quantity, source.Product, Unit, out var quantity)) return this.Refuse(new Refusal("market.intake-weight", Place.Input($"Use[{i}].Quantity"), use.Quantity));
            from.Add(new MakeFrom(use.LotId, quantity));
        }
        var into = new List<MakeInto>();
        for (var i = 0; i < Form.Into.Count; i++)
        {
            var output = Form.Into[i];
            var parts = (output.Goods ?? "").Split('|', 2);
            if (parts.Length != 2 || Products.Find(p => p.Product.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == parts[0]) is not { Product: { } product }) continue;
            if (!WeightChoice.TryParse(output.Quantity, product, Unit, out var quantity)) return this.Refuse(new Refusal("market.intake-weight", Place.Input($"Into[{i}].Quantity"), output.Quantity ?? ""));
            into.Add(new MakeInto(product.Id, parts[1], quantity));
        }
        var outcome = await make.Handle(new MakeLots(Form.RequestId, Sources[0].Lot.County, Form.Kind, from, into, string.IsNullOrWhiteSpace(Form.Note) ? null : Form.Note.Trim()), cancel);
        return outcome.Ok(out var making, out var no) ? RedirectToPage("Lot", new { Id = making.FirstLotId }) : this.Refuse(no);
    }

    // The lot that was chosen first, and those that may be mixed with it.
    private async Task<bool> Load(CancellationToken cancel)
    {
        var first = await db.MyLots.AsNoTracking().SingleOrDefaultAsync(l => l.Id == From, cancel);
        if (first is null) return false;
        var (products, grades) = (db.Products, db.Grades);
        var rows = await (from l in db.MyLots.Where(l => l.County == first.County && l.PlaceId == first.PlaceId && l.CooperativeId == first.CooperativeId && l.EnterpriseId == first.EnterpriseId && l.BoughtBy == first.BoughtBy && l.Manner == first.Manner && l.AgreementId == first.AgreementId && l.ClosedDay == null && l.Available > 0)
                          join p in products on l.ProductId equals p.Id
                          join g in grades on new { l.ProductId, Code = l.Grade } equals new { g.ProductId, g.Code }
                          orderby l.BestBefore, l.Id
                          select new { l, p, g }).AsNoTracking().Take(100).ToListAsync(cancel);
        Sources = [.. rows.Where(r => r.p.ByPiece == rows.Find(f => f.l.Id == From)?.p.ByPiece).OrderByDescending(r => r.l.Id == From).ThenByDescending(r => r.p.Id == first.ProductId).ThenBy(r => r.l.BestBefore).Select(r => new LotLine(r.l, r.p, r.g))];
        if (Sources.Count == 0) return false;
        var all = await db.Products.AsNoTracking().Where(p => p.County == first.County).OrderBy(p => p.Id == first.ProductId ? 0 : 1).ThenBy(p => p.Code).ToListAsync(cancel);
        var ids = all.Select(p => p.Id).ToList();
        var every = await db.Grades.AsNoTracking().Where(g => ids.Contains(g.ProductId)).OrderBy(g => g.Rank).ToListAsync(cancel);
        Products = [.. all.Select(p => (p, every.Where(g => g.ProductId == p.Id).ToList()))];
        return true;
    }
}

internal sealed class MakeForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public MakingKind Kind { get; set; }
    public List<MakeUse> Use { get; set; } = [];
    public List<MakeOutput> Into { get; set; } = [];
    public string? Note { get; set; }
}

internal sealed class MakeUse
{
    public long LotId { get; set; }
    public string? Quantity { get; set; }
}

internal sealed class MakeOutput
{
    /// <summary>Product and grade as <c>201|1</c>.</summary>
    public string? Goods { get; set; }
    public string? Quantity { get; set; }
}
