using Shanhuo.Kernel;

namespace Shanhuo.Market.Channels.Statements;

/// <summary>What we have of an order.</summary>
/// <param name="Number">On the platform.</param>
/// <param name="Gross">Goods and freight of its lines, less what was given back.</param>
/// <param name="Commission">As its lines record it.</param>
/// <param name="Promotion">Likewise.</param>
internal sealed record OurOrder(string Number, Fen Gross, Fen Commission, Fen Promotion)
{
    /// <summary>What we recorded of a kind of deduction; of kinds that lines do not have, nothing.</summary>
    public Fen Deducted(string kind) => kind switch { Deduction.Commission => Commission, Deduction.Promotion => Promotion, _ => Fen.Zero };

    /// <summary>What should have reached us.</summary>
    public Fen Expected => Gross - Commission - Promotion;
}

/// <summary>How an order of the two sides compares.</summary>
internal enum Verdict
{
    /// <summary>The same to the fen, in each kind.</summary>
    Matched,

    /// <summary>Some amount differs.</summary>
    Differs,

    /// <summary>The platform settled it, we do not have it.</summary>
    OnlyTheirs,

    /// <summary>We have it as received, the platform has not settled it.</summary>
    OnlyOurs,
}

/// <summary>One amount that differs.</summary>
/// <param name="Kind"><c>gross</c>, or a kind of <see cref="Deduction"/>.</param>
/// <param name="Ours">As we have it.</param>
/// <param name="Theirs">As the platform says.</param>
internal sealed record Difference(string Kind, Fen Ours, Fen Theirs);

/// <summary>An order beside itself.</summary>
internal sealed record ReconciledOrder(string Number, Verdict Verdict, OurOrder? Ours, TheirOrder? Theirs, IReadOnlyList<Difference> Differences)
{
    /// <summary>What reached us beyond what should have: below zero, it is missing.</summary>
    public Fen Off => (Theirs?.PaidOut ?? Fen.Zero) - (Ours?.Expected ?? Fen.Zero);
}

/// <summary>Puts a platform's settlement beside our lines, order by order.</summary>
internal static class Reconciling
{
    /// <summary>Every order of either side once: first what differs, then what one side lacks, then what matches; by number within.</summary>
    /// <param name="ours">Ours by number.</param>
    /// <param name="theirs">The platform's, each number once.</param>
    public static IReadOnlyList<ReconciledOrder> Compare(IReadOnlyDictionary<string, OurOrder> ours, IReadOnlyList<TheirOrder> theirs)
    {
        var settled = theirs.Select(t => t.Number).ToHashSet(StringComparer.Ordinal);
        var all = theirs.Select(t => Beside(ours.GetValueOrDefault(t.Number), t))
            .Concat(ours.Values.Where(o => !settled.Contains(o.Number)).Select(o => new ReconciledOrder(o.Number, Verdict.OnlyOurs, o, null, [])));
        return [.. all.OrderBy(r => r.Verdict == Verdict.Matched ? 9 : (int)r.Verdict).ThenBy(r => r.Number, StringComparer.Ordinal)];
    }

    private static ReconciledOrder Beside(OurOrder? ours, TheirOrder theirs)
    {
        if (ours is null) return new ReconciledOrder(theirs.Number, Verdict.OnlyTheirs, null, theirs, []);
        var differences = new List<Difference>();
        if (ours.Gross != theirs.Gross) differences.Add(new Difference("gross", ours.Gross, theirs.Gross));
        for (var i = 0; i < Deduction.Kinds.Count; i++)
            if (ours.Deducted(Deduction.Kinds[i]) != theirs.Deductions[i]) differences.Add(new Difference(Deduction.Kinds[i], ours.Deducted(Deduction.Kinds[i]), theirs.Deductions[i]));
        return new ReconciledOrder(theirs.Number, differences.Count == 0 ? Verdict.Matched : Verdict.Differs, ours, theirs, differences);
    }
}
