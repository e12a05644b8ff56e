using Shanhuo.Registry.Targeting.Features;

namespace Shanhuo.Registry.Targeting.Rules;

/// <summary>An answer of Kleene's strong three-valued logic (1952): and is the least, or the greatest. Unknown is never taken for one of the others.</summary>
internal enum Truth : byte { No, Unknown, Yes }

/// <summary>A condition on the features of a household.</summary>
internal abstract record Condition
{
    /// <summary>Where it stands in its document, such as <c>pick/all/0</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Conditions below it.</summary>
    public virtual IReadOnlyList<Condition> Parts => [];

    /// <summary>Answers for rows <paramref name="start"/> and after, as many as <paramref name="answers"/> holds.</summary>
    public abstract void Answer(HouseholdFeatures features, int start, Span<byte> answers);

    /// <summary>Those comparisons that make the answer what it is.</summary>
    public abstract IEnumerable<Comparison> Why(HouseholdFeatures features, int row);

    public Truth Of(HouseholdFeatures features, int row)
    {
        Span<byte> answer = [0];
        Answer(features, row, answer);
        return (Truth)answer[0];
    }

    /// <summary>All comparisons in it, in order.</summary>
    public IEnumerable<Comparison> Comparisons() => this is Comparison one ? [one] : Parts.SelectMany(p => p.Comparisons());
}

/// <summary>How a comparison is written in a document, for its words.</summary>
internal enum Comparer { Below, AtMost, Above, AtLeast, Between, Is, In }

/// <summary>Is the value in one of these spans? Yes when every possible value is, no when none is.</summary>
/// <param name="Feature">What is compared.</param>
/// <param name="Comparer">How it was written.</param>
/// <param name="Values">As they were written, in smallest units.</param>
internal sealed record Comparison(Feature Feature, Comparer Comparer, IReadOnlyList<int> Values) : Condition
{
    private readonly (int From, int To)[] spans = Spans(Feature, Comparer, Values);

    public override void Answer(HouseholdFeatures features, int start, Span<byte> answers)
    {
        var low = features.Low(Feature).Slice(start, answers.Length);
        var high = features.High(Feature).Slice(start, answers.Length);
        if (spans is [var (from, to)])
        {
            for (var i = 0; i < answers.Length; i++)
            {
                var all = low[i] >= from & high[i] <= to;
                var some = high[i] >= from & low[i] <= to;
                answers[i] = (byte)((all ? 1 : 0) + (some ? 1 : 0));
            }
            return;
        }
        for (var i = 0; i < answers.Length; i++)
        {
            var best = Truth.No;
            foreach (var span in spans)
            {
                if (high[i] < span.From || low[i] > span.To) continue;
                best = low[i] >= span.From && high[i] <= span.To ? Truth.Yes : Truth.Unknown;
                break;
            }
            answers[i] = (byte)best;
        }
    }

    public override IEnumerable<Comparison> Why(HouseholdFeatures features, int row) => [this];

    // Apart and not even neighbours, so that what fits in their union fits in one of them.
    private static (int From, int To)[] Spans(Feature feature, Comparer comparer, IReadOnlyList<int> values)
    {
        if (comparer is Comparer.Is or Comparer.In)
        {
            var spans = new List<(int From, int To)>();
            foreach (var value in values.Distinct().Order())
                if (spans.Count > 0 && spans[^1].To == value - 1) spans[^1] = (spans[^1].From, value);
                else spans.Add((value, value));
            return [.. spans];
        }
        return [comparer switch
        {
            Comparer.Below => (feature.Least, values[0] - 1),
            Comparer.AtMost => (feature.Least, values[0]),
            Comparer.Above => (values[0] + 1, feature.Most),
            Comparer.AtLeast => (values[0], feature.Most),
            _ => (values[0], values[1]),
        }];
    }
}

/// <summary>At least so many of these hold. All of them is <c>all</c>, one of them is <c>any</c>.</summary>
internal sealed record AtLeast(int Needed, IReadOnlyList<Condition> Conditions) : Condition
{
    public override IReadOnlyList<Condition> Parts => Conditions;

    public override void Answer(HouseholdFeatures features, int start, Span<byte> answers)
    {
        Span<byte> one = stackalloc byte[answers.Length], yes = stackalloc byte[answers.Length], possible = stackalloc byte[answers.Length];
        yes.Clear();
        possible.Clear();
        foreach (var part in Conditions)
        {
            part.Answer(features, start, one);
            for (var i = 0; i < one.Length; i++)
            {
                yes[i] += (byte)(one[i] >> 1);
                possible[i] += (byte)((one[i] + 1) >> 1);
            }
        }
        for (var i = 0; i < answers.Length; i++) answers[i] = (byte)((yes[i] >= Needed ? 1 : 0) + (possible[i] >= Needed ? 1 : 0));
    }

    public override IEnumerable<Comparison> Why(HouseholdFeatures features, int row)
    {
        var answer = Of(features, row);
        return Conditions.Where(part => part.Of(features, row) == answer).SelectMany(part => part.Why(features, row));
    }

}

/// <summary>Does it not hold?</summary>
internal sealed record Not(Condition Inner) : Condition
{
    public override IReadOnlyList<Condition> Parts => [Inner];

    public override void Answer(HouseholdFeatures features, int start, Span<byte> answers)
    {
        Inner.Answer(features, start, answers);
        for (var i = 0; i < answers.Length; i++) answers[i] = (byte)(2 - answers[i]);
    }

    public override IEnumerable<Comparison> Why(HouseholdFeatures features, int row) => Inner.Why(features, row);
}
