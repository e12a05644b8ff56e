using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Changes;

internal sealed class IndexPage(ShanhuoDb db) : PageModel
{
    private const int Size = 30;

    public sealed record Row(ChangeRequest Request, string? HeadName);

    public IReadOnlyList<Row> Waiting { get; private set; } = [];
    public IReadOnlyList<Row> Others { get; private set; } = [];
    public bool ShowsEnded { get; private set; }

    public async Task OnGetAsync(bool ended, CancellationToken cancel)
    {
        ShowsEnded = ended;
        var asked = db.ChangeRequests.AsNoTracking().Where(c => ended ? c.State != ChangeState.Open : c.State == ChangeState.Open).OrderByDescending(c => c.AtMs).Take(Size);
        var rows = await (from c in asked join h in db.Households on c.HouseholdId equals h.Id into homes from home in homes.DefaultIfEmpty() select new Row(c, home.HeadName)).ToListAsync(cancel);
        var mine = rows.ToLookup(r => !ended && r.Request.ByAccountId != db.Scope.AccountId && ChangeRoutes.MayTake(db.Scope.Role, r.Request.NextStep));
        (Waiting, Others) = ([.. mine[true]], [.. mine[false]]);
    }
}
