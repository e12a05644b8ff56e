using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Surveys.Field;

internal sealed class IndexPage(ShanhuoDb db, TimeProvider clock) : PageModel
{
    public List<Row> Rows { get; private set; } = [];
    public List<Draft> Drafts { get; private set; } = [];
    public bool Runs => db.Scope.Role is Role.CountyStaff or Role.CountyOfficial;
    public bool Asks => db.Scope.Role != Role.Auditor;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var today = clock.Today;
        var surveys = await db.Surveys.AsNoTracking().OrderByDescending(s => s.Id).Take(50).ToListAsync(cancel);
        var open = await db.SurveyOpenings.AsNoTracking().Where(o => o.Until >= today).ToListAsync(cancel);
        Rows = [.. surveys.Select(s => new Row(s.Id, s.Name, s.IsInvented, open.Where(o => o.SurveyId == s.Id && (o.Area.Contains(db.Scope.Area) || db.Scope.Area.Contains(o.Area))).Select(o => (DateOnly?)o.Until).Max()))];
        var own = db.Scope.AccountId;
        Drafts = [.. (await db.Responses.Where(r => r.ByAccountId == own && r.State == ResponseState.Draft).OrderByDescending(r => r.Id).Take(20).Select(r => new { r.Id, r.SurveyId, r.Day }).ToListAsync(cancel))
            .Select(r => new Draft(r.Id, surveys.Find(s => s.Id == r.SurveyId)?.Name ?? "", r.Day))];
    }

    internal sealed record Row(long Id, string Name, bool IsInvented, DateOnly? Until);

    internal sealed record Draft(long Id, string Survey, DateOnly Day);
}
