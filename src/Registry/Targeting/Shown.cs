using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Targeting.Features;
using Shanhuo.Registry.Targeting.Rules;
using Shanhuo.Registry.Targeting.Runs;
using Shanhuo.Registry.Targeting.Ways;

namespace Shanhuo.Registry.Targeting;

/// <summary>How many a rule picks, leaves open and does not pick in a township.</summary>
internal sealed record TownshipCount(string Name, int Picked, int Undecided, int Not)
{
    public int All => Picked + Undecided + Not;

    /// <summary>Counts by township, in the order of their codes.</summary>
    public static async Task<List<TownshipCount>> Of(ShanhuoDb db, Say say, IEnumerable<(AreaCode Village, Truth Answer, int Count)> answers, CancellationToken cancel)
    {
        var counts = new SortedDictionary<long, int[]>();
        foreach (var (village, answer, count) in answers)
        {
            var township = village.At(AreaLevel.Township).Value;
            if (!counts.TryGetValue(township, out var of)) counts[township] = of = new int[3];
            of[(int)answer] += count;
        }
        var names = await Names(db, say, counts.Keys.Select(c => new AreaCode(c)), cancel);
        return [.. counts.Select(c => new TownshipCount(names[new AreaCode(c.Key)], c.Value[2], c.Value[1], c.Value[0]))];
    }

    /// <summary>Names of areas; the code of one that has none.</summary>
    public static async Task<Dictionary<AreaCode, string>> Names(ShanhuoDb db, Say say, IEnumerable<AreaCode> areas, CancellationToken cancel)
    {
        var codes = areas.Distinct().ToList();
        var known = await db.Areas.Where(a => codes.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => say.Pick(a.Name, a.NameEn), cancel);
        return codes.ToDictionary(c => c, c => known.GetValueOrDefault(c, c.ToString()));
    }
}

/// <summary>Small words that several pages of targeting share.</summary>
internal static class Shown
{
    public static string Mark(Truth answer) => answer switch { Truth.Yes => "ok", Truth.Unknown => "wait", _ => "stop" };

    public static string Key(Truth answer) => answer switch { Truth.Yes => "picked", Truth.Unknown => "undecided", _ => "not" };

    /// <summary>Key of an answer's word: of ways out it says whether the first way is settled.</summary>
    public static string Word(RuleKind kind, Truth answer) => (kind == RuleKind.Ways ? "targeting.ways-" : "targeting.") + Key(answer);

    /// <summary>Key of the sentence about a run.</summary>
    public static string Line(RuleKind kind) => kind == RuleKind.Ways ? "targeting.last-run-ways" : "targeting.last-run";

    public static string Mark(RuleState state) => state switch { RuleState.Adopted => "ok", RuleState.Proposed => "wait", RuleState.Draft => "warn", _ => "stop" };

    public static string Percent(double share) => double.IsNaN(share) ? "–" : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0}%");

    /// <summary>From 12.3% to 15.6%, or one figure.</summary>
    public static string Span(double low, double high) => Percent(low) == Percent(high) ? Percent(low) : $"{Percent(low)} – {Percent(high)}";

    /// <summary>What a kept answer of a rule says, from its own inputs.</summary>
    public static (IReadOnlyList<string> Why, IReadOnlyList<string> Ask) Explain(RuleDocument rule, TargetingAnswer answer, RuleWords words)
    {
        var then = Inputs.Read(answer.Document, answer.HouseholdId, answer.Area);
        var points = rule.Score is null ? [] : rule.Score.Terms.Select(t => words.Reason(t, then, 0));
        return ([.. rule.Why(then, 0).Select(c => words.Reason(c, then, 0)).Concat(points)], [.. rule.Ask(then, 0).Select(words.Name)]);
    }

    /// <summary>The same for the chosen way.</summary>
    public static (IReadOnlyList<string> Why, IReadOnlyList<string> Ask) Explain(WaysDocument ways, TargetingAnswer answer, RuleWords words)
    {
        var then = Inputs.Read(answer.Document, answer.HouseholdId, answer.Area);
        var ranked = ways.Rank(then, 0);
        var chosen = ranked.FirstOrDefault(w => w.Way.Key == answer.Way) ?? ranked[0];
        return ([.. chosen.Way.Needs.Why(then, 0).Select(c => words.Reason(c, then, 0))], [.. WaysDocument.Ask(ranked, then, 0).Select(words.Name)]);
    }
}
