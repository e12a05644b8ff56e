using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Surveys.Contracts;

namespace Shanhuo.Tests.Surveys;

/// <summary>A questionnaire and responses as files, and what the command prints of them.</summary>
internal sealed class SurveyFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("survey").FullName;

    public SurveyFolder(string survey, string choices, string data = "", string settings = "")
    {
        Write("survey.csv", survey);
        Write("choices.csv", choices);
        if (settings.Length > 0) Write("settings.csv", settings);
        Write("data.csv", data);
    }

    public string Data => System.IO.Path.Combine(Path, "data.csv");

    public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    public Task<Printed> Tabulate(string rows, string? columns = null, string? weight = null, string? strata = null, string? cluster = null, string? population = null, CancellationToken cancel = default) =>
        Run(new TabulateOptions(Path, Data, rows, columns, weight, strata, cluster, population), cancel: cancel);

    public static async Task<Printed> Run(TabulateOptions options, Language language = Language.En, CancellationToken cancel = default)
    {
        var (output, error) = (new MemoryStream(), new StringWriter());
        var exit = await TabulateSurvey.Run(options, output, error, language, cancel);
        if (output.Length == 0) return new(exit, [], error.ToString());
        output.Position = 0;
        var rows = (await SheetReader.Open(output, "out.csv", default)).Value.Rows().Select(r => r.Value).ToList();
        var names = rows[0].Cells.Select(c => c.Text).ToList();
        return new(exit, [.. rows.Skip(1).Select(r => names.Select((n, i) => (n, r[i].Text ?? "")).ToDictionary(p => p.n, p => p.Item2))], error.ToString());
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>What the command printed: exit code, the rows by name of column, and standard error.</summary>
internal sealed record Printed(int Exit, List<Dictionary<string, string>> Rows, string Error)
{
    public IEnumerable<Dictionary<string, string>> Of(string record) => Rows.Where(r => r["record"] == record);

    public Dictionary<string, string> Cell(string row, string of, string column = "") => Of("cell").Single(r => r["row"] == row && r["base"] == of && r["column"] == column);

    public static double Number(Dictionary<string, string> row, string column) => double.Parse(row[column], System.Globalization.CultureInfo.InvariantCulture);
}
