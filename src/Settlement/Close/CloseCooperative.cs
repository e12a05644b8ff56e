using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Settlement.Close;

/// <summary>Puts a close forward.</summary>
/// <param name="OpeningLoss">Loss from before the first close here; ignored once there is one.</param>
/// <param name="MeetingDay">Day of the assembly; a preview needs none.</param>
internal sealed record ProposeClose(Guid RequestId, long OrganisationId, DateOnly From, DateOnly Until, CloseTerms Terms, Fen OpeningLoss, DateOnly? MeetingDay = null);

/// <summary>What a proposal would do.</summary>
internal sealed record ClosePreview(OrganisationFact Cooperative, CloseFigures Figures, Surplus Surplus);

/// <summary>Closes a cooperative's period: previewed, then put to its assembly by the manager; <see cref="PostVoted"/> posts it once the assembly has carried it.</summary>
internal sealed class CloseCooperative(ShanhuoDb db, Ids ids, TimeProvider clock, CallBallot ballots)
{
    /// <summary>What ballots call a close.</summary>
    public const string SubjectKind = "cooperative-close";

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
        var figures = await CloseFigures.Gather(db, cooperative, request.From, request.Until, last?.ThroughEntryId, cancel);
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
        if (request.MeetingDay is not { } meeting) return new Refusal("close.no-meeting-day", Place.Input(nameof(request.MeetingDay)));
        var id = ids.Next();
        // The ballot's question names the figures' hash, and the figures name their ballot; the hash leaves the ballot out.
        var shares = Shares(preview, id);
        var hash = CloseHash.Of(open.Code, Draw(request, preview, id, "", 0), shares);
        if (!Call(open, id, request, preview.Surplus, hash, meeting).Ok(out var ballot, out no)) return no;
        var close = Draw(request, preview, id, hash, ballot);
        db.Closes.Add(close);
        db.CloseShares.AddRange(shares);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return close;
    }

    private CooperativeClose Draw(ProposeClose request, ClosePreview preview, long id, string hash, long ballot)
    {
        var (s, figures, members) = (preview.Surplus, preview.Figures, preview.Figures.Members);
        return new CooperativeClose
        {
            County = preview.Cooperative.Area.County,
            Id = id,
            OrganisationId = preview.Cooperative.Id,
            RequestId = request.RequestId,
            From = request.From,
            Until = request.Until,
            ReservePpm = request.Terms.Reserve.PartsPerMillion,
            PatronagePpm = request.Terms.Patronage.PartsPerMillion,
            WelfarePpm = request.Terms.Welfare.PartsPerMillion,
            LabourPpm = request.Terms.Labour.PartsPerMillion,
            Income = s.Income,
            Costs = s.Costs,
            PastLoss = s.PastLoss,
            LossCarried = s.LossCarried,
            Reserve = s.Reserve,
            Distributable = s.Distributable,
            Patronage = s.Patronage,
            Welfare = s.Welfare,
            Labour = s.Labour,
            ByAccount = s.ByAccount,
            OthersTrade = figures.OthersTrade,
            MembersTrade = new Fen(members.Sum(m => m.Stake.Trade.Value)),
            MembersAccount = new Fen(members.Sum(m => m.Stake.Account.Value)),
            MembersHalfDays = members.Sum(m => (long)m.Stake.HalfDays),
            ThroughEntryId = figures.ThroughEntryId,
            FiguresHash = hash,
            BallotId = ballot,
            ByAccountId = db.Scope.AccountId,
            AtMs = clock.NowMs,
        };
    }

    private static List<CloseShare> Shares(ClosePreview preview, long id)
    {
        var members = preview.Figures.Members.ToDictionary(m => m.Stake.Code, StringComparer.Ordinal);
        return [.. preview.Surplus.Shares.Select(share =>
        {
            var m = members[share.Code];
            return new CloseShare
            {
                County = preview.Cooperative.Area.County, CloseId = id, OrganisationId = preview.Cooperative.Id, HouseholdId = m.HouseholdId, Code = share.Code, Trade = m.Stake.Trade, HalfDays = m.Stake.HalfDays,
                Account = m.Stake.Account, Capital = m.Capital, ReserveHeld = m.ReserveHeld, AidHeld = m.AidHeld, Patronage = share.Patronage, Labour = share.Labour, ByAccount = share.ByAccount, ReserveCredit = share.ReserveCredit,
            };
        })];
    }

    private Outcome<long> Call(OrganisationFact cooperative, long close, ProposeClose request, Surplus s, string hash, DateOnly meeting)
    {
        var (zh, en) = (Period(Language.Zh), Period(Language.En));
        // The beginning of the fingerprint stands in the question itself, so that it also stands on paper; the whole of it beside the question.
        var mark = string.Join(' ', hash[..16].Chunk(4).Select(part => new string(part)));
        var isLoss = s.Distributable == Fen.Zero && s.LossCarried > Fen.Zero;
        return ballots.Add(new BallotCall
        {
            County = cooperative.Area.County,
            OrganisationId = cooperative.Id,
            SubjectKind = SubjectKind,
            SubjectId = close,
            SubjectPath = string.Create(CultureInfo.InvariantCulture, $"/settlement/close/show/{close}"),
            MeetingDay = meeting,
            Matter = BallotMatter.SurplusPlan,
            SubjectHash = hash,
            Text = isLoss ? $"批准{zh}的亏损处理方案：亏损 {s.LossCarried.ToDisplay()} 结转以后弥补（数字指纹 {mark}）" : $"批准{zh}的盈余分配方案：可分配盈余 {s.Distributable.ToDisplay()}（数字指纹 {mark}）",
            TextEn = isLoss ? $"Approve the plan for {en}: a loss of {s.LossCarried.ToDisplay()} is carried forward (fingerprint {mark})" : $"Approve the surplus plan for {en}: {s.Distributable.ToDisplay()} to share out (fingerprint {mark})",
        });

        string Period(Language language) => Dates.Day(request.From, language) + (language == Language.Zh ? "至" : " to ") + Dates.Day(request.Until, language);
    }
}
