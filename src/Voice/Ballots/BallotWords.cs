using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Voice.Ballots;

/// <summary>How pages name where a ballot stands, and whose ballots a reader sees.</summary>
internal static class BallotWords
{
    public static string Key(BallotState state, BallotResult result) => result == BallotResult.None ? $"voice.state-{Kebab(state.ToString())}" : $"voice.result-{Kebab(result.ToString())}";

    public static string Mark(BallotState state, BallotResult result) => result switch
    {
        BallotResult.Carried => "ok",
        BallotResult.None => "wait",
        BallotResult.CalledOff => "warn",
        _ => "stop",
    };

    /// <summary>How it ended, in a sentence with the figures that decided it.</summary>
    public static string Why(Say say, BallotResult result, AssemblyRule rule, int members, int present, int yes) =>
        say["voice.why-" + Kebab(result.ToString()), members, present, yes, rule.Quorum.LeastOf(members), rule.Majority.LeastOf(members), rule.NoticeDays];

    /// <summary>A hash in groups of eight, so that it can be compared aloud and breaks on a small screen.</summary>
    public static string Spaced(string hash) => string.Join(' ', hash.Chunk(8).Select(part => new string(part)));

    public static string Key(Choice choice) => $"voice.choice-{Kebab(choice.ToString())}";

    /// <summary>The ballots in scope; a household sees those of the cooperatives of which it is or was a member.</summary>
    public static IQueryable<Ballot> Readable(ShanhuoDb db)
    {
        if (db.Scope.HouseholdId is not { } household) return db.Ballots;
        var mine = db.MembershipFacts.Where(m => m.HouseholdId == household);
        return db.Ballots.Where(b => mine.Any(m => m.OrganisationId == b.OrganisationId));
    }

    /// <summary>May this reader lead the ballot, or only look?</summary>
    public static bool MayLead(Scope scope) => scope.Role is Role.Cooperative or Role.CountyStaff;

#pragma warning disable CA1308 // Keys of texts are in small letters.
    private static string Kebab(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
#pragma warning restore CA1308
}
