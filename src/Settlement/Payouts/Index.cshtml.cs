using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Payouts;

/// <summary>Words and marks of states.</summary>
internal static class PayoutText
{
    /// <summary>A long number or hash in groups of eight, so that it wraps on a phone and can be compared by eye.</summary>
    public static string Spaced(string text) => string.Join(' ', text.Chunk(8).Select(c => new string(c)));

    public static string Key(FileState state) => state switch { FileState.Made => "payouts.file-made", FileState.Released => "payouts.file-out", _ => "payouts.file-back" };

    public static string Mark(FileState state) => state switch { FileState.Made => "wait", FileState.Released => "ok", _ => "stop" };

    public static string Key(LineState state) => state switch { LineState.Open => "payouts.line-open", LineState.Paid => "payouts.line-paid", _ => "payouts.line-returned" };

    public static string Mark(LineState state) => state switch { LineState.Open => "wait", LineState.Paid => "ok", _ => "warn" };

    public static string Key(AllowanceState state) => state switch { AllowanceState.Proposed => "payouts.cash-proposed", AllowanceState.Released => "payouts.cash-released", AllowanceState.Closed => "payouts.cash-closed", _ => "payouts.cash-refused" };

    public static string Mark(AllowanceState state) => state switch { AllowanceState.Proposed => "wait", AllowanceState.Released => "ok", AllowanceState.Closed => "ok", _ => "stop" };
}

internal sealed class PayoutsPage(ShanhuoDb db, MakePayoutFileHandler make, TimeProvider clock, Say say) : PageModel
{
    [BindProperty] public MakeForm Form { get; set; } = new();
    public Fen Owed { get; private set; }
    public int OwedHouseholds { get; private set; }
    public Fen Ready { get; private set; }
    public int ReadyHouseholds { get; private set; }
    public IReadOnlyList<AreaFact> Areas { get; private set; } = [];
    public IReadOnlyList<PayoutFile> Files { get; private set; } = [];
    public bool MayMake => db.Scope.Role is Role.CountyStaff or Role.CountyOfficial;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Form = new MakeForm { RequestId = Guid.CreateVersion7(), Minimum = "0" };
        await Load(cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayMake) return NotFound();
        if (Form.Read(db.Scope.County, say.Language).Ok(out var request, out var no) && (await make.Handle(request, cancel)).Ok(out var file, out no)) return LocalRedirect($"/settlement/payouts/file/{file.Id}");
        await Load(cancel);
        return this.Refuse(no);
    }

    private async Task Load(CancellationToken cancel)
    {
        var county = db.Scope.County;
        var owed = await db.PayablesOf(county, null, Fen.Zero).GroupBy(_ => 1).Select(g => new { Sum = g.Sum(p => (long)p.Balance), Count = g.Count() }).SingleOrDefaultAsync(cancel);
        (Owed, OwedHouseholds) = (new Fen(owed?.Sum ?? 0), owed?.Count ?? 0);
        var ready = await db.PayablesOf(county, null, Fen.Zero).Join(db.PayeesAt(county, clock.NowMs), p => p.HouseholdId, p => p.HouseholdId, (payable, _) => payable.Balance).GroupBy(_ => 1).Select(g => new { Sum = g.Sum(b => (long)b), Count = g.Count() }).SingleOrDefaultAsync(cancel);
        (Ready, ReadyHouseholds) = (new Fen(ready?.Sum ?? 0), ready?.Count ?? 0);
        var last = county.Last;
        Areas = await db.AreaFacts.Where(a => a.Code > county && a.Code <= last).OrderBy(a => a.Code).ToListAsync(cancel);
        Files = await db.PayoutFiles.AsNoTracking().Where(f => f.County == county).OrderByDescending(f => f.Number).Take(50).ToListAsync(cancel);
    }

    internal sealed class MakeForm
    {
        public Guid RequestId { get; set; }
        public string? Area { get; set; }
        public string? Minimum { get; set; }

        public Outcome<MakePayoutFile> Read(AreaCode county, Language language)
        {
            AreaCode? area = null;
            if (!string.IsNullOrEmpty(Area)) area = AreaCode.TryParse(Area, out var code) ? code : new AreaCode(-1);
            if (!Fen.TryParseYuan(string.IsNullOrWhiteSpace(Minimum) ? "0" : Minimum, out var minimum)) return new Refusal("payouts.not-money", Place.Input(nameof(Minimum)), Minimum ?? "");
            return new MakePayoutFile(RequestId, county, area, minimum, language);
        }
    }
}
