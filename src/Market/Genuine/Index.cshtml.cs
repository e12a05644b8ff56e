using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Genuine;

/// <summary>The county's reports; a seller reads the answers to those that were found to be so of its goods.</summary>
internal sealed class IndexPage(ShanhuoDb db, TimeProvider clock) : PageModel
{
    public const int Most = 100;

    [BindProperty(SupportsGet = true)] public FakeOutcome State { get; set; }
    public IReadOnlyList<FakeReport> Rows { get; private set; } = [];
    public bool IsCounty => db.Scope.Role is Role.CountyStaff or Role.CountyOfficial;
    public DateOnly Today => clock.Today;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var (county, own, state) = (db.Scope.County, db.Scope.OrganisationId, Enum.IsDefined(State) ? State : FakeOutcome.Open);
        if (!IsCounty && state is FakeOutcome.Open or FakeOutcome.Unfounded) state = FakeOutcome.Warned;
        // A report lies where the goods are kept; the seller sits perhaps elsewhere.
        var rows = (IsCounty ? db.FakeReports : db.Unfiltered<FakeReport>("a seller reads what was answered of its own goods").Where(r => r.SellerId == own)).AsNoTracking().Where(r => r.County == county && r.Outcome == state);
        rows = state == FakeOutcome.Open ? rows.OrderBy(r => r.DueDay).ThenBy(r => r.Id) : rows.OrderByDescending(r => r.DueDay).ThenByDescending(r => r.Id);
        (Rows, State) = (await rows.Take(Most).ToListAsync(cancel), state);
    }
}
