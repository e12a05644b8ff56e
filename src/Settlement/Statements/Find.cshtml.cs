using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Statements;

internal sealed class FindPage(ShanhuoDb db) : PageModel
{
    private const int Most = 20;

    [BindProperty(SupportsGet = true, Name = "q")] public string? Words { get; set; }
    public IReadOnlyList<(HouseholdFact Household, string Village)> Found { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var words = Numerals.Narrow(Words ?? "");
        if (words.Length == 0) return;
        var found = await (from h in db.HouseholdFacts
                           where h.Code == words || h.HeadName.StartsWith(words)
                           join a in db.AreaFacts on h.Area equals a.Code into areas
                           from area in areas.DefaultIfEmpty()
                           orderby h.Code
                           select new { Household = h, Village = area.Name }).Take(Most).ToListAsync(cancel);
        Found = [.. found.Select(f => (f.Household, f.Village ?? ""))];
    }
}
