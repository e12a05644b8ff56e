using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Recalls;

internal sealed class IndexPage(ShanhuoDb db) : PageModel
{
    public const int Most = 100;

    public IReadOnlyList<LotRecall> Rows { get; private set; } = [];
    public Dictionary<long, int> Open { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var county = db.Scope.County;
        Rows = await db.LotRecalls.AsNoTracking().Where(r => r.County == county).OrderByDescending(r => r.Id).Take(Most).ToListAsync(cancel);
        var recalls = Rows.Select(r => r.Id).ToList();
        Open = recalls.Count == 0 ? [] : await db.RecallCalls.Where(c => c.County == county && recalls.Contains(c.RecallId) && (c.State == CallState.Open || c.State == CallState.NotReached)).GroupBy(c => c.RecallId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
    }
}
