using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Lots;

internal sealed record LotLine(Lot Lot, Product Product, Grade Grade);

internal sealed class LotsPage(ShanhuoDb db, TimeProvider clock) : PageModel
{
    public const int Most = 50;

    [BindProperty(SupportsGet = true)] public long? Place { get; set; }
    [BindProperty(SupportsGet = true)] public bool Closed { get; set; }

    /// <summary>Which page of the list, from 1.</summary>
    [BindProperty(SupportsGet = true)] public int Number { get; set; } = 1;

    public bool More { get; private set; }

    public List<IGrouping<string, LotLine>> Places { get; private set; } = [];
    public List<OrganisationFact> AllPlaces { get; private set; } = [];
    public int Count { get; private set; }
    public DateOnly Today => clock.Today;
    public WeightUnit Unit => HttpContext.Weight();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Number = Math.Clamp(Number, 1, 10_000);
        var (products, grades) = (db.Products, db.Grades);
        var lots = db.MyLots.Where(l => Place == null || l.PlaceId == Place);
        if (!Closed) lots = lots.Where(l => l.ClosedDay == null);
        var rows = await (from l in lots.OrderBy(l => l.PlaceId).ThenBy(l => l.BestBefore).ThenBy(l => l.Id).Skip((Number - 1) * Most).Take(Most + 1)
                          join p in products on l.ProductId equals p.Id
                          join g in grades on new { l.ProductId, Code = l.Grade } equals new { g.ProductId, g.Code }
                          orderby l.PlaceId, l.BestBefore, l.Id
                          select new { l, p, g }).AsNoTracking().ToListAsync(cancel);
        More = rows.Count > Most;
        if (More) rows.RemoveAt(Most);
        Count = rows.Count;
        var placeIds = await db.MyLots.Where(l => l.ClosedDay == null).Select(l => l.PlaceId).Distinct().OrderBy(p => p).Take(500).ToListAsync(cancel);
        placeIds.AddRange(rows.Select(r => r.l.PlaceId));
        AllPlaces = await db.OrganisationFacts.Where(o => placeIds.Contains(o.Id)).OrderBy(o => o.Code).ToListAsync(cancel);
        Places = [.. rows.Select(r => new LotLine(r.l, r.p, r.g)).GroupBy(r => AllPlaces.Find(p => p.Id == r.Lot.PlaceId)?.Name ?? "—")];
    }
}
