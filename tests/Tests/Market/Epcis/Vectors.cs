using System.Text.Json;

namespace Shanhuo.Tests.Market.Epcis;

/// <summary>The published documents with the hashes of their events (data/epcis/SOURCE.md).</summary>
internal static class Vectors
{
    private static readonly Lazy<JsonElement[]> All = new(() =>
    {
        using var file = typeof(Vectors).Assembly.GetManifestResourceStream("epcis-vectors.json")!;
        return [.. JsonDocument.Parse(file).RootElement.EnumerateArray()];
    });

    public static IEnumerable<(string Name, JsonElement Document, string[] Hashes)> Documents => All.Value.Select(v => (v.GetProperty("name").GetString()!, v.GetProperty("document"), v.GetProperty("hashes").EnumerateArray().Select(h => h.GetString()!).ToArray()));

    public static JsonElement Document(string name) => Documents.Single(d => d.Name.StartsWith(name + ".", StringComparison.Ordinal)).Document;

    public static IEnumerable<JsonElement> Events(JsonElement document) => document.GetProperty("epcisBody").GetProperty("eventList").EnumerateArray();
}
