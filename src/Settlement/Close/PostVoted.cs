using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Settlement.Close;

/// <summary>The assembly has decided on a close: what it carried is posted in the same change, to the fen as it was voted on; what it did not carry may be drawn up anew.</summary>
internal sealed class PostVoted(ShanhuoDb db, Ids ids, TimeProvider clock) : IHandle<BallotClosed>
{
    public async Task<Refusal?> Handle(BallotClosed news, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(news);
        if (news.SubjectKind != CloseCooperative.SubjectKind) return null;
        await db.TakeTurn(news.County, Turn.Close, cancel);
        var close = await db.Closes.SingleAsync(c => c.County == news.County && c.Id == news.SubjectId && c.BallotId == news.BallotId, cancel);
        // Somebody else has ended the vote at this moment; whoever saves second is told.
        if (close.State != CloseState.Proposed) return null;
        close.DecidedDay = news.Day;
        if (news.Result != BallotResult.Carried)
        {
            close.State = news.Result == BallotResult.CalledOff ? CloseState.Withdrawn : CloseState.VotedDown;
            return null;
        }
        var cooperative = await db.OrganisationFacts.SingleAsync(o => o.Id == close.OrganisationId, cancel);
        var shares = await db.CloseShares.AsNoTracking().Where(s => s.County == close.County && s.CloseId == close.Id).ToListAsync(cancel);
        var hash = CloseHash.Of(cooperative.Code, close, shares);
        if (hash != close.FiguresHash || hash != news.SubjectHash)
        {
            close.State = CloseState.Spoiled;
            return null;
        }
        close.State = CloseState.Confirmed;
        await Post(cooperative, close, shares, cancel);
        return null;
    }

    private async Task Post(OrganisationFact cooperative, CooperativeClose close, List<CloseShare> shares, CancellationToken cancel)
    {
        var legs = new List<Leg> { new("cooperative", cooperative.Code, -(close.Reserve + close.Distributable)), new("reserve", cooperative.Code, close.Reserve), new("welfare", cooperative.Code, close.Welfare) };
        legs.AddRange(shares.Select(s => new Leg("household", s.Code, s.Paid)));
        await Journal.Post(db, ids, clock, close.County, Cause.Close, string.Create(CultureInfo.InvariantCulture, $"{cooperative.Code}:{close.Until:yyyy-MM-dd}"), clock.Today, legs, cancel);
        db.MemberAccountEntries.AddRange(shares.Where(s => s.ReserveCredit != Fen.Zero).Select(s => new MemberAccountEntry
        {
            County = close.County,
            Id = ids.Next(),
            OrganisationId = close.OrganisationId,
            HouseholdId = s.HouseholdId,
            RequestId = close.RequestId,
            Kind = StakeKind.Reserve,
            // Counts from the day after the period, so that it does not divide its own year.
            Day = close.Until.AddDays(1),
            Amount = s.ReserveCredit,
            Note = close.Until.ToString("o", CultureInfo.InvariantCulture),
            ByAccountId = db.Scope.AccountId,
            AtMs = clock.NowMs,
        }));
    }
}
