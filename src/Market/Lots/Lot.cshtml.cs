using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Lots;

/// <summary>Who handed in how much of a lot.</summary>
internal sealed record GrowerLine(string? Name, string? Code, long Quantity);

internal sealed class LotPage(ShanhuoDb db, TimeProvider clock, WriteOffHandler writeOff, CloseLotHandler close) : PageModel
{
    public const int Most = 200;

    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public WriteOffForm Form { get; set; } = new();

    public Lot? Lot { get; private set; }
    public Product Product { get; private set; } = null!;
    public Grade Grade { get; private set; } = null!;
    public OrganisationFact? Place { get; private set; }
    public OrganisationFact? Seller { get; private set; }
    public OrganisationFact? Enterprise { get; private set; }
    public string? Agreement { get; private set; }
    public List<GrowerLine> Growers { get; private set; } = [];
    public int Households { get; private set; }
    public Fen MeanPrice { get; private set; }
    public List<LotMove> Moves { get; private set; } = [];
    public Dictionary<long, string> OtherLots { get; private set; } = [];
    public DateOnly Today => clock.Today;
    public WeightUnit Unit => HttpContext.Weight();

    /// <summary>Those who keep the goods, or the county that oversees them.</summary>
    public bool MayWork => db.Scope.Role is Role.Station or Role.CountyStaff;

    public bool MayLabel => db.Scope.Role is Role.Station or Role.Cooperative or Role.CountyStaff;

    public bool MayRecall => db.Scope.Role is Role.Station or Role.CountyStaff or Role.CountyOfficial or Role.Auditor;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostWriteOffAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        if (!MayWork) return Forbid();
        if (!WeightChoice.TryParse(Form.Quantity, Product, Unit, out var quantity)) return this.Refuse(new Refusal("market.intake-weight", Kernel.Place.Input("Quantity"), Form.Quantity ?? ""));
        var outcome = await writeOff.Handle(new WriteOff(Form.RequestId, Lot!.County, Id, Form.Kind, quantity, Form.Reason), cancel);
        return outcome.Ok(out _, out var no) ? RedirectToPage(new { Id }) : this.Refuse(no);
    }

    public async Task<IActionResult> OnPostCloseAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        if (!MayWork) return Forbid();
        return (await close.Handle(new CloseLot(Lot!.County, Id), cancel)).Ok(out _, out var no) ? RedirectToPage(new { Id }) : this.Refuse(no);
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        Lot = await db.MyLots.AsNoTracking().SingleOrDefaultAsync(l => l.Id == Id, cancel);
        if (Lot is not { } lot) return false;
        Product = await db.Products.AsNoTracking().SingleAsync(p => p.Id == lot.ProductId, cancel);
        Grade = await db.Grades.AsNoTracking().SingleAsync(g => g.ProductId == lot.ProductId && g.Code == lot.Grade, cancel);
        var organisations = await db.OrganisationFacts.Where(o => o.Id == lot.PlaceId || o.Id == lot.CooperativeId || o.Id == lot.EnterpriseId).ToListAsync(cancel);
        (Place, Seller, Enterprise) = (organisations.Find(o => o.Id == lot.PlaceId), organisations.Find(o => o.Id == lot.CooperativeId), organisations.Find(o => o.Id == lot.EnterpriseId));
        Agreement = lot.AgreementId is null ? null : await db.Agreements.Where(a => a.County == lot.County && a.Id == lot.AgreementId).Select(a => a.Number).SingleOrDefaultAsync(cancel);
        await LoadGrowers(lot, cancel);
        Moves = await db.LotMoves.AsNoTracking().Where(m => m.County == lot.County && m.LotId == lot.Id && m.Kind != MoveKind.Intake).OrderBy(m => m.Id).Take(Most).ToListAsync(cancel);
        var others = Moves.Where(m => m.Kind is MoveKind.UsedFor or MoveKind.MadeFrom && m.CauseId is not null).Select(m => m.CauseId!.Value).Distinct().ToList();
        OtherLots = await db.MyLots.Where(l => l.County == lot.County && others.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.Code, cancel);
        return true;
    }

    private async Task LoadGrowers(Lot lot, CancellationToken cancel)
    {
        var own = db.LotGrowers.Where(g => g.County == lot.County && g.LotId == lot.Id);
        Households = await own.Select(g => g.HouseholdId).Distinct().CountAsync(cancel);
        var (quantity, value) = (await own.SumAsync(g => g.Quantity, cancel), await own.SumAsync(g => g.Value, cancel));
        MeanPrice = quantity == 0 ? Fen.Zero : new Fen(Rounding.HalfEven(value, quantity));
        var households = db.HouseholdFacts;
        Growers = await (from g in own.OrderByDescending(g => g.Quantity).Take(Most) join h in households on g.HouseholdId equals h.Id into hs from household in hs.DefaultIfEmpty() orderby g.Quantity descending select new GrowerLine(household.HeadName, household.Code, g.Quantity)).ToListAsync(cancel);
    }
}

internal sealed class WriteOffForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public MoveKind Kind { get; set; } = MoveKind.Spoiled;
    public string? Quantity { get; set; }
    public string? Reason { get; set; }
}
