using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Surveys.Forms;
using Shanhuo.Surveys.Responses;
using Shanhuo.Surveys.Tables;

namespace Shanhuo.Surveys.Contracts;

/// <summary>What <c>shanhuo survey tabulate</c> is asked to do. Column names are those of the data.</summary>
/// <param name="Form">XLSForm: an .xlsx file, or a folder with survey.csv, choices.csv and settings.csv.</param>
/// <param name="Data">Responses: CSV or XLSX, a row for each.</param>
/// <param name="Rows">Question of the rows.</param>
/// <param name="Columns">Question of the columns; null: none.</param>
/// <param name="Weight">Column of weights.</param>
/// <param name="Strata">Column of strata.</param>
/// <param name="Cluster">Column of what was drawn first.</param>
/// <param name="Population">Column of the population of the stratum, or of the fraction drawn.</param>
/// <param name="Level">Of the intervals, 0.5 to 0.999.</param>
public sealed record TabulateOptions(string Form, string Data, string Rows, string? Columns = null, string? Weight = null, string? Strata = null, string? Cluster = null, string? Population = null, double Level = 0.95)
{
    /// <summary>File of known margins (question, option, population) that the weights are raked to; null: none.</summary>
    public string? Rake { get; init; }
}

/// <summary>Tabulates a survey from files, without a database.</summary>
public static class TabulateSurvey
{
    /// <summary>Runs the command.</summary>
    /// <param name="options">Files and columns.</param>
    /// <param name="output">Takes the table as CSV; nothing if something is refused.</param>
    /// <param name="error">Takes what is wrong, one line each with its place, and how many responses were left out.</param>
    /// <param name="language">Of labels and messages.</param>
    /// <param name="cancel">Stops; nothing is written then.</param>
    /// <returns>0: done; 1: refused; 2: wrong usage.</returns>
    public static async Task<int> Run(TabulateOptions options, Stream output, TextWriter error, Language language, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(error);
        var texts = new Texts([typeof(TabulateSurvey).Assembly, typeof(Texts).Assembly]);
        if (options.Level is not (>= 0.5 and <= 0.999))
        {
            await error.WriteLineAsync(texts.Say(language, "table.level", options.Level.ToString(CultureInfo.InvariantCulture)));
            return 2;
        }
        try
        {
            var (table, responses, bad) = await Make(options, language, cancel);
            foreach (var no in bad) await error.WriteLineAsync(texts.Say(language, no));
            if (bad.Count >= ResponseReader.MostBad) await error.WriteLineAsync(texts.Say(language, "table.more-bad", ResponseReader.MostBad));
            if (table is null) return 1;
            var memory = new MemoryStream();
            TableWriter.Write(table, memory);
            cancel.ThrowIfCancellationRequested();
            memory.Position = 0;
            await memory.CopyToAsync(output, cancel);
            await output.FlushAsync(cancel);
            if (table.LeftOut.Sum() is > 0 and var left) await error.WriteLineAsync(texts.Say(language, "table.left-out", left, responses));
            return 0;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync(texts.Say(language, "table.stopped"));
            return 1;
        }
    }

    private static async Task<(Tabulation? Table, int Responses, IReadOnlyList<Refusal> Bad)> Make(TabulateOptions options, Language language, CancellationToken cancel)
    {
        var (form, bad) = await XlsFormReader.Read(options.Form, cancel);
        if (form is null) return (null, 0, bad);
        var design = new DesignColumns(options.Weight, options.Strata, options.Cluster, options.Population);
        (var responses, bad) = await ResponseReader.Read(options.Data, form, design.Names, cancel);
        if (responses is null) return (null, 0, bad);
        var names = new[] { options.Rows, options.Columns }.OfType<string>().ToArray();
        foreach (var name in names)
            if (TableQuestion.Find(responses, name) is { } wrong) return (null, 0, [wrong]);
        var routing = Routing.Follow(responses, [.. names.Select(n => form.Find(n)!)], cancel);
        if (!TableQuestion.Of(responses, routing, options.Rows, language).Ok(out var rows, out var no)) return (null, 0, [no]);
        TableQuestion? columns = null;
        if (options.Columns is not null && !TableQuestion.Of(responses, routing, options.Columns, language).Ok(out columns, out no)) return (null, 0, [no]);
        if (!DesignReader.Read(responses, design).Ok(out var sample, out no)) return (null, 0, [no]);
        if (options.Rake is { } margins)
        {
            if (!File.Exists(margins)) return (null, 0, [new("answer.none", Place.None, margins)]);
            await using var stream = File.OpenRead(margins);
            if (!(await Raking.Read(stream, Path.GetFileName(margins), cancel)).Ok(out var known, out no) || !Raking.Rake(sample, responses, known).Ok(out sample, out no)) return (null, 0, [no]);
        }
        return Tabulation.Make(rows, columns, sample, options.Level, cancel).Ok(out var table, out no) ? (table, responses.Count, []) : (null, 0, [no]);
    }
}
