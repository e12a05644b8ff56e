using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Voice.Ballots;

/// <summary>Fixes the result of a ballot and tells whoever asked for it, in one change.</summary>
internal sealed class CloseBallot(ShanhuoDb db, TimeProvider clock, Events events)
{
    /// <summary>The result, once both counters agree on every paper; or, without a quorum, that there was none.</summary>
    public async Task<Outcome<BallotResult>> Handle(long ballotId, CancellationToken cancel)
    {
        if (await db.Ballots.SingleOrDefaultAsync(b => b.Id == ballotId, cancel) is not { } ballot) return new Refusal("voice.ballot-gone");
        if (ballot.State == BallotState.Closed) return ballot.Result; // pressed twice
        if (ballot.State == BallotState.Announced || clock.Today < ballot.MeetingDay) return new Refusal("voice.ballot-step");
        var rule = AssemblyRule.On(ballot.MeetingDay, ballot.Matter);
        if (ballot.State == BallotState.Meeting)
        {
            ballot.Present = await db.BallotVoters.CountAsync(v => v.BallotId == ballot.Id && v.IsPresent, cancel);
            if (ballot.Present > 0 && rule.Quorum.IsReachedBy(ballot.Present, ballot.Members)) return new Refusal("voice.ballot-box-shut");
        }
        else
        {
            var count = await Count.Of(db, ballot, cancel);
            if (!count.IsComplete) return new Refusal("voice.ballot-count-open", Place.None, count.Entered, ballot.Papers * 2);
            if (count.Differences.Count > 0) return new Refusal("voice.ballot-differences", Place.None, count.Differences.Count);
            (ballot.Yes, ballot.No, ballot.Abstained, ballot.Spoiled) = (count.Saying(Choice.Yes), count.Saying(Choice.No), count.Saying(Choice.Abstain), count.Saying(Choice.Spoiled));
        }
        return await End(ballot, rule.Decide(ballot.MeetingDay.DayNumber - ballot.NoticeDay.DayNumber, ballot.Members, ballot.Present, ballot.Yes), cancel);
    }

    /// <summary>Calls the ballot off before the box is opened.</summary>
    public async Task<Outcome<BallotResult>> CallOff(long ballotId, CancellationToken cancel)
    {
        if (await db.Ballots.SingleOrDefaultAsync(b => b.Id == ballotId, cancel) is not { } ballot) return new Refusal("voice.ballot-gone");
        if (ballot.State == BallotState.Closed) return ballot.Result;
        if (ballot.State == BallotState.Counting) return new Refusal("voice.ballot-box-open");
        return await End(ballot, BallotResult.CalledOff, cancel);
    }

    private async Task<Outcome<BallotResult>> End(Ballot ballot, BallotResult result, CancellationToken cancel)
    {
        (ballot.State, ballot.Result, ballot.ClosedDay, ballot.ClosedByAccountId) = (BallotState.Closed, result, clock.Today, db.Scope.AccountId);
        ballot.Revision++;
        Refusal? no;
        // What follows from the result may post to the ledger: result and consequence are committed together, or neither.
        await using (var change = await db.Database.BeginTransactionAsync(cancel))
        {
            no = await events.Raise(new BallotClosed(ballot.County, ballot.Id, ballot.SubjectKind, ballot.SubjectId, result, clock.Today, ballot.SubjectHash), cancel);
            if (no is null)
            {
                no = (await Guarded.Save(db, cancel)).Refused;
                if (no is null)
                {
                    await change.CommitAsync(cancel);
                    return result;
                }
            }
        }
        db.ChangeTracker.Clear();
        // Somebody else closed it first: their result stands.
        return await db.Ballots.SingleAsync(b => b.Id == ballot.Id, cancel) is { State: BallotState.Closed } closed ? closed.Result : no;
    }
}
