using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Audit;

internal sealed class LinePage(LineReader lines) : PageModel
{
    public LineTrail Trail { get; private set; } = null!;
    public int Number { get; private set; }
    public AreaCode County { get; private set; }

    public async Task<IActionResult> OnGetAsync(string county, long id, CancellationToken cancel, int page = 1)
    {
        if (!AreaCode.TryParse(county, out var area) || area.Level != AreaLevel.County) return NotFound();
        (County, Number) = (area, Math.Clamp(page, 1, 100_000));
        if (await lines.Line(area, id, Number, cancel) is not { } trail) return NotFound();
        Trail = trail;
        return Page();
    }
}
