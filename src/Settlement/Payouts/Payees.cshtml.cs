using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Payouts;

internal sealed class PayeesPage(ShanhuoDb db, TimeProvider clock) : PageModel
{
    private const int Most = 50;

    [BindProperty(SupportsGet = true, Name = "q")] public string? Words { get; set; }
    public bool Without { get; private set; }
    public IReadOnlyList<HouseholdFact> Found { get; private set; } = [];
    public IReadOnlyList<(HouseholdFact Household, Payee Payee)> Waiting { get; private set; } = [];

    public async Task OnGetAsync(bool? without, CancellationToken cancel)
    {
        var county = db.Scope.County;
        Waiting = [.. (await (
            from p in db.Payees.AsNoTracking()
            where p.County == county && p.State == PayeeState.Proposed
            join h in db.HouseholdFacts on p.HouseholdId equals h.Id
            orderby p.AtMs
            select new { h, p }).Take(Most).ToListAsync(cancel)).Select(x => (x.h, x.p))];
        if (Words is { Length: > 0 } words)
        {
            var narrow = Numerals.Narrow(words);
            Found = await db.HouseholdFacts.Where(h => h.Code == narrow || h.HeadName.Contains(narrow)).OrderBy(h => h.Code).Take(Most).ToListAsync(cancel);
        }
        else if (without == true)
        {
            Without = true;
            var payees = db.PayeesAt(county, clock.NowMs);
            Found = await db.PayablesOf(county, null, Fen.Zero).Where(p => !payees.Any(x => x.HouseholdId == p.HouseholdId)).Take(Most)
                .Select(p => new HouseholdFact { Id = p.HouseholdId, Code = p.Code, Area = p.Area, HeadName = p.HeadName }).ToListAsync(cancel);
        }
    }
}
