using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Procedure;

internal sealed class NoticesPage(ShanhuoDb db, Policies policies, TimeProvider clock) : PageModel
{
    private const int Most = 100;

    public List<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Response.Headers["X-Robots-Tag"] = "noindex";
        var notices = await Procedure.Notices.Public(db, clock.Today).AsNoTracking().OrderBy(n => n.LastDay).ThenBy(n => n.Area).Take(Most).ToListAsync(cancel);
        var areas = notices.Select(n => n.Area).Distinct().ToList();
        var names = await db.Areas.Where(a => areas.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => a.Name, cancel);
        Rows = [.. notices.Select(n => new Row(n, policies.Of(n.Policy, n.Kind).Kind, names.GetValueOrDefault(n.Area, "")))];
    }

    internal sealed record Row(Notice Notice, KindRule Kind, string Village);
}
