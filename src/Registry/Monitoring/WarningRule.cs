using Shanhuo.Kernel;

namespace Shanhuo.Registry.Monitoring;

/// <summary>What a household took in in a month, fen.</summary>
/// <param name="Sales">From sales, as the ledger has it.</param>
/// <param name="Other">Wages, transfers and the rest; null: not known, and then nothing is said of the year's income.</param>
internal sealed record MonthFacts(DateOnly Month, Fen Sales, Fen? Other);

/// <summary>Something that struck a household.</summary>
/// <param name="Cost">What it costs the household itself, fen, as stated.</param>
internal sealed record EventFact(DateOnly Month, string Kind, Fen Cost);

/// <summary>A household's months, the oldest first, without a gap.</summary>
internal sealed record HouseholdHistory(long HouseholdId, int? Members, IReadOnlyList<MonthFacts> Months, IReadOnlyList<EventFact> Events);

/// <summary>Why a household is warned of.</summary>
/// <param name="Percent">Fall of the sales or other income of three months against the year before, or the cost of the event against the year's income; 0 to 999.</param>
/// <param name="Amount">What was lost or costs, fen.</param>
/// <param name="PerHead">Lowest income of a head over twelve months that is to be expected; null: the event warns by itself.</param>
/// <param name="InMonths">In how many months; 0: now.</param>
internal sealed record Alarm(DateOnly Month, string Cause, int Percent, Fen Amount, Fen? PerHead, int InMonths);

/// <summary>Finds a household whose income of twelve months, less what blows of fate cost it, goes below the monitoring line now or within some months: known months, then the same months of the year before times the latest trend.</summary>
internal static class WarningRule
{
    private const int Whole = 1_000_000, Recent = 3;

    /// <summary>Months that must be known: a year before the latest three.</summary>
    public const int LeastMonths = 12 + Recent;

    /// <summary>The warning at the end of a month; null: none.</summary>
    /// <param name="at">Index of the last known month; later ones are not looked at.</param>
    /// <param name="line">Monitoring line, fen a head and year.</param>
    public static Alarm? At(HouseholdHistory history, int at, TriggerSet rule, Fen line)
    {
        if (at + 1 < LeastMonths || history.Members is not > 0) return null;
        var months = history.Months;
        var known = Enumerable.Range(0, at + 1).All(i => months[i].Other is not null);
        var events = history.Events.Where(e => e.Month <= months[at].Month).ToList();
        if (known && Expected(history, at, rule, line, events) is { } low && Cause(history, at, rule, line, events) is { } cause)
            return new Alarm(months[at].Month, cause.Key, cause.Percent, cause.Amount, low.PerHead, low.In);
        return known ? Alone(history, at, rule, events) : null;
    }

    // The lowest of the twelve months that end now, in one month, in two…
    private static (Fen PerHead, int In)? Expected(HouseholdHistory history, int at, TriggerSet rule, Fen line, List<EventFact> events)
    {
        var (total, months) = (Totals(history, at), history.Months);
        var trend = Trend(Sum(total, at), Sum(total, at - 12), rule.LeastFallParts);
        (Int128 Least, int In) best = (Int128.MaxValue, 0);
        Int128 coming = 0;
        for (var ahead = 0; ahead <= rule.AheadMonths; ahead++)
        {
            if (ahead > 0) coming += (Int128)total[at - 12 + ahead] * trend / Whole;
            var first = at + ahead - 11;
            Int128 sum = coming;
            for (var i = first; i <= at; i++) sum += total[i];
            foreach (var e in events) if (e.Month >= months[first].Month) sum -= e.Cost.Value;
            if (sum < best.Least) best = (sum, ahead);
        }
        var perHead = new Fen((long)(best.Least / history.Members!.Value));
        return (Int128)perHead.Value * Whole < (Int128)line.Value * (Whole + rule.MarginParts) ? (perHead, best.In) : null;
    }

    // What took most from the household in the last twelve months; a fall of three months counts as a year's.
    private static (string Key, int Percent, Fen Amount)? Cause(HouseholdHistory history, int at, TriggerSet rule, Fen line, List<EventFact> events)
    {
        var year = Year(history, at);
        var found = new List<(string Key, int Percent, Int128 Amount)>();
        foreach (var (key, part) in new[] { ("sales", history.Months.Select(m => m.Sales.Value).ToArray()), ("income", history.Months.Select(m => m.Other?.Value ?? 0).ToArray()) })
        {
            var (now, before) = (Sum(part, at), Sum(part, at - 12));
            if (now < before && before > 0) found.Add((key, (int)((before - now) * 100 / before), before - now));
        }
        foreach (var group in events.Where(e => e.Month > history.Months[at].Month.AddMonths(-12)).GroupBy(e => e.Kind))
        {
            var cost = group.Aggregate((Int128)0, (sum, e) => sum + e.Cost.Value);
            found.Add((group.Key, (int)Int128.Min(999, cost * 100 / Int128.Max(1, year)), cost));
        }
        var heard = found.Where(f => rule.Triggers.Any(t => t.Cause == f.Key)).ToList();
        if (heard.Count == 0) return rule.Triggers.Any(t => t.Cause == "low") && !WasLow(history, at, line) ? ("low", 0, Fen.Zero) : null;
        var most = heard.MaxBy(f => f.Amount * (f.Key is "sales" or "income" ? 4 : 1));
        return (most.Key, most.Percent, new Fen((long)most.Amount));
    }

    // Who was as poor a year ago is no early warning but a household to be registered; where that year is not known, it counts as not.
    private static bool WasLow(HouseholdHistory history, int at, Fen line) =>
        at >= 23 && Totals(history, at - 12).Skip(at - 23).Aggregate((Int128)0, (sum, x) => sum + x) < (Int128)line.Value * history.Members!.Value;

    private static Alarm? Alone(HouseholdHistory history, int at, TriggerSet rule, List<EventFact> events)
    {
        var year = Year(history, at);
        foreach (var e in events.Where(e => e.Month == history.Months[at].Month))
            if (year > 0 && rule.Triggers.FirstOrDefault(t => t.Cause == e.Kind)?.AloneShare is { } share && (Int128)e.Cost.Value * Whole >= year * TriggerSet.Parts(share))
                return new Alarm(e.Month, e.Kind, (int)Int128.Min(999, (Int128)e.Cost.Value * 100 / year), e.Cost, null, 0);
        return null;
    }

    private static long[] Totals(HouseholdHistory history, int at) => [.. history.Months.Take(at + 1).Select(m => checked(m.Sales.Value + m.Other!.Value.Value))];

    private static Int128 Year(HouseholdHistory history, int at)
    {
        var total = Totals(history, at);
        return total.Skip(Math.Max(0, at - Recent - 11)).Take(12).Aggregate((Int128)0, (sum, x) => sum + x);
    }

    private static Int128 Sum(long[] amounts, int at) => (Int128)amounts[at] + amounts[at - 1] + amounts[at - 2];

    private static Int128 Trend(Int128 now, Int128 before, int leastFall) =>
        before <= 0 || now >= before || (before - now) * Whole < before * leastFall ? Whole : Int128.Max(0, now * Whole / before);
}
