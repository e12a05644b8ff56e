using Shanhuo.Registry.Targeting.Features;

namespace Shanhuo.Registry.Targeting.Rules;

/// <summary>A text in both languages.</summary>
internal sealed record Both(string Zh, string En);

/// <summary>A rule that picks households: who is asked at all, which conditions must hold, and which score must be reached. Made by <see cref="RuleReader"/> only.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Source">Where it comes from; shown wherever it is used.</param>
/// <param name="Among">Who is asked; null: everybody. Who is not is not picked.</param>
/// <param name="Pick">What must hold; null: nothing but the score.</param>
/// <param name="Score">Null: no points are counted.</param>
/// <param name="AtLeast">Hundred-millionths of a point from which on one is picked; null: no cut-off, or <paramref name="Below"/>.</param>
/// <param name="Below">Below so many points one is picked.</param>
/// <param name="Json">The document in its canonical form.</param>
/// <param name="Hash">SHA-256 of that, in hex.</param>
internal sealed record RuleDocument(Both Name, Both Source, Condition? Among, Condition? Pick, Score? Score, long? AtLeast, long? Below, string Json, string Hash)
{
    private const int Block = 1024;

    /// <summary>All conditions in order.</summary>
    public IEnumerable<Condition> Conditions => new[] { Among, Pick }.OfType<Condition>();

    /// <summary>Every feature it asks for, once, in the order of all features.</summary>
    public IReadOnlyList<Feature> Features { get; } = [.. new[] { Among, Pick }.OfType<Condition>().SelectMany(c => c.Comparisons()).Select(c => c.Feature).Concat(Score?.Terms.Select(t => t.Feature) ?? []).Distinct().OrderBy(f => f.Index)];

    /// <summary>Answers for all households.</summary>
    public Picks Apply(HouseholdFeatures features)
    {
        var picks = new Picks(new byte[features.Count], Score is null ? [] : new long[features.Count], Score is null ? [] : new long[features.Count]);
        Span<byte> one = stackalloc byte[Block];
        for (var start = 0; start < features.Count; start += Block)
        {
            var length = Math.Min(Block, features.Count - start);
            var answers = picks.Answers.AsSpan(start, length);
            var part = one[..length];
            answers.Fill((byte)Truth.Yes);
            foreach (var condition in Conditions)
            {
                condition.Answer(features, start, part);
                for (var i = 0; i < length; i++) answers[i] = Math.Min(answers[i], part[i]);
            }
            if (Score is null) continue;
            var lows = picks.Lows.AsSpan(start, length);
            var highs = picks.Highs.AsSpan(start, length);
            Score.Sum(features, start, lows, highs);
            for (var i = 0; i < length; i++) answers[i] = Math.Min(answers[i], (byte)Reached(lows[i], highs[i]));
        }
        return picks;
    }

    /// <summary>The comparisons that make the answer for a household what it is, without those of the score.</summary>
    public IEnumerable<Comparison> Why(HouseholdFeatures features, int row)
    {
        var answers = Conditions.Select(c => (Condition: c, Answer: c.Of(features, row))).ToList();
        if (answers.Count == 0) return [];
        var least = answers.Min(a => a.Answer);
        return answers.Where(a => a.Answer == least).SelectMany(a => a.Condition.Why(features, row));
    }

    /// <summary>What to ask about so that an undecided household is decided.</summary>
    public IReadOnlyList<Feature> Ask(HouseholdFeatures features, int row)
    {
        var open = Conditions.Where(c => c.Of(features, row) == Truth.Unknown).SelectMany(c => c.Why(features, row)).Where(c => c.Of(features, row) == Truth.Unknown).Select(c => c.Feature);
        var points = Score is not null && Score.Of(features, row) is var (low, high) && Reached(low, high) == Truth.Unknown
            ? Score.Terms.Where(t => features[t.Feature, row] is var (l, h) && t.Of(l, h) is var (least, most) && least < most).Select(t => t.Feature) : [];
        return [.. open.Concat(points).Distinct().OrderBy(f => f.Index)];
    }

    /// <summary>Does a score between these reach the cut-off?</summary>
    public Truth Reached(long low, long high) => AtLeast is { } least ? low >= least ? Truth.Yes : high < least ? Truth.No : Truth.Unknown
        : Below is { } below ? high < below ? Truth.Yes : low >= below ? Truth.No : Truth.Unknown
        : Truth.Yes;
}

/// <summary>What a rule answers.</summary>
/// <param name="Answers">A <see cref="Truth"/> for each household: picked, undecided, not picked.</param>
/// <param name="Lows">Least score of each, hundred-millionths of a point; empty where none is counted.</param>
/// <param name="Highs">Greatest score of each.</param>
internal sealed record Picks(byte[] Answers, long[] Lows, long[] Highs)
{
    public int Count(Truth answer) => Answers.AsSpan().Count((byte)answer);
}
