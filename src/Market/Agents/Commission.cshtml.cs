using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agents;

internal sealed class CommissionPage(ShanhuoDb db, TimeProvider clock, Commissions commissions, Say say) : PageModel
{
    public DateOnly Shown { get; private set; }
    public List<TaskSum> Rows { get; private set; } = [];
    public Dictionary<long, string> Stations { get; private set; } = [];
    public Fen Earned => new(Rows.Where(r => r.Earned).Sum(r => r.Fee.Value));

    public async Task<IActionResult> OnGetAsync(string? month, CancellationToken cancel)
    {
        Shown = clock.Today;
        if (!string.IsNullOrEmpty(month))
        {
            if (!DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) || asked.Year is < 2000 or > 2100) return this.Refuse(new Refusal("agents.month-wrong", Place.Input("month"), month), "");
            Shown = asked;
        }
        Rows = await commissions.Of(Shown, cancel);
        var stations = Rows.Select(r => r.StationId).Distinct().ToList();
        Stations = await db.OrganisationFacts.Where(o => stations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.NameIn(say.Language), cancel);
        return Page();
    }
}
