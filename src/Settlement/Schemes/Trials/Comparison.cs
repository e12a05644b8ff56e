namespace Shanhuo.Settlement.Schemes.Trials;

/// <summary>Two schemes on the same orders: who would have got what.</summary>
internal sealed record Comparison
{
    public required int Orders { get; init; }
    public required int Lines { get; init; }

    /// <summary>Orders that one of the two schemes cannot split, for want of a contract price or beyond all bounds.</summary>
    public required int LeftOut { get; init; }

    /// <summary>What the buyers paid, in fen.</summary>
    public required long Gross { get; init; }

    /// <summary>By the scheme on trial.</summary>
    public required TrialSide Draft { get; init; }

    /// <summary>By the scheme in force; null: none is.</summary>
    public TrialSide? Present { get; init; }

    /// <summary>The growers' part of what the buyers paid, in parts per million.</summary>
    public long GrowersShare(TrialSide side) => Gross == 0 ? 0 : (long)((Int128)side.Roles[(int)SchemeRole.Growers] * 1_000_000 / Gross);

    /// <summary>The change for each household, least first; empty where there is nothing to compare with.</summary>
    public IReadOnlyList<(string Household, long Change)> Changes => changes ??= Present is not { } before ? [] :
        [.. Draft.Households.Keys.Union(before.Households.Keys, StringComparer.Ordinal)
            .Select(h => (Household: h, Change: Draft.Households.GetValueOrDefault(h) - before.Households.GetValueOrDefault(h))).OrderBy(c => c.Change).ThenBy(c => c.Household, StringComparer.Ordinal)];

    private IReadOnlyList<(string, long)>? changes;
}

/// <summary>Tries a draft and the scheme in force side by side, order by order. An order that one cannot split is left out of both.</summary>
internal sealed class SideBySide(Scheme draft, Scheme? present)
{
    private readonly SchemeTrial first = new(draft);
    private readonly SchemeTrial? second = present is null ? null : new SchemeTrial(present);
    private int orders, lines, leftOut;
    private long gross;

    public void Add(IReadOnlyList<TrialLine> order, IReadOnlyDictionary<long, TrialLot> lots)
    {
        if (!first.CanTry(order, lots) || second?.CanTry(order, lots) == false)
        {
            leftOut++;
            return;
        }
        first.Add(order, lots);
        second?.Add(order, lots);
        (orders, lines) = (orders + 1, lines + order.Count);
        foreach (var line in order) gross += line.Amounts.Gross;
    }

    public int Orders => orders;

    public int Lines => lines;

    public Comparison Finish() => new() { Orders = orders, Lines = lines, LeftOut = leftOut, Gross = gross, Draft = first.Finish(), Present = second?.Finish() };
}
