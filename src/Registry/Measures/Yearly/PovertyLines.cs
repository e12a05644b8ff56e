using Shanhuo.Registry.Procedure;

namespace Shanhuo.Registry.Measures.Yearly;

/// <summary>Poverty lines by year, as data: <c>data/policies/lines.json</c>, the same that cases and warnings go by.</summary>
internal static class PovertyLines
{
    /// <summary><c>poverty</c>: the national rural standard; <c>monitoring</c>: the range watched against a return to poverty.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["poverty", "monitoring"];

    public static IReadOnlyList<IncomeLine> All { get; } = PolicyReader.Parse<List<IncomeLine>>(Path.Combine(PolicyReader.Folder, "lines.json")).Value;

    /// <summary>The line in force as a year ends, or the latest before it; before the first the first.</summary>
    public static IncomeLine Of(string kind, int year)
    {
        var lines = All.Where(l => l.Line == kind).OrderBy(l => l.From).ToList();
        return lines.LastOrDefault(l => l.From.Year <= year) ?? lines[0];
    }

    /// <summary>Did the line hold in the year, or is it of another?</summary>
    public static bool IsOf(IncomeLine line, int year) => line.From.Year <= year && (line.Until is null || line.Until.Value.Year >= year);
}
