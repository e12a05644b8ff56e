using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Surveys.Forms;

namespace Shanhuo.Surveys.Responses;

/// <summary>Reads responses from CSV or the first sheet of a workbook: a row for each response, columns named as the questions.</summary>
internal static class ResponseReader
{
    /// <summary>Wrong cells that are listed at most; reading stops there.</summary>
    public const int MostBad = 100;

    /// <param name="path">The file.</param>
    /// <param name="form">What was asked.</param>
    /// <param name="others">Further columns to keep, such as a weight.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The responses, or all that is wrong, each with its row and column.</returns>
    public static async Task<(ResponseSet? Responses, IReadOnlyList<Refusal> Bad)> Read(string path, Questionnaire form, IReadOnlyCollection<string> others, CancellationToken cancel)
    {
        var file = Path.GetFileName(path);
        if (!File.Exists(path)) return (null, [new("answer.none", Place.None, path)]);
        await using var stream = File.OpenRead(path);
        var (responses, bad) = await ReadRows(stream, file, form, others, MostBad, cancel);
        return bad.Count > 0 ? (null, bad) : (responses, []);
    }

    /// <summary>Reads a file of which single rows may be wrong.</summary>
    /// <param name="stream">CSV or a workbook.</param>
    /// <param name="file">Its name, for places.</param>
    /// <param name="form">What was asked.</param>
    /// <param name="others">Further columns to keep.</param>
    /// <param name="most">Wrong cells at which reading stops.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>All rows that were read, in which a wrong cell is blank, and every wrong cell with its row; null where the file as a whole is wrong.</returns>
    public static async Task<(ResponseSet? Responses, IReadOnlyList<Refusal> Bad)> ReadRows(Stream stream, string file, Questionnaire form, IReadOnlyCollection<string> others, int most, CancellationToken cancel)
    {
        if (!(await SheetReader.Open(stream, file, cancel)).Ok(out var reader, out var no)) return (null, [no]);
        var responses = new ResponseSet { File = file, Form = form };
        var (bad, cells, kept) = (new List<Refusal>(), new List<AnswerCells>(), new List<(int Column, TextColumn Texts)>());
        string? sheet = null;
        var begun = false;
        foreach (var read in reader.Rows())
        {
            cancel.ThrowIfCancellationRequested();
            if (!read.Ok(out var row, out no)) return (null, [.. bad, no]);
            if (!begun)
            {
                (begun, sheet) = (true, row.Sheet);
                Begin(row, responses, others, cells, kept, bad);
                if (bad.Count > 0) return (null, bad);
                continue;
            }
            if (row.Sheet != sheet) break;
            responses.NextRow(row.Number);
            foreach (var question in cells)
                if (question.Read(row) is { } wrong) bad.Add(wrong);
            foreach (var (column, texts) in kept) texts.Add(row[column].Text ?? "");
            if (bad.Count >= most) return (null, bad);
        }
        if (bad.Count == 0 && responses.Count == 0) return (null, [new("answer.no-rows", new Place { File = file })]);
        // Of a file that is taken whole or not at all, wrong cells are shown first.
        if (bad.Count == 0 || most > MostBad) bad.AddRange(AnswerChecks.Run(responses, most, cancel));
        return (responses, bad);
    }

    private static void Begin(SheetRow header, ResponseSet responses, IEnumerable<string> others, List<AnswerCells> cells, List<(int, TextColumn)> kept, List<Refusal> bad)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        var twice = new HashSet<int>();
        for (var i = 0; i < header.Cells.Count; i++)
            if (!header[i].IsEmpty && !columns.TryAdd(Numerals.Narrow(header[i].Text), i)) twice.Add(i);
        foreach (var item in responses.Form.Items.Where(i => i.HasAnswer))
            if (AnswerCells.Find(item, columns) is { } found)
            {
                cells.Add(found);
                responses.Answers.Add(item.Name, found.Column);
            }
        foreach (var name in others.Distinct(StringComparer.Ordinal))
            if (columns.TryGetValue(name, out var column))
            {
                var texts = new TextColumn();
                kept.Add((column, texts));
                responses.Others.Add(name, texts);
            }
            else bad.Add(new("answer.no-column", header.At(name), name));
        foreach (var i in twice)
            if (responses.Answers.ContainsKey(header[i].Text) || responses.Others.ContainsKey(header[i].Text)) bad.Add(new("answer.column-twice", header.At(header[i].Text), header[i].Text));
    }
}
