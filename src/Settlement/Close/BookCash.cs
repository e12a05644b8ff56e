using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Close;

/// <summary>A line for the cash book.</summary>
/// <param name="Amount">Above zero; for wages it is computed and this is ignored.</param>
/// <param name="HouseholdId">For wages of a member; for rent, which of the households of the lease.</param>
internal sealed record BookCash(Guid RequestId, long OrganisationId, DateOnly Day, CashCategory Category, Fen Amount, string Note, long? HouseholdId = null, int HalfDays = 0, Fen DayWage = default)
{
    /// <summary>For wages: number or head's name of a household in scope that need not be a member.</summary>
    public string? Neighbour { get; init; }

    /// <summary>For wages: name of a worker of no household here.</summary>
    public string? Worker { get; init; }

    /// <summary>For rent: the lease.</summary>
    public long? AgreementId { get; init; }

    /// <summary>For rent: its year.</summary>
    public int RentYear { get; init; }
}

/// <summary>Undoes a line by a counter-entry on the day of today.</summary>
internal sealed record CorrectCash(Guid RequestId, long OrganisationId, long EntryId, string Note);

/// <summary>Writes a cooperative's cash book; each line is a journal entry; wages and rent of households are owed to them at once, others are paid from the own till.</summary>
internal sealed class CashBook(ShanhuoDb db, Ids ids, TimeProvider clock, CashPayees payees)
{
    /// <summary>The cooperative's own till and bank, mirrored by its cash book.</summary>
    public const string OwnMoney = "cooperative-cash";

    // Twelve people of one household for a month; more is a slip of the finger.
    private const int MostHalfDays = 744;

    public async Task<Outcome<CashEntry>> Handle(BookCash request, CancellationToken cancel)
    {
        if (await db.OpenCooperative(request.OrganisationId, cancel) is not { } cooperative) return new Refusal("close.no-cooperative");
        var county = cooperative.Area.County;
        await using var change = await db.BeginAlone(county, Turn.Close, cancel);
        if (await Find(county, request.RequestId, cancel) is { } booked) return booked;
        if (request.Day > clock.Today) return new Refusal("close.day-to-come", Place.Input(nameof(request.Day)), request.Day.ToString("o", CultureInfo.InvariantCulture));
        if (await db.ClosedUntil(county, cooperative.Id, cancel) is { } closed && request.Day <= closed)
            return new Refusal("close.period-closed", Place.Input(nameof(request.Day)), request.Day.ToString("o", CultureInfo.InvariantCulture), closed.ToString("o", CultureInfo.InvariantCulture));
        if (!Enum.IsDefined(request.Category)) return new Refusal("close.category", Place.Input(nameof(request.Category)));
        var amount = request.Amount;
        if (request.Category == CashCategory.Wages)
        {
            if (request.HalfDays is < 1 or > MostHalfDays) return new Refusal("close.days", Place.Input("Days"), MostHalfDays / 2);
            if (request.DayWage < Fen.Zero) return new Refusal("close.amount", Place.Input(nameof(request.DayWage)));
            amount = new Fen(Rounding.HalfEven((Int128)request.DayWage.Value * request.HalfDays, 2));
        }
        // Days without a wage still count for the workers' pool.
        if (amount < Fen.Zero || (amount == Fen.Zero && request.Category != CashCategory.Wages)) return new Refusal("close.amount", Place.Input(nameof(request.Amount)));
        var payee = CashPayee.Nobody;
        if (request.Category == CashCategory.Wages && !(await payees.OfWages(cooperative, request, cancel)).Ok(out payee, out var no)) return no;
        if (request.Category == CashCategory.LandRent && !(await payees.OfRent(cooperative, request, cancel)).Ok(out payee, out no)) return no;
        var (wages, rent) = (request.Category == CashCategory.Wages, request.Category == CashCategory.LandRent);
        var entry = await Add(cooperative, new CashEntry
        {
            County = county,
            Id = ids.Next(),
            OrganisationId = cooperative.Id,
            RequestId = request.RequestId,
            Number = await NextNumber(county, cooperative.Id, cancel),
            Day = request.Day,
            Category = request.Category,
            Amount = amount,
            Note = request.Note.Trim(),
            HouseholdId = payee.HouseholdId,
            Worker = payee.Worker,
            AgreementId = rent ? request.AgreementId : null,
            RentYear = rent ? request.RentYear : 0,
            HalfDays = wages ? request.HalfDays : 0,
            DayWage = wages ? request.DayWage : Fen.Zero,
            ByAccountId = db.Scope.AccountId,
            AtMs = clock.NowMs,
        }, payee.Code, cancel);
        await change.CommitAsync(cancel);
        return entry;
    }

    public async Task<Outcome<CashEntry>> Handle(CorrectCash request, CancellationToken cancel)
    {
        if (await db.OpenCooperative(request.OrganisationId, cancel) is not { } cooperative) return new Refusal("close.no-cooperative");
        var county = cooperative.Area.County;
        await using var change = await db.BeginAlone(county, Turn.Close, cancel);
        if (await Find(county, request.RequestId, cancel) is { } booked) return booked;
        if (await db.CashEntries.SingleOrDefaultAsync(e => e.County == county && e.OrganisationId == cooperative.Id && e.Id == request.EntryId, cancel) is not { CorrectsId: null } wrong) return new Refusal("close.no-entry");
        if (await db.CashEntries.AnyAsync(e => e.County == county && e.CorrectsId == wrong.Id, cancel)) return new Refusal("close.corrected", Place.None, wrong.Number);
        if (string.IsNullOrWhiteSpace(request.Note)) return new Refusal("close.correct-note", Place.Input(nameof(request.Note)));
        var household = wrong.HouseholdId is { } owed ? await db.HouseholdsOwed([owed]).Select(h => h.Code).SingleAsync(cancel) : null;
        var entry = await Add(cooperative, new CashEntry
        {
            County = county,
            Id = ids.Next(),
            OrganisationId = cooperative.Id,
            RequestId = request.RequestId,
            Number = await NextNumber(county, cooperative.Id, cancel),
            Day = clock.Today,
            Category = wrong.Category,
            Amount = -wrong.Amount,
            Note = request.Note.Trim(),
            HouseholdId = wrong.HouseholdId,
            Worker = wrong.Worker,
            AgreementId = wrong.AgreementId,
            RentYear = wrong.RentYear,
            HalfDays = -wrong.HalfDays,
            DayWage = wrong.DayWage,
            CorrectsId = wrong.Id,
            ByAccountId = db.Scope.AccountId,
            AtMs = clock.NowMs,
        }, household, cancel);
        if (household is not null && await Journal.AnyBelowZero(db, county, "household", [household], cancel)) return new Refusal("close.already-paid", Place.None, wrong.Number);
        await change.CommitAsync(cancel);
        return entry;
    }

    private async Task<CashEntry> Add(OrganisationFact cooperative, CashEntry entry, string? household, CancellationToken cancel)
    {
        var toCooperative = entry.Category.IsIncome ? entry.Amount : -entry.Amount;
        db.CashEntries.Add(entry);
        await Journal.Post(db, ids, clock, entry.County, Cause.CashBook, string.Create(CultureInfo.InvariantCulture, $"{cooperative.Code}:{entry.Number}"), entry.Day,
            [new Leg("cooperative", cooperative.Code, toCooperative), household is null ? new Leg(OwnMoney, cooperative.Code, -toCooperative) : new Leg("household", household, -toCooperative)], cancel);
        await db.SaveChangesAsync(cancel);
        return entry;
    }

    private Task<CashEntry?> Find(AreaCode county, Guid requestId, CancellationToken cancel) => db.CashEntries.SingleOrDefaultAsync(e => e.County == county && e.RequestId == requestId, cancel);

    private async Task<int> NextNumber(AreaCode county, long organisation, CancellationToken cancel) =>
        1 + (await db.CashEntries.Where(e => e.County == county && e.OrganisationId == organisation).MaxAsync(e => (int?)e.Number, cancel) ?? 0);
}
