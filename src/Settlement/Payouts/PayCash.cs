using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Payouts;

/// <summary>Asks for cash for a station.</summary>
/// <param name="Days">1 to 31, today the first.</param>
internal sealed record ProposeAllowance(Guid RequestId, long StationId, Fen Amount, int Days);

/// <summary>The second person's decision.</summary>
internal sealed record DecideAllowance(long AllowanceId, bool Release);

/// <summary>Brings the rest of the cash back to the bank.</summary>
internal sealed record CloseAllowance(long AllowanceId);

/// <summary>Pays a household cash; operator and household are there, the household enters its code.</summary>
internal sealed record PayCash(Guid RequestId, long AllowanceId, long HouseholdId, Fen Amount, string Code);

/// <summary>Cash at the station: two people release it, and each payment takes an operator and the household.</summary>
internal sealed class CashAtStation(ShanhuoDb db, Ids ids, TimeProvider clock, ApprovalCodes codes)
{
    /// <summary>Most that one allowance may be, in fen: a station has no safe.</summary>
    public static readonly Fen Most = new(20_000_000);

    public async Task<Outcome<CashAllowance>> Handle(ProposeAllowance request, CancellationToken cancel)
    {
        if (await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == request.StationId && (o.Kind == OrganisationKind.VillageStation || o.Kind == OrganisationKind.TownshipStation || o.Kind == OrganisationKind.Centre), cancel) is not { } station || !db.Scope.Area.Contains(station.Area))
            return new Refusal("payouts.no-station", Place.Input("Station"));
        var county = station.Area.County;
        await using var change = await db.BeginAlone(county, Turn.Payouts, cancel);
        if (await db.CashAllowances.SingleOrDefaultAsync(a => a.County == county && a.RequestId == request.RequestId, cancel) is { } proposed) return proposed;
        if (request.Amount <= Fen.Zero || request.Amount > Most) return new Refusal("payouts.allowance-amount", Place.Input(nameof(request.Amount)), Most.ToDisplay());
        if (request.Days is < 1 or > 31) return new Refusal("payouts.allowance-days", Place.Input(nameof(request.Days)));
        var allowance = new CashAllowance { County = county, Id = ids.Next(), Area = station.Area, OrganisationId = station.Id, RequestId = request.RequestId, Amount = request.Amount, FirstDay = clock.Today, LastDay = clock.Today.AddDays(request.Days - 1), ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs };
        db.CashAllowances.Add(allowance);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return allowance;
    }

    public async Task<Outcome<CashAllowance>> Handle(DecideAllowance request, CancellationToken cancel)
    {
        if (await Seen(request.AllowanceId, cancel) is not { } seen) return new Refusal("payouts.no-allowance");
        await using var change = await db.BeginAlone(seen.County, Turn.Payouts, cancel);
        var allowance = await db.CashAllowances.SingleAsync(a => a.County == seen.County && a.Id == seen.Id, cancel);
        if (allowance.State != AllowanceState.Proposed) return allowance.State == (request.Release ? AllowanceState.Released : AllowanceState.Refused) ? allowance : new Refusal("payouts.allowance-decided");
        if (request.Release && allowance.ByAccountId == db.Scope.AccountId) return new Refusal("payouts.same-person");
        (allowance.State, allowance.DecidedByAccountId, allowance.DecidedMs) = (request.Release ? AllowanceState.Released : AllowanceState.Refused, db.Scope.AccountId, clock.NowMs);
        if (request.Release) await Carry(allowance, "out", allowance.Amount, cancel);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return allowance;
    }

    public async Task<Outcome<CashAllowance>> Handle(CloseAllowance request, CancellationToken cancel)
    {
        if (await Seen(request.AllowanceId, cancel) is not { } seen) return new Refusal("payouts.no-allowance");
        await using var change = await db.BeginAlone(seen.County, Turn.Payouts, cancel);
        var allowance = await db.CashAllowances.SingleAsync(a => a.County == seen.County && a.Id == seen.Id, cancel);
        if (allowance.State == AllowanceState.Closed) return allowance;
        if (allowance.State != AllowanceState.Released) return new Refusal("payouts.allowance-decided");
        allowance.State = AllowanceState.Closed;
        await Carry(allowance, "back", -allowance.Left, cancel);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return allowance;
    }

    public async Task<Outcome<CashPayment>> Handle(PayCash request, CancellationToken cancel)
    {
        if (await Seen(request.AllowanceId, cancel) is not { } seen) return new Refusal("payouts.no-allowance");
        // Sent again: the same receipt, and no second question for the code.
        if (await db.CashPayments.SingleOrDefaultAsync(p => p.County == seen.County && p.RequestId == request.RequestId, cancel) is { } before) return before;
        if (await db.HouseholdFacts.SingleOrDefaultAsync(h => h.Id == request.HouseholdId, cancel) is not { } household) return new Refusal("payouts.no-household", Place.Input("Household"));
        if (request.Amount <= Fen.Zero) return new Refusal("payouts.amount", Place.Input(nameof(request.Amount)));
        if (!(await codes.Check(household.Id, request.Code, cancel)).Ok(out _, out var no)) return no;
        await using var change = await db.BeginAlone(seen.County, Turn.Payouts, cancel);
        if (await db.CashPayments.SingleOrDefaultAsync(p => p.County == seen.County && p.RequestId == request.RequestId, cancel) is { } paid) return paid;
        var allowance = await db.CashAllowances.SingleAsync(a => a.County == seen.County && a.Id == seen.Id, cancel);
        if (allowance.State != AllowanceState.Released || clock.Today < allowance.FirstDay || clock.Today > allowance.LastDay) return new Refusal("payouts.allowance-over");
        if (request.Amount > allowance.Left) return new Refusal("payouts.allowance-short", Place.Input(nameof(request.Amount)), request.Amount.ToDisplay(), allowance.Left.ToDisplay());
        var station = await db.OrganisationFacts.SingleAsync(o => o.Id == allowance.OrganisationId, cancel);
        var id = ids.Next();
        await Journal.Post(db, ids, clock, allowance.County, Cause.Payout, string.Create(CultureInfo.InvariantCulture, $"cash:{id}"), clock.Today, [new Leg("household", household.Code, -request.Amount), new Leg("cash", station.Code, request.Amount)], cancel);
        var left = await db.LedgerAccounts.Where(a => a.County == allowance.County && a.Role == "household" && a.Owner == household.Code).Select(a => a.Balance).SingleAsync(cancel);
        if (left < Fen.Zero) return new Refusal("payouts.balance-short", Place.Input(nameof(request.Amount)), request.Amount.ToDisplay(), (left + request.Amount).ToDisplay());
        allowance.Spent += request.Amount;
        var payment = new CashPayment
        {
            County = allowance.County,
            Id = id,
            Area = allowance.Area,
            RequestId = request.RequestId,
            AllowanceId = allowance.Id,
            StationId = station.Id,
            HouseholdId = household.Id,
            HouseholdCode = household.Code,
            Amount = request.Amount,
            Left = left,
            Day = clock.Today,
            AtMs = clock.NowMs,
            OperatorId = db.Scope.AccountId,
        };
        db.CashPayments.Add(payment);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return payment;
    }

    private Task<CashAllowance?> Seen(long id, CancellationToken cancel) => db.CashAllowances.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel);

    // What the box holds, its account owes: the mirror of a till is below zero as long as there is money in it.
    private async Task Carry(CashAllowance allowance, string way, Fen toBox, CancellationToken cancel)
    {
        var station = await db.OrganisationFacts.Where(o => o.Id == allowance.OrganisationId).Select(o => o.Code).SingleAsync(cancel);
        await Journal.Post(db, ids, clock, allowance.County, Cause.Inflow, string.Create(CultureInfo.InvariantCulture, $"allowance:{allowance.Id}:{way}"), clock.Today, [new Leg(BankResults.Bank.Role, BankResults.Bank.Owner, toBox), new Leg("cash", station, -toBox)], cancel);
    }
}
