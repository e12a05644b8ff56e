using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Agents;

internal sealed class IndexPage(ShanhuoDb db, TimeProvider clock) : PageModel
{
    public bool IsStation => db.Scope.Role == Role.Station;
    public List<AgentSlip> Waiting { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        // What nobody approved for a week is forgotten, not owed.
        var since = clock.Today.AddDays(-7);
        if (IsStation) Waiting = await db.SlipsForMe.AsNoTracking().Where(s => s.Day >= since && (s.State == SlipState.Open || s.State == SlipState.Approved)).OrderByDescending(s => s.Id).Take(30).ToListAsync(cancel);
    }
}
