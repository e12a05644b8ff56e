using System.Text.Json;
using System.Text.Json.Nodes;
using Shanhuo.Kernel;
using Shanhuo.Registry.Targeting.Features;

namespace Shanhuo.Registry.Targeting.Rules;

/// <summary>What a rule knew of a household when it answered, as it is kept beside the answer: a value, a pair of least and greatest, or null for unknown.</summary>
internal static class Inputs
{
    /// <summary>The inputs of these features and the paths of the comparisons that decided, keys in ordinal order, without spaces.</summary>
    public static string Write(HouseholdFeatures features, int row, IEnumerable<Feature> asked, IEnumerable<string> why)
    {
        var inputs = new JsonObject();
        foreach (var feature in asked.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var (low, high) = features[feature, row];
            inputs[feature.Key] = feature.IsUnknown(low, high) ? null : low == high ? One(feature, low) : new JsonArray(One(feature, low), One(feature, high));
        }
        return new JsonObject { ["inputs"] = inputs, ["why"] = new JsonArray([.. why.Distinct().Select(w => (JsonNode)w)]) }.ToJsonString(Plain);
    }

    /// <summary>The household as it was then; features that were not asked for are unknown.</summary>
    public static HouseholdFeatures Read(string json, long household, AreaCode village)
    {
        var features = new HouseholdFeatures([household], [village]);
        using var document = JsonDocument.Parse(json);
        foreach (var input in document.RootElement.GetProperty("inputs").EnumerateObject())
        {
            var feature = HouseholdFeature.Of(input.Name);
            if (input.Value.ValueKind == JsonValueKind.Array) features.Set(feature, 0, Value(feature, input.Value[0]), Value(feature, input.Value[1]));
            else if (input.Value.ValueKind != JsonValueKind.Null) features.Set(feature, 0, Value(feature, input.Value));
        }
        return features;
    }

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonNode One(Feature feature, int value) => feature.Kind switch
    {
        FeatureKind.YesNo => value == 1,
        FeatureKind.Choice => feature.Choices[value],
        _ => (decimal)value / feature.Scale,
    };

    private static long Value(Feature feature, JsonElement node) => feature.Kind switch
    {
        FeatureKind.YesNo => node.GetBoolean() ? 1 : 0,
        FeatureKind.Choice => feature.Choices.ToList().IndexOf(node.GetString()!),
        _ => (long)(node.GetDecimal() * feature.Scale),
    };
}
