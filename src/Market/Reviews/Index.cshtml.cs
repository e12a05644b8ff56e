using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Reviews;

internal sealed class IndexPage(ShanhuoDb db, TendReviewsHandler tend) : PageModel
{
    [BindProperty(SupportsGet = true)] public long? Before { get; set; }
    public IReadOnlyList<Review> Rows { get; private set; } = [];
    public Dictionary<long, string> Offers { get; private set; } = [];
    public long? Next { get; private set; }

    /// <summary>What was typed and refused.</summary>
    public (long Id, string? Words) Typed { get; private set; }
    public bool MayAnswer => db.Scope.Role is Role.Station or Role.Cooperative;
    public bool MayHide => db.Scope.Role is Role.CountyStaff;

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostAsync(long id, string? step, string? words, CancellationToken cancel)
    {
        Refusal? no;
        switch (step)
        {
            case "answer" when MayAnswer: no = await tend.Answer(id, words, cancel); break;
            case "hide" when MayHide: no = await tend.Hide(id, words, cancel); break;
            default: return Forbid();
        }
        if (no is null) return RedirectToPage(new { Before });
        Typed = (id, words);
        await Load(cancel);
        return this.Refuse(no, "");
    }

    private async Task Load(CancellationToken cancel)
    {
        var mine = db.MyReviews.AsNoTracking();
        if (Before is { } before) mine = mine.Where(r => r.Id < before);
        var rows = await mine.OrderByDescending(r => r.Id).Take(ReviewQueries.PageSize + 1).ToListAsync(cancel);
        if (rows.Count > ReviewQueries.PageSize) (Next, rows) = (rows[ReviewQueries.PageSize - 1].Id, rows[..ReviewQueries.PageSize]);
        Rows = rows;
        var (county, offers) = (db.Scope.County, rows.Select(r => r.OfferId).Distinct().ToList());
        Offers = offers.Count == 0 ? [] : await db.Unfiltered<Offers.Offer>("the title of an offer is public").Where(o => o.County == county && offers.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Title, cancel);
    }
}
