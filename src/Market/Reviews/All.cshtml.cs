using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Reviews;

/// <summary>All that buyers said of an offer.</summary>
internal sealed class AllPage(ShanhuoDb db) : PageModel
{
    public Offer Offer { get; private set; } = null!;
    public IReadOnlyList<ReviewLine> Rows { get; private set; } = [];
    public long? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync(string place, string code, long? before, CancellationToken cancel)
    {
        if (!AreaCode.TryParse(place, out var county) || code.Length > 60 || await db.Unfiltered<Offer>("the shop window is public").Published.AsNoTracking().SingleOrDefaultAsync(o => o.County == county && o.Code == code, cancel) is not { } offer) return NotFound();
        var rows = await db.ShownReviews(county, offer.Id, before, ReviewQueries.PageSize + 1, cancel);
        (Offer, Rows, Next) = (offer, rows[..Math.Min(rows.Count, ReviewQueries.PageSize)], rows.Count > ReviewQueries.PageSize ? rows[ReviewQueries.PageSize - 1].Id : null);
        return Page();
    }
}
