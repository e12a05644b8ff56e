using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Counter;

/// <summary>A sale with what one must know to settle it.</summary>
internal sealed record CounterRow(CounterSale Sale, Product? Product, string Station, IReadOnlyList<(long Id, string Number)> Holders);

internal sealed class IndexPage(ShanhuoDb db, MergeSales merge, Say say) : PageModel
{
    private const int Most = 100, MostHolders = 10;

    [BindProperty] public IFormFile? Upload { get; set; }
    [TempData] public string? Done { get; set; }
    public IReadOnlyList<CounterRow> Rows { get; private set; } = [];
    public IReadOnlyList<Refusal> Wrong { get; private set; } = [];
    public bool IsStation => db.Scope.Role == Role.Station;
    public bool MaySettle => db.Scope.Role == Role.CountyStaff;

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!IsStation) return Forbid();
        if (Upload is not { Length: > 0 }) return await No(new Refusal("import.no-file"), cancel);
        await using var stream = Upload.OpenReadStream();
        (var sales, Wrong) = await CounterSheet.Read(db, stream, Upload.FileName, cancel);
        if (Wrong.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            await Load(cancel);
            return Page();
        }
        if (!(await merge.Handle(sales, cancel)).Ok(out var kept, out var no)) return await No(no, cancel);
        Done = say["counter.done", kept.Count(s => s.State == CounterSaleState.Taken), kept.Count(s => s.State == CounterSaleState.Waiting)];
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostAgainAsync(long id, CancellationToken cancel) =>
        !MaySettle ? Forbid() : (await merge.Again(id, cancel)).Refused is { } no ? await No(no, cancel) : RedirectToPage();

    public async Task<IActionResult> OnPostVoidAsync(long id, string? why, CancellationToken cancel) =>
        !MaySettle ? Forbid() : await merge.Void(id, why, cancel) is { } no ? await No(no, cancel) : RedirectToPage();

    private async Task<IActionResult> No(Refusal no, CancellationToken cancel)
    {
        await Load(cancel);
        return this.Refuse(no with { Where = Place.None }, "");
    }

    private async Task Load(CancellationToken cancel)
    {
        var county = db.Scope.County;
        var sales = await db.CounterSalesForMe.AsNoTracking().OrderBy(s => s.State).ThenByDescending(s => s.Id).Take(Most).ToListAsync(cancel);
        var (codes, stations) = (sales.Select(s => s.Lot).Distinct().ToList(), sales.Select(s => s.StationId).Distinct().ToList());
        var (lots, products, lines) = (db.Lots, db.Products, db.OrderLines);
        var goods = await (from l in lots join p in products on l.ProductId equals p.Id where l.County == county && codes.Contains(l.Code) select new { l.Code, l.Id, Product = p }).AsNoTracking().ToDictionaryAsync(l => l.Code, cancel);
        var names = await db.OrganisationFacts.Where(o => stations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => say.Pick(o.Name, o.NameEn), cancel);
        var rows = new List<CounterRow>();
        foreach (var sale in sales)
        {
            var of = goods.GetValueOrDefault(sale.Lot);
            var holders = of is null || !MaySettle || sale is not { State: CounterSaleState.Waiting, Why: "market.lot-short" } ? [] : await db.Orders.Where(o => o.County == county && (o.State == OrderState.Unpaid || o.State == OrderState.Placed) && lines.Any(l => l.County == county && l.OrderId == o.Id && l.LotId == of.Id))
                .OrderByDescending(o => o.State == OrderState.Unpaid).ThenByDescending(o => o.Id).Take(MostHolders).Select(o => new { o.Id, o.Number }).ToListAsync(cancel);
            rows.Add(new CounterRow(sale, of?.Product, names.GetValueOrDefault(sale.StationId, ""), [.. holders.Select(h => (h.Id, h.Number))]));
        }
        Rows = rows;
    }
}
