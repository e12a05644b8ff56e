using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Voice.Ballots;

/// <summary>A bundle of papers as one counter reads them.</summary>
/// <param name="BallotId">The ballot.</param>
/// <param name="From">Number of the first paper.</param>
/// <param name="Choices">One per paper; null where nothing was chosen.</param>
internal sealed record PapersRead(long BallotId, int From, IReadOnlyList<Choice?> Choices);

/// <summary>Enters papers. The first two people who do become the counters; each sees only the own entries until both have entered all.</summary>
internal sealed class EnterPapers(ShanhuoDb db)
{
    /// <summary>Papers on one page of the form.</summary>
    public const int Bundle = 50;

    public async Task<Outcome<Done>> Handle(PapersRead read, CancellationToken cancel)
    {
        if (await db.Ballots.SingleOrDefaultAsync(b => b.Id == read.BallotId, cancel) is not { } ballot) return new Refusal("voice.ballot-gone");
        if (ballot.State != BallotState.Counting) return new Refusal("voice.ballot-step");
        if (read.From < 1 || read.Choices.Count is 0 or > Bundle || read.From + read.Choices.Count - 1 > ballot.Papers) return new Refusal("voice.ballot-step");
        for (var i = 0; i < read.Choices.Count; i++)
            if (read.Choices[i] is not { } choice || !Enum.IsDefined(choice)) return new Refusal("voice.ballot-paper-empty", Place.Input($"Choices[{i}]"), read.From + i);
        var (mine, refused) = await Seat(ballot, cancel);
        if (refused is not null) return refused;
        var last = read.From + read.Choices.Count - 1;
        var before = await db.BallotPapers.AsNoTracking().Where(p => p.BallotId == ballot.Id && p.Place == mine && p.Number >= read.From && p.Number <= last).ToDictionaryAsync(p => p.Number, p => p.Choice, cancel);
        // What is entered stays: a slip of the finger shows against the other counter's reading, and is mended by looking at the paper again.
        if (before.Any(p => p.Value != read.Choices[p.Key - read.From])) return new Refusal("voice.ballot-entered", Place.None, read.From, last);
        for (var i = 0; i < read.Choices.Count; i++)
            if (!before.ContainsKey(read.From + i)) db.BallotPapers.Add(new BallotPaper { County = ballot.County, BallotId = ballot.Id, Place = mine, Number = read.From + i, Choice = read.Choices[i]!.Value });
        return await Guarded.Save(db, cancel);
    }

    private async Task<(int Place, Refusal? No)> Seat(Ballot ballot, CancellationToken cancel)
    {
        var counters = await db.BallotCounters.Where(c => c.BallotId == ballot.Id).ToListAsync(cancel);
        if (counters.Find(c => c.AccountId == db.Scope.AccountId) is { } me) return (me.Place, null);
        if (counters.Count >= 2) return (0, new Refusal("voice.ballot-two-counters"));
        var place = counters.Any(c => c.Place == 1) ? 2 : 1;
        db.BallotCounters.Add(new BallotCounter { County = ballot.County, BallotId = ballot.Id, Place = place, AccountId = db.Scope.AccountId });
        return (place, null);
    }
}

/// <summary>A counter looks at a paper again that the two read differently, and says what it says. Nobody can change what the other read.</summary>
internal sealed record PaperReadAgain(long BallotId, int Number, Choice Choice);

internal sealed class ReadAgain(ShanhuoDb db)
{
    public async Task<Outcome<Done>> Handle(PaperReadAgain again, CancellationToken cancel)
    {
        if (await db.Ballots.SingleOrDefaultAsync(b => b.Id == again.BallotId, cancel) is not { } ballot) return new Refusal("voice.ballot-gone");
        if (ballot.State != BallotState.Counting || !Enum.IsDefined(again.Choice)) return new Refusal("voice.ballot-step");
        var count = await Count.Of(db, ballot, cancel);
        if (count.PlaceOf(db.Scope.AccountId) is not { } mine) return new Refusal("voice.ballot-not-counter");
        if (!count.IsComplete) return new Refusal("voice.ballot-count-open", Place.None, count.Entered, ballot.Papers * 2);
        if (count.Differences.All(d => d.Number != again.Number)) return new Refusal("voice.ballot-same", Place.None, again.Number);
        var paper = await db.BallotPapers.SingleAsync(p => p.BallotId == ballot.Id && p.Place == mine && p.Number == again.Number, cancel);
        if (paper.Choice == again.Choice) return new Done();
        paper.FirstChoice ??= paper.Choice;
        paper.Choice = again.Choice;
        ballot.Revision++;
        return await Guarded.Save(db, cancel);
    }
}

/// <summary>How far the count is: what each of the two has entered, and where they differ.</summary>
internal sealed class Count
{
    private readonly Dictionary<long, int> places;
    private readonly Dictionary<(int Place, int Number), Choice> read;

    private Count(int papers, Dictionary<long, int> places, Dictionary<(int, int), Choice> read) => (Papers, this.places, this.read) = (papers, places, read);

    public int Papers { get; }

    /// <summary>Papers entered by both together.</summary>
    public int Entered => read.Count;

    public int Counters => places.Count;

    /// <summary>Have both entered every paper?</summary>
    public bool IsComplete => places.Count == 2 && read.Count == 2 * Papers;

    /// <summary>The papers that the two read differently; empty while the count is not complete.</summary>
    public IReadOnlyList<(int Number, Choice First, Choice Second)> Differences => !IsComplete ? [] :
        [.. Enumerable.Range(1, Papers).Where(n => read[(1, n)] != read[(2, n)]).Select(n => (n, read[(1, n)], read[(2, n)]))];

    public int? PlaceOf(long account) => places.TryGetValue(account, out var place) ? place : null;

    /// <summary>How many papers a counter has entered.</summary>
    public int EnteredBy(int place) => read.Keys.Count(k => k.Place == place);

    /// <summary>What a counter read on a paper; null where nothing is entered.</summary>
    public Choice? At(int place, int number) => read.TryGetValue((place, number), out var choice) ? choice : null;

    /// <summary>Papers that say so, once both agree on all.</summary>
    public int Saying(Choice choice) => Enumerable.Range(1, Papers).Count(n => read[(1, n)] == choice);

    public static async Task<Count> Of(ShanhuoDb db, Ballot ballot, CancellationToken cancel) => new(ballot.Papers,
        await db.BallotCounters.Where(c => c.BallotId == ballot.Id).ToDictionaryAsync(c => c.AccountId, c => c.Place, cancel),
        await db.BallotPapers.AsNoTracking().Where(p => p.BallotId == ballot.Id).ToDictionaryAsync(p => (p.Place, p.Number), p => p.Choice, cancel));
}
