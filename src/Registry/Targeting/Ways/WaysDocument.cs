using System.Text.Json;
using Shanhuo.Kernel;
using Shanhuo.Registry.Targeting.Features;
using Shanhuo.Registry.Targeting.Rules;

namespace Shanhuo.Registry.Targeting.Ways;

/// <summary>What support goes with a way; for those only for whom the condition may hold.</summary>
internal sealed record Support(Both What, Condition? If);

/// <summary>One way out: what it needs, whom it suits, what support goes with it, and what it is expected to bring a household in a year.</summary>
/// <param name="Key">One of <see cref="WaysDocument.Keys"/>.</param>
/// <param name="Needs">Must hold.</param>
/// <param name="Suits">More points: goes before the others.</param>
/// <param name="Supports">In order.</param>
/// <param name="ExpectedFrom">Net income added for the household in a year, fen, at least this.</param>
/// <param name="ExpectedTo">At most this.</param>
/// <param name="Basis">Where the expectation comes from.</param>
internal sealed record Way(string Key, Condition Needs, Score Suits, IReadOnlyList<Support> Supports, long ExpectedFrom, long ExpectedTo, Both Basis);

/// <summary>A way for one household.</summary>
/// <param name="Way">The way.</param>
/// <param name="Fits">Do its needs hold?</param>
/// <param name="Low">Least points.</param>
/// <param name="High">Greatest points.</param>
/// <param name="Place">In the document, from 0.</param>
internal sealed record RankedWay(Way Way, Truth Fits, long Low, long High, int Place);

/// <summary>The rules by which a way out is proposed. Made by <see cref="TryRead"/> only.</summary>
internal sealed record WaysDocument(Both Name, Both Source, IReadOnlyList<Way> Ways, string Json, string Hash)
{
    /// <summary>The ways that exist: own shop, supply through a cooperative, wage work, shares, training first, social support.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["own-shop", "supply", "wage-work", "shares", "training", "social-support"];

    /// <summary>Always kept with an answer, to compare what was expected with what came.</summary>
    private static readonly Feature[] Baseline = [HouseholdFeature.Of("net-income"), HouseholdFeature.Of("received"), HouseholdFeature.Of("people")];

    /// <summary>Every feature it asks for, and the baseline.</summary>
    public IReadOnlyList<Feature> Features { get; } = [.. Ways.SelectMany(w => w.Needs.Comparisons().Select(c => c.Feature).Concat(w.Suits.Terms.Select(t => t.Feature)).Concat(w.Supports.SelectMany(s => s.If?.Comparisons().Select(c => c.Feature) ?? []))).Concat(Baseline).Distinct().OrderBy(f => f.Index)];

    /// <summary>Ways of a household, the first one first: those that fit before those that may, before those that do not; among equals the one that suits at least so much; then the order of the document.</summary>
    public IReadOnlyList<RankedWay> Rank(HouseholdFeatures features, int row) =>
        [.. Ways.Select((w, i) => w.Suits.Of(features, row) is var (low, high) ? new RankedWay(w, w.Needs.Of(features, row), low, high, i) : null!).OrderByDescending(w => w.Fits).ThenByDescending(w => w.Low)];

    /// <summary>Would the first way stay first whatever is unknown?</summary>
    public static bool IsSure(IReadOnlyList<RankedWay> ranked) => ranked[0].Fits == Truth.Yes && ranked.Skip(1).All(w => w.Fits == Truth.No || w.High < ranked[0].Low || (w.High == ranked[0].Low && w.Place > ranked[0].Place));

    /// <summary>What to ask about, so that it becomes sure.</summary>
    public static IReadOnlyList<Feature> Ask(IReadOnlyList<RankedWay> ranked, HouseholdFeatures features, int row)
    {
        if (IsSure(ranked)) return [];
        var open = ranked.Where(w => w.Fits != Truth.No).DefaultIfEmpty(ranked[0]).ToList();
        var needs = open.Where(w => w.Fits == Truth.Unknown).SelectMany(w => w.Way.Needs.Why(features, row)).Where(c => c.Of(features, row) == Truth.Unknown).Select(c => c.Feature);
        var points = open.SelectMany(w => w.Way.Suits.Terms).Where(t => features[t.Feature, row] is var (low, high) && t.Of(low, high) is var (least, most) && least < most).Select(t => t.Feature);
        return [.. needs.Concat(points).Distinct().OrderBy(f => f.Index)];
    }

    /// <summary>The document, or all that is wrong, each with its path.</summary>
    public static bool TryRead(string json, out WaysDocument ways, out IReadOnlyList<Refusal> faults)
    {
        (ways, var node) = (null!, new RuleNode());
        faults = node.Faults;
        using var document = RuleNode.Parse(json, node);
        if (document is null) return false;
        var root = document.RootElement;
        node.Only(root, "", "name", "source", "ways");
        var (name, source) = (node.Text(root, "name", ""), node.Text(root, "source", ""));
        if (!root.TryGetProperty("ways", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0) node.Fault("targeting.list", "ways", Keys.Count);
        var all = list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select((w, i) => Read(w, RuleNode.At("ways", i), node)).OfType<Way>().ToList() : [];
        foreach (var twice in all.GroupBy(w => w.Key).Where(g => g.Count() > 1)) node.Fault("targeting.way-twice", "ways", twice.Key);
        if (faults.Count > 0) return false;
        var (canonical, hash) = RuleReader.Canonical(json);
        ways = new WaysDocument(name, source, all, canonical, hash);
        return true;
    }

    /// <summary>A document that was read before it was saved.</summary>
    /// <exception cref="FormatException">It cannot be read any more.</exception>
    public static WaysDocument Read(string json) => TryRead(json, out var ways, out var faults) ? ways : throw new FormatException(string.Join("; ", faults));

    private static Way? Read(JsonElement node, string path, RuleNode faults)
    {
        if (node.ValueKind != JsonValueKind.Object) { faults.Fault("targeting.no-way", path, string.Join(", ", Keys)); return null; }
        faults.Only(node, path, "way", "needs", "suits", "support", "expects", "basis");
        var key = node.TryGetProperty("way", out var k) && k.ValueKind == JsonValueKind.String ? k.GetString()! : "";
        if (!Keys.Contains(key)) faults.Fault("targeting.no-way", RuleNode.At(path, "way"), string.Join(", ", Keys));
        var needs = node.TryGetProperty("needs", out var n) ? faults.Condition(n, RuleNode.At(path, "needs")) : null;
        if (n.ValueKind == JsonValueKind.Undefined) faults.Fault("targeting.missing", RuleNode.At(path, "needs"), "needs");
        var suits = node.TryGetProperty("suits", out var s) ? faults.Score(s, RuleNode.At(path, "suits")) : new Score(0, []);
        var supports = new List<Support>();
        if (node.TryGetProperty("support", out var list) && list.ValueKind == JsonValueKind.Array)
            foreach (var (support, i) in list.EnumerateArray().Select((v, i) => (v, i)))
            {
                var at = RuleNode.At(RuleNode.At(path, "support"), i);
                if (support.ValueKind != JsonValueKind.Object) { faults.Fault("targeting.no-condition", at); continue; }
                faults.Only(support, at, "what", "if");
                supports.Add(new(faults.Text(support, "what", at), support.TryGetProperty("if", out var condition) ? faults.Condition(condition, RuleNode.At(at, "if")) : null));
            }
        var (from, to) = (0, 0);
        if (node.TryGetProperty("expects", out var e) && e.ValueKind == JsonValueKind.Object)
        {
            from = faults.Whole(e, "from", RuleNode.At(path, "expects"), 0, 1_000_000) ?? 0;
            to = faults.Whole(e, "to", RuleNode.At(path, "expects"), from, 1_000_000) ?? 0;
        }
        else faults.Fault("targeting.missing", RuleNode.At(path, "expects"), "expects");
        var basis = faults.Text(node, "basis", path);
        return needs is null || suits is null ? null : new Way(key, needs, suits, supports, from * 100L, to * 100L, basis);
    }
}
