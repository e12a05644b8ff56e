using Shanhuo.Kernel;
using Shanhuo.Voice.Ballots;

namespace Shanhuo.Voice.Contracts;

/// <summary>What kind of matter is voted on: it decides which majority the law asks for.</summary>
public enum BallotMatter
{
    /// <summary>More than half of all votes.</summary>
    Ordinary,

    /// <summary>Charter, merger, division, dissolution: two thirds of all votes.</summary>
    Charter,

    /// <summary>The year's surplus or loss plan: more than half of all votes, and it lies open to the members so many days before.</summary>
    SurplusPlan,
}

/// <summary>Where a ballot stands.</summary>
public enum BallotState
{
    /// <summary>Notice is given; the meeting has not begun.</summary>
    Announced,

    /// <summary>The meeting has begun: the roll is fixed, and those who came are marked.</summary>
    Meeting,

    /// <summary>The box is open: two people enter the papers.</summary>
    Counting,

    /// <summary>The result is fixed.</summary>
    Closed,
}

/// <summary>How a ballot ended.</summary>
public enum BallotResult
{
    /// <summary>It has not ended.</summary>
    None,

    /// <summary>Notice, quorum and majority hold.</summary>
    Carried,

    /// <summary>The members were told too late.</summary>
    ShortNotice,

    /// <summary>Too few members came.</summary>
    NoQuorum,

    /// <summary>Too few voted yes.</summary>
    NoMajority,

    /// <summary>Called off before the box was opened.</summary>
    CalledOff,
}

/// <summary>Asks for a ballot of an organisation's assembly.</summary>
public sealed record BallotCall
{
    /// <summary>County of the organisation.</summary>
    public required AreaCode County { get; init; }

    /// <summary>Whose assembly.</summary>
    public required long OrganisationId { get; init; }

    /// <summary>What is voted on, in the asking module's own words; comes back with <see cref="BallotClosed"/>.</summary>
    public required string SubjectKind { get; init; }

    /// <summary>Its row.</summary>
    public required long SubjectId { get; init; }

    /// <summary>Address of the page where members read what they vote on.</summary>
    public required string SubjectPath { get; init; }

    /// <summary>The question, in Chinese.</summary>
    public required string Text { get; init; }

    /// <summary>The question, in English.</summary>
    public required string TextEn { get; init; }

    /// <summary>Day of the assembly; the notice is given today.</summary>
    public required DateOnly MeetingDay { get; init; }

    /// <summary>Which majority it needs.</summary>
    public BallotMatter Matter { get; init; }

    /// <summary>SHA-256, in hex, of what is voted on: stands beside the question and comes back with <see cref="BallotClosed"/>, so that what was voted is what is done. Null where the subject cannot change.</summary>
    public string? SubjectHash { get; init; }
}

/// <summary>A ballot has ended. Whoever asked for it acts on the result in the same change.</summary>
/// <param name="County">County.</param>
/// <param name="BallotId">The ballot.</param>
/// <param name="SubjectKind">As asked.</param>
/// <param name="SubjectId">As asked.</param>
/// <param name="Result">Never <see cref="BallotResult.None"/>.</param>
/// <param name="Day">Business day on which it ended, never before the meeting unless it was called off.</param>
/// <param name="SubjectHash">As asked.</param>
/// <remarks>It is raised inside an open transaction, which the saving of the result commits.</remarks>
public sealed record BallotClosed(AreaCode County, long BallotId, string SubjectKind, long SubjectId, BallotResult Result, DateOnly Day, string? SubjectHash = null);

/// <summary>A ballot as other modules see it.</summary>
public sealed record BallotFact
{
    /// <summary>Row id.</summary>
    public required long Id { get; init; }

    /// <summary>Whose assembly.</summary>
    public required long OrganisationId { get; init; }

    /// <summary>Day on which the members were told.</summary>
    public required DateOnly NoticeDay { get; init; }

    /// <summary>Day of the assembly.</summary>
    public required DateOnly MeetingDay { get; init; }

    /// <summary>Where it stands.</summary>
    public required BallotState State { get; init; }

    /// <summary>How it ended.</summary>
    public required BallotResult Result { get; init; }

    /// <summary>All members on the day of the meeting; 0 before.</summary>
    public required int Members { get; init; }

    /// <summary>Those who came; 0 before they are counted.</summary>
    public required int Present { get; init; }

    /// <summary>Papers that say yes; 0 before the result is fixed.</summary>
    public required int Yes { get; init; }

    /// <summary>Which majority it needs.</summary>
    public required BallotMatter Matter { get; init; }

    /// <summary>Key of the words for where it stands.</summary>
    public string TextKey => BallotWords.Key(State, Result);

    /// <summary>Mark of where it stands: <c>ok</c>, <c>wait</c>, <c>warn</c>, <c>stop</c>.</summary>
    public string Mark => BallotWords.Mark(State, Result);

    /// <summary>The result in a sentence, with the figures that decided it; empty before there is one.</summary>
    public string Why(Say say) => Result == BallotResult.None ? "" : BallotWords.Why(say, Result, AssemblyRule.On(MeetingDay, Matter), Members, Present, Yes);
}

/// <summary>Calls ballots for other modules, and lets them read the results.</summary>
public sealed class CallBallot(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <summary>Adds a ballot to the current change; the caller saves.</summary>
    /// <returns>Its id; or the refusal <c>voice.ballot-notice</c> at <c>MeetingDay</c> when that day is too near, which quotes the first day that would do and the source of the rule.</returns>
    public Outcome<long> Add(BallotCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var rule = AssemblyRule.On(call.MeetingDay, call.Matter);
        var first = clock.Today.AddDays(rule.NoticeDays);
        if (call.MeetingDay < first) return new Refusal("voice.ballot-notice", Place.Input(nameof(call.MeetingDay)), rule.NoticeDays, first.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), rule.NoticeSource.Zh, rule.NoticeSource.En);
        var ballot = new Ballot
        {
            Id = ids.Next(),
            County = call.County,
            OrganisationId = call.OrganisationId,
            SubjectKind = call.SubjectKind,
            SubjectId = call.SubjectId,
            SubjectPath = call.SubjectPath,
            Text = call.Text,
            TextEn = call.TextEn,
            Matter = call.Matter,
            NoticeDay = clock.Today,
            MeetingDay = call.MeetingDay,
            SubjectHash = call.SubjectHash,
            ByAccountId = db.Scope.AccountId,
        };
        db.Ballots.Add(ballot);
        return ballot.Id;
    }
}

/// <summary>The facts of ballots, to be joined in the database.</summary>
public static class VoiceFacts
{
    extension(ShanhuoDb db)
    {
        /// <summary>The ballots in scope.</summary>
        public IQueryable<BallotFact> BallotFacts => db.Ballots.Select(b => new BallotFact { Id = b.Id, OrganisationId = b.OrganisationId, NoticeDay = b.NoticeDay, MeetingDay = b.MeetingDay, State = b.State, Result = b.Result, Members = b.Members, Present = b.Present, Yes = b.Yes, Matter = b.Matter });

        /// <summary>First day for which an assembly could be called today.</summary>
        public DateOnly FirstMeetingDay(DateOnly today, BallotMatter matter) => AssemblyRule.FirstDay(today, matter);
    }
}
