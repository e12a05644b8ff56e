using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Close;

/// <summary>A line of the book as it is shown.</summary>
/// <param name="Payee">Name of the household or worker, or null.</param>
internal sealed record CashRow(CashEntry Entry, string? Payee, RentDue? Rent, int? Corrects, bool Undone);

internal sealed class CashBookPage(ShanhuoDb db, CashBook book, TimeProvider clock) : BooksPage(db)
{
    private const int Rows = 50;

    [BindProperty] public CashForm Form { get; set; } = new();
    [BindProperty] public UndoForm Undo { get; set; } = new();
    public IReadOnlyList<CashRow> Entries { get; private set; } = [];
    public IReadOnlyList<CooperativeMember> Members { get; private set; } = [];
    public IReadOnlyList<RentDue> Rents { get; private set; } = [];
    public Fen Income { get; private set; }
    public Fen Costs { get; private set; }
    public int? Older { get; private set; }

    public async Task<IActionResult> OnGetAsync(long? cooperative, int? before, CancellationToken cancel)
    {
        if (!await Open(cooperative, cancel)) return NotFound();
        Form = new CashForm { RequestId = Guid.CreateVersion7(), Day = clock.Today };
        await Load(before, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long? cooperative, CancellationToken cancel)
    {
        if (!MayWrite || !await Open(cooperative, cancel)) return NotFound();
        if (Form.Read(Cooperative.Id).Ok(out var request, out var no) && (await book.Handle(request, cancel)).Ok(out _, out no)) return LocalRedirect($"/settlement/close/cashbook?cooperative={Cooperative.Id}");
        ModelState.Clear();
        await Load(null, cancel);
        return this.Refuse(no);
    }

    public async Task<IActionResult> OnPostCorrectAsync(long? cooperative, CancellationToken cancel)
    {
        if (!MayWrite || !await Open(cooperative, cancel)) return NotFound();
        if ((await book.Handle(new CorrectCash(Undo.RequestId, Cooperative.Id, Undo.EntryId, Undo.Note ?? ""), cancel)).Ok(out _, out var no)) return LocalRedirect($"/settlement/close/cashbook?cooperative={Cooperative.Id}");
        ModelState.Clear();
        Form = new CashForm { RequestId = Guid.CreateVersion7(), Day = clock.Today };
        await Load(null, cancel);
        return this.Refuse(no with { Where = Place.None });
    }

    private async Task Load(int? before, CancellationToken cancel)
    {
        var county = Cooperative.Area.County;
        var mine = Db.CashEntries.AsNoTracking().Where(e => e.County == county && e.OrganisationId == Cooperative.Id);
        Members = (await Db.MembersOf(Cooperative.Id).OrderBy(m => m.Code).ToListAsync(cancel)).DistinctBy(m => m.HouseholdId).ToList();
        var sums = await mine.GroupBy(e => e.Category).Select(g => new { g.Key, Sum = g.Sum(e => (long)e.Amount) }).ToListAsync(cancel);
        (Income, Costs) = (new Fen(sums.Where(s => s.Key.IsIncome).Sum(s => s.Sum)), new Fen(sums.Where(s => !s.Key.IsIncome).Sum(s => s.Sum)));
        var entries = await mine.Where(e => before == null || e.Number < before).OrderByDescending(e => e.Number).Take(Rows + 1).ToListAsync(cancel);
        if (entries.Count > Rows) Older = entries[Rows - 1].Number;
        entries = [.. entries.Take(Rows)];
        var (shown, corrected) = (entries.Select(e => (long?)e.Id).ToList(), entries.Where(e => e.CorrectsId != null).Select(e => e.CorrectsId!.Value).ToList());
        var undone = await mine.Where(e => shown.Contains(e.CorrectsId)).Select(e => e.CorrectsId!.Value).ToListAsync(cancel);
        var numbers = await mine.Where(e => corrected.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Number, cancel);
        Rents = await LandRent.Of(Db, Cooperative, clock.Today, null, cancel);
        var names = await Db.HouseholdsOwed([.. entries.Where(e => e.HouseholdId != null).Select(e => e.HouseholdId!.Value).Distinct()]).ToDictionaryAsync(h => h.Id, h => h.HeadName, cancel);
        Entries = [.. entries.Select(e => new CashRow(e, e.HouseholdId is { } h ? names.GetValueOrDefault(h) : e.Worker, Rents.FirstOrDefault(r => r.Lease.Id == e.AgreementId && r.Year.Number == e.RentYear), e.CorrectsId is { } c ? numbers.GetValueOrDefault(c) : null, undone.Contains(e.Id)))];
    }

    internal sealed class CashForm
    {
        public Guid RequestId { get; set; }
        public DateOnly? Day { get; set; }
        public CashCategory Category { get; set; } = CashCategory.OperatingIncome;
        public string? Amount { get; set; }
        public string? Note { get; set; }
        public long? Household { get; set; }
        public string? Neighbour { get; set; }
        public string? Worker { get; set; }

        /// <summary>The chosen rent: lease, year and household, as <c>7:2:101</c>; the household is 0 where an organisation leases the land out.</summary>
        public string? Rent { get; set; }
        public string? Days { get; set; }
        public string? DayWage { get; set; }

        public Outcome<BookCash> Read(long cooperative)
        {
            var (amount, wage, halfDays) = (Fen.Zero, Fen.Zero, 0);
            if (Day is not { } day) return new Refusal("close.day-missing", Place.Input(nameof(Day)));
            if (Category == CashCategory.Wages)
            {
                if (!HalfDays.TryParse(Days, out halfDays)) return new Refusal("close.half-days", Place.Input(nameof(Days)), Days ?? "");
                if (!Fen.TryParseYuan(DayWage, out wage)) return new Refusal("close.not-money", Place.Input(nameof(DayWage)), DayWage ?? "");
            }
            else if (!Fen.TryParseYuan(Amount, out amount)) return new Refusal("close.not-money", Place.Input(nameof(Amount)), Amount ?? "");
            var booking = new BookCash(RequestId, cooperative, day, Category, amount, Note ?? "", Household, halfDays, wage) { Neighbour = Neighbour, Worker = Worker };
            if (Category != CashCategory.LandRent) return booking;
            var (lease, year, party) = RentChoice(Rent);
            return booking with { AgreementId = lease, RentYear = year, HouseholdId = party };
        }

        private static (long? Lease, int Year, long? Party) RentChoice(string? text)
        {
            var parts = (text ?? "").Split(':');
            return parts.Length == 3 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var lease) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var party)
                ? (lease, year, party == 0 ? null : party)
                : (null, 0, null);
        }
    }

    internal sealed class UndoForm
    {
        public Guid RequestId { get; set; }
        public long EntryId { get; set; }
        public string? Note { get; set; }
    }
}

/// <summary>Days of work are counted in halves.</summary>
internal static class HalfDays
{
    /// <summary>Reads <c>1</c>, <c>0.5</c>, <c>２.５</c>.</summary>
    public static bool TryParse(string? text, out int halfDays)
    {
        halfDays = 0;
        if (!Numerals.TryParseFixed(text, 1, out var tenths) || tenths % 5 != 0 || tenths is < 0 or > 10_000) return false;
        halfDays = (int)(tenths / 5);
        return true;
    }

    /// <summary><c>2.5</c>.</summary>
    public static string Show(long halfDays) => (halfDays / 2m).ToString("0.#", CultureInfo.InvariantCulture);
}
