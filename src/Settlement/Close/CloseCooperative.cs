using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Close;

/// <summary>Puts a close forward.</summary>
/// <param name="OpeningLoss">Loss from before the first close here; ignored once there is one.</param>
internal sealed record ProposeClose(Guid RequestId, long OrganisationId, DateOnly From, DateOnly Until, CloseTerms Terms, Fen OpeningLoss);

/// <summary>The second person posts it.</summary>
/// <param name="Resolution">Number and day of the assembly's resolution.</param>
internal sealed record ConfirmClose(long CloseId, string Resolution);

/// <summary>Takes a proposal back.</summary>
internal sealed record WithdrawClose(long CloseId);

/// <summary>What a proposal would do.</summary>
internal sealed record ClosePreview(OrganisationFact Cooperative, CloseFigures Figures, Surplus Surplus);

/// <summary>Closes a cooperative's period: previewed, proposed by its manager, confirmed by a second person of the county, posted once.</summary>
internal sealed class CloseCooperative(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    public async Task<Outcome<ClosePreview>> Preview(ProposeClose request, CancellationToken cancel)
    {
        if (await db.OpenCooperative(request.OrganisationId, cancel) is not { } cooperative) return new Refusal("close.no-cooperative");
        var county = cooperative.Area.County;
        if (request.Until < request.From || request.Until > request.From.AddDays(366)) return new Refusal("close.period", Place.Input(nameof(request.Until)));
        if (request.Until > clock.Today) return new Refusal("close.day-to-come", Place.Input(nameof(request.Until)), request.Until.ToString("o", CultureInfo.InvariantCulture));
        if (request.OpeningLoss < Fen.Zero) return new Refusal("close.amount", Place.Input(nameof(request.OpeningLoss)));
        var last = await db.Closes.Where(c => c.County == county && c.OrganisationId == cooperative.Id && c.State == CloseState.Confirmed).OrderByDescending(c => c.Until).FirstOrDefaultAsync(cancel);
        // A gap between two closes would be income that nobody ever divides.
        if (last is not null && request.From != last.Until.AddDays(1)) return new Refusal("close.period-next", Place.Input(nameof(request.From)), last.Until.AddDays(1).ToString("o", CultureInfo.InvariantCulture));
        var figures = await CloseFigures.Gather(db, cooperative, request.From, request.Until, cancel);
        if (!figures.Divide(last?.LossCarried ?? request.OpeningLoss, request.Terms, request.Until).Ok(out var surplus, out var no)) return no;
        return new ClosePreview(cooperative, figures, surplus);
    }

    public async Task<Outcome<CooperativeClose>> Handle(ProposeClose request, CancellationToken cancel)
    {
        if (await db.OpenCooperative(request.OrganisationId, cancel) is not { } open) return new Refusal("close.no-cooperative");
        await using var change = await db.BeginAlone(open.Area.County, Turn.Close, cancel);
        if (await db.Closes.SingleOrDefaultAsync(c => c.County == open.Area.County && c.RequestId == request.RequestId, cancel) is { } proposed) return proposed;
        if (await db.Closes.AnyAsync(c => c.County == open.Area.County && c.OrganisationId == open.Id && c.State == CloseState.Proposed, cancel)) return new Refusal("close.one-proposed");
        if (!(await Preview(request, cancel)).Ok(out var preview, out var no)) return no;
        var (figures, s) = (preview.Figures, preview.Surplus);
        var close = new CooperativeClose
        {
            County = open.Area.County, Id = ids.Next(), OrganisationId = open.Id, RequestId = request.RequestId, From = request.From, Until = request.Until,
            ReservePpm = request.Terms.Reserve.PartsPerMillion, PatronagePpm = request.Terms.Patronage.PartsPerMillion, WelfarePpm = request.Terms.Welfare.PartsPerMillion, LabourPpm = request.Terms.Labour.PartsPerMillion,
            Income = s.Income, Costs = s.Costs, PastLoss = s.PastLoss, LossCarried = s.LossCarried, Reserve = s.Reserve, Distributable = s.Distributable, Patronage = s.Patronage, Welfare = s.Welfare, Labour = s.Labour, ByAccount = s.ByAccount,
            OthersTrade = figures.OthersTrade, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs,
        };
        db.Closes.Add(close);
        var households = figures.Members.ToDictionary(m => m.Stake.Code, StringComparer.Ordinal);
        db.CloseShares.AddRange(s.Shares.Select(share => new CloseShare
        {
            County = close.County, CloseId = close.Id, OrganisationId = open.Id, HouseholdId = households[share.Code].HouseholdId, Code = share.Code, Trade = households[share.Code].Stake.Trade, HalfDays = households[share.Code].Stake.HalfDays,
            Account = households[share.Code].Stake.Account, Patronage = share.Patronage, Labour = share.Labour, ByAccount = share.ByAccount, ReserveCredit = share.ReserveCredit,
        }));
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return close;
    }

    public async Task<Outcome<CooperativeClose>> Handle(ConfirmClose request, CancellationToken cancel)
    {
        if (await db.Closes.AsNoTracking().SingleOrDefaultAsync(c => c.Id == request.CloseId, cancel) is not { } seen) return new Refusal("close.none");
        if (await db.OpenCooperative(seen.OrganisationId, cancel) is not { } cooperative) return new Refusal("close.no-cooperative");
        await using var change = await db.BeginAlone(seen.County, Turn.Close, cancel);
        var close = await db.Closes.SingleAsync(c => c.County == seen.County && c.Id == seen.Id, cancel);
        if (close.State == CloseState.Confirmed) return close;
        if (close.State == CloseState.Withdrawn) return new Refusal("close.withdrawn");
        if (close.ByAccountId == db.Scope.AccountId) return new Refusal("close.same-person");
        if (string.IsNullOrWhiteSpace(request.Resolution)) return new Refusal("close.resolution", Place.Input(nameof(request.Resolution)));
        var shares = await db.CloseShares.Where(s => s.County == close.County && s.CloseId == close.Id).ToListAsync(cancel);
        // What was voted on is what is posted: if a book changed since, the proposal is made anew.
        var figures = await CloseFigures.Gather(db, cooperative, close.From, close.Until, cancel);
        if (!figures.Divide(close.PastLoss, close.Terms, close.Until).Ok(out var now, out var no)) return no;
        if (now.Income != close.Income || now.Costs != close.Costs || now.Shares.Count != shares.Count || now.Shares.Join(shares, a => a.Code, b => b.Code, (a, b) => a == new MemberShare(b.Code, b.Patronage, b.Labour, b.ByAccount, b.ReserveCredit)).Count(same => same) != shares.Count)
            return new Refusal("close.changed", Place.None, now.Income.ToDisplay(), now.Costs.ToDisplay());

        (close.State, close.ConfirmedByAccountId, close.ConfirmedMs, close.Resolution) = (CloseState.Confirmed, db.Scope.AccountId, clock.NowMs, request.Resolution.Trim());
        var legs = new List<Leg> { new("cooperative", cooperative.Code, -(close.Reserve + close.Distributable)), new("reserve", cooperative.Code, close.Reserve), new("welfare", cooperative.Code, close.Welfare) };
        legs.AddRange(shares.Select(s => new Leg("household", s.Code, s.Paid)));
        await Journal.Post(db, ids, clock, close.County, Cause.Close, string.Create(CultureInfo.InvariantCulture, $"{cooperative.Code}:{close.Until:yyyy-MM-dd}"), clock.Today, legs, cancel);
        db.MemberAccountEntries.AddRange(shares.Where(s => s.ReserveCredit != Fen.Zero).Select(s => new MemberAccountEntry
        {
            County = close.County, Id = ids.Next(), OrganisationId = close.OrganisationId, HouseholdId = s.HouseholdId, RequestId = close.RequestId, Kind = StakeKind.Reserve,
            // Counts from the day after the period, so that it does not divide its own year.
            Day = close.Until.AddDays(1), Amount = s.ReserveCredit, Note = close.Until.ToString("o", CultureInfo.InvariantCulture), ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs,
        }));
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return close;
    }

    public async Task<Outcome<Done>> Handle(WithdrawClose request, CancellationToken cancel)
    {
        if (await db.Closes.AsNoTracking().SingleOrDefaultAsync(c => c.Id == request.CloseId, cancel) is not { } seen) return new Refusal("close.none");
        await using var change = await db.BeginAlone(seen.County, Turn.Close, cancel);
        var done = await db.Closes.Where(c => c.County == seen.County && c.Id == seen.Id && c.State != CloseState.Confirmed).ExecuteUpdateAsync(c => c.SetProperty(x => x.State, CloseState.Withdrawn), cancel);
        if (done == 0) return new Refusal("close.posted");
        await change.CommitAsync(cancel);
        return new Done();
    }
}
