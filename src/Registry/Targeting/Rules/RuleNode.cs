using System.Globalization;
using System.Text.Json;
using Shanhuo.Kernel;
using Shanhuo.Registry.Targeting.Features;

namespace Shanhuo.Registry.Targeting.Rules;

/// <summary>Reads the parts of rule documents and gathers what is wrong, each with its path.</summary>
internal sealed class RuleNode
{
    private const int MostDepth = 8, MostParts = 64;
    private const long MostPoints = 1_000_000;
    private readonly List<Refusal> faults = [];

    public IReadOnlyList<Refusal> Faults => faults;

    public void Fault(string code, string path, params object[] arguments) => faults.Add(new Refusal(code, Place.Input(path), arguments));

    /// <summary>The document's root; null with a fault when it is no JSON object.</summary>
    public static JsonDocument? Parse(string json, RuleNode faults)
    {
        try
        {
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            faults.Fault("targeting.not-an-object", "/");
        }
        catch (JsonException e)
        {
            faults.Fault("targeting.no-json", "/", (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1);
        }
        return null;
    }

    /// <summary>Names what does not belong there.</summary>
    public void Only(JsonElement node, string path, params ReadOnlySpan<string> known)
    {
        foreach (var property in node.EnumerateObject())
            if (!known.Contains(property.Name)) Fault("targeting.unknown-key", At(path, property.Name), property.Name);
    }

    public Both Text(JsonElement parent, string key, string path)
    {
        var here = At(path, key);
        if (!parent.TryGetProperty(key, out var node)) { Fault("targeting.missing", here, key); return new("", ""); }
        if (node.ValueKind != JsonValueKind.Object) { Fault("targeting.two-languages", here); return new("", ""); }
        Only(node, here, "zh", "en");
        return new(One("zh"), One("en"));

        string One(string language)
        {
            if (node.TryGetProperty(language, out var text) && text.ValueKind == JsonValueKind.String && text.GetString()!.Trim() is { Length: > 0 and <= 2000 } said) return said;
            Fault("targeting.two-languages", At(here, language));
            return "";
        }
    }

    public Condition? Condition(JsonElement node, string path, int depth = 0)
    {
        if (node.ValueKind != JsonValueKind.Object) { Fault("targeting.no-condition", path); return null; }
        if (depth > MostDepth) { Fault("targeting.too-deep", path, MostDepth); return null; }
        if (node.TryGetProperty("feature", out _)) return Compare(node, path);
        if (node.TryGetProperty("not", out var inner))
        {
            Only(node, path, "not");
            return Condition(inner, At(path, "not"), depth + 1) is { } condition ? new Not(condition) { Path = path } : null;
        }
        foreach (var (key, needed) in new[] { ("all", -1), ("any", 1), ("of", 0) })
        {
            if (!node.TryGetProperty(key, out var list)) continue;
            Only(node, path, key, key == "of" ? "at-least" : key);
            if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MostParts) { Fault("targeting.list", At(path, key), MostParts); return null; }
            var parts = list.EnumerateArray().Select((n, i) => Condition(n, At(At(path, key), i), depth + 1)).ToList();
            var count = needed == -1 ? parts.Count : needed == 1 ? 1 : Whole(node, "at-least", path, 1, parts.Count);
            return parts.Contains(null) || count is null ? null : new AtLeast(count.Value, parts!) { Path = path };
        }
        Fault("targeting.no-condition", path);
        return null;
    }

    /// <summary>Points: a start and terms.</summary>
    public Score? Score(JsonElement node, string path)
    {
        if (node.ValueKind != JsonValueKind.Object) { Fault("targeting.no-score", path); return null; }
        Only(node, path, "start", "terms");
        var start = node.TryGetProperty("start", out var s) ? Points(s, At(path, "start")) : 0;
        if (!node.TryGetProperty("terms", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MostParts) { Fault("targeting.list", At(path, "terms"), MostParts); return null; }
        var terms = list.EnumerateArray().Select((n, i) => Term(n, At(At(path, "terms"), i))).ToList();
        return start is null || terms.Contains(null) ? null : new Score(start.Value, terms!);
    }

    /// <summary>A number of points, in hundred-millionths.</summary>
    public long? Points(JsonElement node, string path)
    {
        if (node.ValueKind == JsonValueKind.Number && node.TryGetDecimal(out var points) && Math.Abs(points) <= MostPoints && decimal.Truncate(points * 1_000_000) == points * 1_000_000) return (long)(points * Rules.Score.Point);
        Fault("targeting.points-number", path, MostPoints);
        return null;
    }

    public int? Whole(JsonElement parent, string key, string path, int least, int most)
    {
        if (parent.TryGetProperty(key, out var node) && node.ValueKind == JsonValueKind.Number && node.TryGetInt32(out var whole) && whole >= least && whole <= most) return whole;
        Fault("targeting.whole", At(path, key), least, most);
        return null;
    }

    private Comparison? Compare(JsonElement node, string path)
    {
        if (FeatureOf(node, path) is not { } feature) return null;
        var comparers = node.EnumerateObject().Where(p => p.Name != "feature").ToList();
        if (comparers is not [var said] || ComparerOf(said.Name) is not { } comparer) { Fault("targeting.one-comparison", path, string.Join(", ", Names.Keys)); return null; }
        if (feature.Kind == FeatureKind.YesNo && comparer != Comparer.Is) { Fault("targeting.yes-no-only-is", At(path, said.Name), feature.Key); return null; }
        var here = At(path, said.Name);
        var isList = comparer is Comparer.In or Comparer.Between;
        if (isList && (said.Value.ValueKind != JsonValueKind.Array || said.Value.GetArrayLength() is 0 or > MostParts || (comparer == Comparer.Between && said.Value.GetArrayLength() != 2))) { Fault("targeting.list", here, MostParts); return null; }
        var values = (isList ? said.Value.EnumerateArray().Select((v, i) => Value(feature, v, At(here, i))) : [Value(feature, said.Value, here)]).ToList();
        if (values.Contains(null)) return null;
        if (comparer == Comparer.Between && values[0] > values[1]) { Fault("targeting.between", here); return null; }
        return new Comparison(feature, comparer, [.. values.Select(v => v!.Value)]) { Path = path };
    }

    private Term? Term(JsonElement node, string path)
    {
        if (node.ValueKind != JsonValueKind.Object) { Fault("targeting.no-term", path); return null; }
        if (FeatureOf(node, path) is not { } feature) return null;
        if (node.TryGetProperty("per", out var per)) return PerUnit(node, per, feature, path);
        if (node.TryGetProperty("points", out var points)) return ByChoice(node, points, feature, path);
        Only(node, path, "feature", "bands");
        if (feature.Kind != FeatureKind.Number || !node.TryGetProperty("bands", out var list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MostParts) { Fault("targeting.no-term", path); return null; }
        var (edges, all, here, count) = (new List<int>(), new List<long>(), At(path, "bands"), list.GetArrayLength());
        foreach (var (band, i) in list.EnumerateArray().Select((b, i) => (b, i)))
        {
            var at = At(here, i);
            if (band.ValueKind != JsonValueKind.Object || !band.TryGetProperty("points", out var p) || Points(p, At(at, "points")) is not { } given) { Fault("targeting.band-wrong", at); return null; }
            Only(band, at, "below", "points");
            all.Add(given);
            var isLast = i == count - 1;
            if (isLast != !band.TryGetProperty("below", out var below)) { Fault("targeting.last-band", at); return null; }
            if (isLast) continue;
            if (Value(feature, below, At(at, "below")) is not { } edge) return null;
            if (edges.Count > 0 && edge <= edges[^1]) { Fault("targeting.ascending", At(at, "below")); return null; }
            edges.Add(edge);
        }
        return new Bands(feature, edges, all) { Path = path };
    }

    private PerUnit? PerUnit(JsonElement node, JsonElement per, Feature feature, string path)
    {
        Only(node, path, "feature", "per", "from", "to");
        if (feature.Kind != FeatureKind.Number) { Fault("targeting.no-term", path); return null; }
        if (!node.TryGetProperty("from", out var f) || !node.TryGetProperty("to", out var t)) { Fault("targeting.per-ends", path); return null; }
        if (Value(feature, f, At(path, "from")) is not { } from || Value(feature, t, At(path, "to")) is not { } to || Points(per, At(path, "per")) is not { } points) return null;
        if (from > to) { Fault("targeting.between", At(path, "from")); return null; }
        var micro = points / 100;
        // So that no sum of 64 terms leaves a long.
        if (Math.Abs((decimal)micro * Math.Max(Math.Abs((long)from), Math.Abs((long)to)) * (100 / feature.Scale)) > (decimal)MostPoints * Rules.Score.Point) { Fault("targeting.points-number", At(path, "per"), MostPoints); return null; }
        return new PerUnit(feature, micro, from, to) { Path = path };
    }

    private Bands? ByChoice(JsonElement node, JsonElement points, Feature feature, string path)
    {
        Only(node, path, "feature", "points");
        var codes = feature.Kind == FeatureKind.YesNo ? ["no", "yes"] : feature.Choices;
        var here = At(path, "points");
        if (feature.Kind == FeatureKind.Number || points.ValueKind != JsonValueKind.Object) { Fault("targeting.no-term", here); return null; }
        Only(points, here, [.. codes]);
        var all = new List<long>();
        foreach (var code in codes)
        {
            if (!points.TryGetProperty(code, out var p)) { Fault("targeting.missing", At(here, code), code); return null; }
            if (Points(p, At(here, code)) is not { } given) return null;
            all.Add(given);
        }
        return new Bands(feature, [.. Enumerable.Range(1, codes.Count - 1)], all) { Path = path };
    }

    private Feature? FeatureOf(JsonElement node, string path)
    {
        var key = node.TryGetProperty("feature", out var said) && said.ValueKind == JsonValueKind.String ? said.GetString()! : "";
        if (HouseholdFeature.Find(key) is { ForGroups: false } feature) return feature;
        Fault(HouseholdFeature.Find(key) is null ? "targeting.no-feature" : "targeting.for-groups", At(path, "feature"), key);
        return null;
    }

    private int? Value(Feature feature, JsonElement node, string path)
    {
        switch (feature.Kind)
        {
            case FeatureKind.YesNo when node.ValueKind is JsonValueKind.True or JsonValueKind.False: return node.GetBoolean() ? 1 : 0;
            case FeatureKind.Choice when node.ValueKind == JsonValueKind.String:
                for (var i = 0; i < feature.Choices.Count; i++)
                    if (feature.Choices[i] == node.GetString()) return i;
                break;
            // The end of the span stands for all that lies beyond, so no rule may name it.
            case FeatureKind.Number when node.ValueKind == JsonValueKind.Number && node.TryGetDecimal(out var number) && decimal.Truncate(number * feature.Scale) == number * feature.Scale && number * feature.Scale > feature.Least - 1m && number * feature.Scale < feature.Most:
                return (int)(number * feature.Scale);
        }
        Fault("targeting.value", path, feature.Kind switch
        {
            FeatureKind.YesNo => "true, false",
            FeatureKind.Choice => string.Join(", ", feature.Choices),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(decimal)feature.Least / feature.Scale} … {(decimal)(feature.Most - 1) / feature.Scale}"),
        });
        return null;
    }

    /// <summary>Names of comparisons in documents.</summary>
    public static IReadOnlyDictionary<string, Comparer> Names { get; } = new Dictionary<string, Comparer>(StringComparer.Ordinal)
    {
        ["below"] = Comparer.Below, ["at-most"] = Comparer.AtMost, ["above"] = Comparer.Above, ["at-least"] = Comparer.AtLeast, ["between"] = Comparer.Between, ["is"] = Comparer.Is, ["in"] = Comparer.In,
    };

    private static Comparer? ComparerOf(string name) => Names.TryGetValue(name, out var comparer) ? comparer : null;

    public static string At(string path, string key) => path is "/" or "" ? key : $"{path}/{key}";

    public static string At(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}/{index}");
}
