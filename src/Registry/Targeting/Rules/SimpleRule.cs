using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shanhuo.Kernel;
using Shanhuo.Registry.Targeting.Features;

namespace Shanhuo.Registry.Targeting.Rules;

/// <summary>A rule as a form: some comparisons of which all, or one, must hold. What does not fit in it is written as a document.</summary>
internal sealed class SimpleRule
{
    /// <summary>Rows of the form.</summary>
    public const int Rows = 6;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsAny { get; set; }
    public List<SimpleRow> Lines { get; set; } = [];

    /// <summary>The form of a rule; null where it does not fit in one.</summary>
    public static SimpleRule? Of(RuleDocument rule)
    {
        if (rule is not { Among: null, Score: null, Pick: { } pick }) return null;
        var (any, parts) = pick is AtLeast many ? (many.Needed == 1 && many.Conditions.Count > 1, many.Conditions) : (false, [pick]);
        if (pick is AtLeast { Needed: var needed, Conditions.Count: var count } && needed != 1 && needed != count) return null;
        if (parts.Count > Rows || !parts.All(p => p is Comparison)) return null;
        return new SimpleRule { IsAny = any, Lines = [.. parts.Cast<Comparison>().Select(Row)] };
    }

    /// <summary>The document with the form's conditions in place of its own; values that cannot be read go in as text, so that the reader says what is wrong with them.</summary>
    /// <param name="document">The draft, for its name and source.</param>
    /// <param name="texts">Names of choices.</param>
    public string Write(string document, Texts texts)
    {
        JsonObject root;
        try { root = JsonNode.Parse(document) as JsonObject ?? []; }
        catch (JsonException) { root = []; }
        foreach (var key in new[] { "among", "score", "pick-at-least", "pick-below" }) root.Remove(key);
        root["pick"] = new JsonObject { [IsAny ? "any" : "all"] = new JsonArray([.. Lines.Where(l => !string.IsNullOrWhiteSpace(l.Feature)).Select(l => (JsonNode)Node(l, texts))]) };
        return root.ToJsonString(Indented);
    }

    private static SimpleRow Row(Comparison comparison) => new()
    {
        Feature = comparison.Feature.Key,
        Comparer = RuleNode.Names.First(n => n.Value == comparison.Comparer).Key,
        Value = string.Join(", ", comparison.Values.Select(v => comparison.Feature.Kind switch
        {
            FeatureKind.YesNo => v == 1 ? "是 / yes" : "否 / no",
            FeatureKind.Choice => comparison.Feature.Choices[v],
            _ => ((decimal)v / comparison.Feature.Scale).ToString("0.##", CultureInfo.InvariantCulture),
        })),
    };

    private static JsonObject Node(SimpleRow line, Texts texts)
    {
        var feature = HouseholdFeature.Find(line.Feature!);
        var values = (line.Value ?? "").Split([',', '，', '、'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(v => Value(feature, v, texts)).ToList();
        var isList = line.Comparer is "in" or "between";
        return new JsonObject { ["feature"] = line.Feature, [line.Comparer ?? "is"] = isList ? new JsonArray([.. values]) : values.Count == 1 ? values[0] : JsonValue.Create(line.Value ?? "") };
    }

    private static JsonNode? Value(Feature? feature, string text, Texts texts) => feature?.Kind switch
    {
        FeatureKind.YesNo => text.Split('/', StringSplitOptions.TrimEntries)[0].ToLowerInvariant() switch { "是" or "yes" or "y" or "1" => true, "否" or "no" or "n" or "0" => false, _ => text },
        FeatureKind.Choice => feature.Choices.FirstOrDefault(c => c == text || new[] { Language.Zh, Language.En }.Any(l => string.Equals(texts.Say(l, $"{feature.ChoiceKey}.{c}"), text, StringComparison.OrdinalIgnoreCase))) ?? text,
        _ => decimal.TryParse(Numerals.Narrow(text), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : text,
    };
}

/// <summary>One comparison as it is typed.</summary>
internal sealed class SimpleRow
{
    public string? Feature { get; set; }
    public string? Comparer { get; set; }
    public string? Value { get; set; }
}
