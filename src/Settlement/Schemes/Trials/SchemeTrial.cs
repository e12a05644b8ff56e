using System.Collections.Immutable;
using Shanhuo.Settlement.Pools;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Schemes.Trials;

/// <summary>A grower's part of a lot.</summary>
/// <param name="Household">Public code.</param>
/// <param name="Village">Code of its village at intake.</param>
internal readonly record struct TrialGrower(string Household, string Village, long Quantity, long Value);

/// <summary>A lot with its growers, as a trial needs it.</summary>
/// <param name="Id">Named by the lines.</param>
internal sealed record TrialLot(long Id, LotTerms Terms, bool IsPoor, ImmutableArray<TrialGrower> Growers);

/// <summary>A line of a past or invented order. Its <see cref="LineAmounts.Applies"/> is found for each scheme anew.</summary>
internal sealed record TrialLine(string Id, string Channel, string? Station, string? Campaign, string? Product, long LotId, LineAmounts Amounts);

/// <summary>What a scheme would have done with some orders. All in fen.</summary>
internal sealed record TrialSide
{
    /// <summary>What each role would have received, less what it would have put in; together exactly the gross.</summary>
    public required long[] Roles { get; init; }

    /// <summary>What each household would have been entitled to, by public code; together exactly what the growers received.</summary>
    public required IReadOnlyDictionary<string, long> Households { get; init; }

    /// <summary>The same and the village fund, by village.</summary>
    public required IReadOnlyDictionary<string, long> Villages { get; init; }
}

/// <summary>One scheme tried on orders, order by order; touches nothing but its own sums. Budgets and limits do not bind.</summary>
internal sealed class SchemeTrial(Scheme scheme)
{
    private readonly long[] roles = new long[Schemes.Roles.Count];
    private readonly Dictionary<long, (TrialLot Lot, long Growers, long Fund)> pools = [];
    private readonly Part[] parts = new Part[scheme.MostParts];
    private long[] shares = [];

    /// <summary>Can this order be split: does it have every price that the scheme asks for, and no amount beyond what a line can hold?</summary>
    public bool CanTry(IReadOnlyList<TrialLine> order, IReadOnlyDictionary<long, TrialLot> lots) => Split(order, lots, null);

    /// <summary>Takes an order in.</summary>
    /// <param name="order">All its lines, of which <see cref="CanTry"/> said yes.</param>
    /// <param name="lots">At least the lots of the lines.</param>
    public void Add(IReadOnlyList<TrialLine> order, IReadOnlyDictionary<long, TrialLot> lots) => Split(order, lots, Take);

    /// <summary>The sums so far.</summary>
    public TrialSide Finish()
    {
        var (households, villages) = (new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<string, long>(StringComparer.Ordinal));
        foreach (var (lot, growers, fund) in pools.Values)
        {
            var held = Holdings.Of(lot.Growers.Select(g => new Holding(g.Household, g.Value, g.Quantity)));
            var homes = lot.Growers.GroupBy(g => g.Household, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Village, StringComparer.Ordinal);
            var entitled = held.Entitlements(growers);
            for (var i = 0; i < entitled.Length; i++)
            {
                Sum(households, held.All[i].Owner, entitled[i]);
                Sum(villages, homes[held.All[i].Owner], entitled[i]);
            }
            if (fund == 0) continue;
            var places = Holdings.Of(lot.Growers.Select(g => new Holding(g.Village, g.Value, g.Quantity)));
            var given = places.Entitlements(fund);
            for (var i = 0; i < given.Length; i++) Sum(villages, places.All[i].Owner, given[i]);
        }
        return new TrialSide { Roles = [.. roles], Households = households, Villages = villages };
    }

    private bool Split(IReadOnlyList<TrialLine> order, IReadOnlyDictionary<long, TrialLot> lots, Action<TrialLine, TrialLot, ReadOnlySpan<Part>>? taken)
    {
        var lines = new LineAmounts[order.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            var (line, lot) = (order[i], lots[order[i].LotId]);
            lines[i] = line.Amounts with { Applies = scheme.Match.Of(line.Channel, line.Station, line.Campaign, line.Product, lot.IsPoor) };
            if (lot.Terms.Contract is null && AsksForContract(lines[i].Applies)) return false;
        }
        var ordinal = Enumerable.Range(0, lines.Length).OrderBy(i => order[i].Id, Ordinal.Order).ToArray();
        var steps = scheme.OrderSteps.Length;
        if (shares.Length < lines.Length * steps) shares = new long[lines.Length * steps];
        try
        {
            OrderParts.Fill(scheme, lines, ordinal, shares);
        }
        catch (OverflowException)
        {
            return false;
        }
        for (var i = 0; i < lines.Length; i++)
        {
            var lot = lots[order[i].LotId];
            var count = LineSplit.Parts(scheme, lines[i], lot.Terms, shares.AsSpan(i * steps, steps), null, parts);
            if (count < 0) return false;
            taken?.Invoke(order[i], lot, parts.AsSpan(0, count));
        }
        return true;
    }

    private void Take(TrialLine line, TrialLot lot, ReadOnlySpan<Part> split)
    {
        var pool = pools.GetValueOrDefault(line.LotId, (Lot: lot, Growers: 0, Fund: 0));
        foreach (ref readonly var part in split)
        {
            roles[(int)part.Role] += part.Fen;
            if (part.Role == SchemeRole.Growers) pool.Growers += part.Fen;
            if (part.Role == SchemeRole.VillageFund) pool.Fund += part.Fen;
        }
        if (lot.Terms.BoughtBy is { } buyer)
        {
            // Bought at intake: the growers have had the agreed price of these goods, whatever the sale brings.
            var paid = lot.Terms.Intake.Of(lot.Terms.ByPiece ? line.Amounts.Pieces : line.Amounts.Grams);
            roles[(int)buyer] -= paid;
            roles[(int)SchemeRole.Growers] += paid;
            pool.Growers += paid;
        }
        pools[line.LotId] = pool;
    }

    private bool AsksForContract(ulong applies)
    {
        for (var i = 0; i < scheme.Steps.Length; i++)
            if ((applies >> i & 1) != 0 && scheme.Steps[i] is { Measure: Measure.Price, Price: PriceKind.Contract }) return true;
        return false;
    }

    private static void Sum(Dictionary<string, long> sums, string owner, long fen) => sums[owner] = sums.GetValueOrDefault(owner) + fen;
}
