using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shanhuo.Registry.Measures.Yearly;

/// <summary>A line of <c>data/lines/lines.json</c>: who has less net income per head and year is below it.</summary>
internal sealed record PovertyLine
{
    /// <summary>One of <see cref="PovertyLines.Kinds"/>.</summary>
    [JsonPropertyName("kind")] public required string Kind { get; init; }

    [JsonPropertyName("year")] public required int Year { get; init; }

    /// <summary>Yuan per head and year in the prices of the year, above 0.</summary>
    [JsonPropertyName("yuan")] public required int Yuan { get; init; }

    /// <summary>Was the amount compared with the paper that set it?</summary>
    [JsonPropertyName("checked")] public required bool IsChecked { get; init; }

    [JsonPropertyName("source")] public required string Source { get; init; }

    [JsonPropertyName("sourceEn")] public required string SourceEn { get; init; }
}

/// <summary>Poverty lines by year, as data.</summary>
internal static class PovertyLines
{
    /// <summary><c>poverty</c>: the national rural standard; <c>monitoring</c>: the range watched against a return to poverty.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["poverty", "monitoring"];

    public static IReadOnlyList<PovertyLine> All { get; } = JsonSerializer.Deserialize<List<PovertyLine>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "lines", "lines.json"))) ?? [];

    /// <summary>The line for a year: its own, or the latest before it; before the first the first.</summary>
    public static PovertyLine Of(string kind, int year)
    {
        var lines = All.Where(l => l.Kind == kind).OrderBy(l => l.Year).ToList();
        return lines.LastOrDefault(l => l.Year <= year) ?? lines[0];
    }
}
