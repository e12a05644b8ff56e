using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Voice.Ballots;

/// <summary>Begins the assembly: the roll is fixed to those who are members on its day.</summary>
internal sealed class OpenMeeting(ShanhuoDb db, TimeProvider clock)
{
    public async Task<Outcome<Done>> Handle(long ballotId, CancellationToken cancel)
    {
        if (await db.Ballots.SingleOrDefaultAsync(b => b.Id == ballotId, cancel) is not { } ballot) return new Refusal("voice.ballot-gone");
        if (ballot.State is BallotState.Meeting or BallotState.Counting) return new Done(); // pressed twice
        if (ballot.State != BallotState.Announced) return new Refusal("voice.ballot-step");
        if (clock.Today < ballot.MeetingDay) return new Refusal("voice.ballot-not-yet", Place.None, Iso(ballot.MeetingDay));
        var members = await db.MembershipFacts.Where(m => m.OrganisationId == ballot.OrganisationId && m.Since <= ballot.MeetingDay && (m.Until == null || m.Until >= ballot.MeetingDay))
            .Select(m => m.HouseholdId).Distinct().ToListAsync(cancel);
        foreach (var household in members) db.BallotVoters.Add(new BallotVoter { County = ballot.County, BallotId = ballot.Id, HouseholdId = household });
        (ballot.State, ballot.Members, ballot.Revision) = (BallotState.Meeting, members.Count, ballot.Revision + 1);
        return await Guarded.Save(db, cancel);
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>One page of the roll with those who came.</summary>
internal sealed record PresentOnPage(long BallotId, IReadOnlyCollection<long> Shown, IReadOnlyCollection<long> Present);

internal sealed class MarkPresent(ShanhuoDb db)
{
    public async Task<Outcome<Done>> Handle(PresentOnPage page, CancellationToken cancel)
    {
        if (await db.Ballots.SingleOrDefaultAsync(b => b.Id == page.BallotId, cancel) is not { } ballot) return new Refusal("voice.ballot-gone");
        if (ballot.State != BallotState.Meeting) return new Refusal("voice.ballot-step");
        var rows = await db.BallotVoters.Where(v => v.BallotId == ballot.Id && page.Shown.Contains(v.HouseholdId)).ToListAsync(cancel);
        if (page.Present.Except(rows.Select(r => r.HouseholdId)).Any()) return new Refusal("voice.ballot-not-voter");
        foreach (var row in rows) row.IsPresent = page.Present.Contains(row.HouseholdId);
        ballot.Revision++; // nobody is marked while somebody opens the box
        return await Guarded.Save(db, cancel);
    }
}

/// <summary>Opens the box once the quorum is there; from now on nobody is added to those who came.</summary>
internal sealed record PapersFound(long BallotId, int Papers);

internal sealed class OpenBox(ShanhuoDb db)
{
    public async Task<Outcome<Done>> Handle(PapersFound found, CancellationToken cancel)
    {
        if (await db.Ballots.SingleOrDefaultAsync(b => b.Id == found.BallotId, cancel) is not { } ballot) return new Refusal("voice.ballot-gone");
        if (ballot.State == BallotState.Counting && ballot.Papers == found.Papers) return new Done();
        if (ballot.State != BallotState.Meeting) return new Refusal("voice.ballot-step");
        var present = await db.BallotVoters.CountAsync(v => v.BallotId == ballot.Id && v.IsPresent, cancel);
        var quorum = AssemblyRule.On(ballot.MeetingDay, ballot.Matter).Quorum;
        if (!quorum.IsReachedBy(present, ballot.Members) || present == 0) return new Refusal("voice.ballot-no-quorum", Place.None, present, ballot.Members, quorum.LeastOf(ballot.Members));
        if (found.Papers < 1 || found.Papers > present) return new Refusal("voice.ballot-papers", Place.Input(nameof(found.Papers)), found.Papers, present);
        (ballot.State, ballot.Present, ballot.Papers, ballot.Revision) = (BallotState.Counting, present, found.Papers, ballot.Revision + 1);
        return await Guarded.Save(db, cancel);
    }
}

/// <summary>Saves a step of a ballot; of two who take it at once, the second is told to look again.</summary>
internal static class Guarded
{
    public static async Task<Outcome<Done>> Save(ShanhuoDb db, CancellationToken cancel)
    {
        try
        {
            await db.SaveChangesAsync(cancel);
            return new Done();
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return new Refusal("voice.ballot-raced");
        }
    }
}
