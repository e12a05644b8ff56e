using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Areas;

internal sealed class IndexPage(ShanhuoDb db) : PageModel
{
    public Area? Here { get; private set; }
    public IReadOnlyList<Area> Above { get; private set; } = [];
    public IReadOnlyList<Area> Below { get; private set; } = [];
    public int VillageUnits { get; private set; }
    public int ResidentsUnits { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? code, CancellationToken cancel)
    {
        var at = AreaCode.Country;
        if (code is { Length: > 0 })
        {
            if (!AreaCode.TryParse(code, out at)) return NotFound();
            Here = await db.Areas.SingleOrDefaultAsync(a => a.Code == at, cancel);
            if (Here is null) return NotFound();
            var above = Enumerable.Range((int)AreaLevel.Province, (int)at.Level - (int)AreaLevel.Province).Select(l => at.At((AreaLevel)l)).ToList();
            Above = await db.Areas.Where(a => above.Contains(a.Code)).OrderBy(a => a.Level).ToListAsync(cancel);
            var units = db.Areas.Where(a => a.Level == AreaLevel.Village && a.Code >= at && a.Code <= at.Last);
            VillageUnits = at.Level == AreaLevel.Village ? 0 : await units.CountAsync(cancel);
            ResidentsUnits = await units.CountAsync(a => a.IsResidentsCommittee, cancel);
        }
        Below = await db.Areas.Where(a => a.Parent == at && a.Code != at).OrderBy(a => a.Code).ToListAsync(cancel);
        return Page();
    }

    /// <summary>Latitude and longitude in degrees.</summary>
    public string Point(Area area) => string.Create(CultureInfo.InvariantCulture, $"{area.LatitudeMicro / 1_000_000m:0.00000}, {area.LongitudeMicro / 1_000_000m:0.00000}");
}
