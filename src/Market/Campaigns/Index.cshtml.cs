using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Campaigns;

internal sealed class IndexPage(ShanhuoDb db) : PageModel
{
    public IReadOnlyList<Campaign> Rows { get; private set; } = [];
    public bool MayWrite => db.Scope.Role is Role.Cooperative or Role.CountyStaff;
    public string County => db.Scope.County.ToString()[..6];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var county = db.Scope.County;
        Rows = await db.Campaigns.AsNoTracking().Where(c => c.County == county).OrderByDescending(c => c.Id).Take(100).ToListAsync(cancel);
    }
}
