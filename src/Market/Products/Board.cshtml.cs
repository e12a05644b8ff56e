using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;

namespace Shanhuo.Market.Products;

internal sealed class BoardPage(ShanhuoDb db, TimeProvider clock, SetBoardPricesHandler set) : PageModel
{
    [BindProperty] public List<TypedPriceForm> Prices { get; set; } = [];
    [TempData] public int? Changed { get; set; }

    public DateOnly Today { get; private set; }
    public List<BoardLine> Lines { get; private set; } = [];
    public WeightUnit Unit => HttpContext.Weight();
    public bool IsHousehold => db.Scope.Role == Role.Household;
    public bool MayEdit => db.Scope.Role == Role.CountyStaff;

    public async Task OnGetAsync(CancellationToken cancel) => await Load(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayEdit) return Forbid();
        var outcome = await set.Handle(new SetBoardPrices(db.Scope.County, [.. Prices.Select(p => new TypedPrice(p.ProductId, p.Grade ?? "", p.Yuan))]), cancel);
        if (outcome.Ok(out var changed, out var no))
        {
            Changed = changed;
            return RedirectToPage();
        }
        await Load(cancel);
        return this.Refuse(no, "");
    }

    private async Task Load(CancellationToken cancel)
    {
        Today = clock.Today;
        Lines = await db.Board(db.Scope.County, Today, null, cancel);
        if (Prices.Count == 0) Prices = [.. Lines.Select(l => new TypedPriceForm { ProductId = l.Product.Id, Grade = l.Grade.Code })];
    }
}

internal sealed class TypedPriceForm
{
    public long ProductId { get; set; }
    public string? Grade { get; set; }
    public string? Yuan { get; set; }
}
