using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Lots;

/// <summary>Data of origin of a lot, as the 832 platform asks for it: how many households stand behind it, never which.</summary>
internal sealed class OriginPage(ShanhuoDb db, Secrets secrets, TimeProvider clock, Say say) : PageModel
{
    public Lot Lot { get; private set; } = null!;
    public Product Product { get; private set; } = null!;
    public PackLabel Label { get; private set; } = null!;
    public string County { get; private set; } = "";
    public int Households { get; private set; }
    public int Villages { get; private set; }
    public DateOnly Today => clock.Today;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (await LabelFiles.Of(db, secrets, say, HttpContext, id, cancel) is not { } label) return NotFound();
        Label = label;
        Lot = await db.MyLots.AsNoTracking().SingleAsync(l => l.Id == id, cancel);
        var county = Lot.County;
        Product = await db.Products.AsNoTracking().SingleAsync(p => p.Id == Lot.ProductId, cancel);
        County = await db.AreaFacts.SingleOrDefaultAsync(a => a.Code == county, cancel) is { } area ? say.Pick(area.Name, area.NameEn) : county.ToString();
        var growers = await db.Unfiltered<LotGrower>("whoever meets a lot may say how many households stand behind it").Where(g => g.County == county && g.LotId == id).Select(g => new { g.HouseholdId, g.Village }).ToListAsync(cancel);
        (Households, Villages) = (growers.Select(g => g.HouseholdId).Distinct().Count(), growers.Select(g => g.Village).Distinct().Count());
        return Page();
    }
}
