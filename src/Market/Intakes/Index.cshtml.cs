using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Intakes;

/// <summary>A line of the list.</summary>
internal sealed record IntakeLine(Intake Intake, Product Product, string Grade, string Household);

internal sealed class IntakesPage(ShanhuoDb db, TimeProvider clock, Say say) : PageModel
{
    public const int Most = 300;

    [BindProperty(SupportsGet = true)] public DateOnly? Day { get; set; }

    public DateOnly Shown { get; private set; }
    public List<IntakeLine> Waiting { get; private set; } = [];
    public List<IntakeLine> OfDay { get; private set; } = [];
    public (int Confirmed, Fen Amount, int Waiting) Sums { get; private set; }
    public WeightUnit Unit => HttpContext.Weight();
    public bool IsStation => db.Scope.Role == Role.Station;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Shown = Day ?? clock.Today;
        Waiting = await Lines(db.IntakesForMe.Where(i => i.State == IntakeState.Unconfirmed).OrderBy(i => i.Day).ThenBy(i => i.Id), cancel);
        OfDay = await Lines(db.IntakesForMe.Where(i => i.Day == Shown).OrderByDescending(i => i.Id), cancel);
        var confirmed = OfDay.Where(l => l.Intake.State == IntakeState.Confirmed).ToList();
        Sums = (confirmed.Count, confirmed.Aggregate(Fen.Zero, (sum, l) => sum + l.Intake.Amount), OfDay.Count(l => l.Intake.State == IntakeState.Unconfirmed));
    }

    private async Task<List<IntakeLine>> Lines(IQueryable<Intake> intakes, CancellationToken cancel)
    {
        var (products, grades, households) = (db.Products, db.Grades, db.HouseholdFacts);
        var rows = await (from i in intakes.Take(Most)
                          join p in products on i.ProductId equals p.Id
                          join g in grades on new { i.ProductId, Code = i.Grade } equals new { g.ProductId, g.Code }
                          join h in households on i.HouseholdId equals h.Id into hs
                          from household in hs.DefaultIfEmpty()
                          select new { Intake = i, Product = p, Grade = g, Name = household.HeadName, household.Code }).AsNoTracking().ToListAsync(cancel);
        return [.. rows.Select(r => new IntakeLine(r.Intake, r.Product, say.Pick(r.Grade.Name, r.Grade.NameEn), $"{r.Name} {r.Code}"))];
    }
}
