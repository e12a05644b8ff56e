using System.IO.Compression;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Surveys.Forms;

/// <summary>One sheet of a form with its columns by name.</summary>
internal sealed class FormSheet(SheetRow header)
{
    // The names that XLSForms of different ages use for one column (pyxform's aliases).
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.Ordinal)
    {
        ["relevance"] = "relevant", ["caption"] = "label", ["value"] = "name", ["list name"] = "list_name", ["calculate"] = "calculation", ["constraint message"] = "constraint_message", ["constraint_msg"] = "constraint_message",
        ["title"] = "form_title", ["id_string"] = "form_id", ["choice filter"] = "choice_filter", ["repeat count"] = "repeat_count", ["repeatcount"] = "repeat_count",
    };

    /// <summary>Column names, folded: lower case, one name for each meaning; a language stays as written after <c>::</c>.</summary>
    public IReadOnlyList<string> Columns { get; } = [.. header.Cells.Select(c => Fold(c.Text ?? ""))];

    /// <summary>The names as the author wrote them.</summary>
    public IReadOnlyList<string> Written { get; } = [.. header.Cells.Select(c => c.Text ?? "")];

    public SheetRow Header { get; } = header;

    public List<SheetRow> Rows { get; } = [];

    public int Find(string column) => Columns.ToList().IndexOf(column);

    public string Text(SheetRow row, string column) => row[Find(column)].Text ?? "";

    /// <summary>A translated column: <c>label</c>, <c>label::English (en)</c>…</summary>
    public FormText Translated(SheetRow row, string column)
    {
        var text = new FormText();
        for (var i = 0; i < Columns.Count; i++)
            if (!row[i].IsEmpty)
            {
                if (Columns[i] == column) text.Add("", row[i].Text);
                else if (Columns[i].StartsWith(column + "::", StringComparison.Ordinal)) text.Add(Columns[i][(column.Length + 2)..], row[i].Text);
            }
        return text;
    }

    private static string Fold(string name)
    {
        var parts = Numerals.Narrow(name).Split("::", 2, StringSplitOptions.TrimEntries);
        var first = parts[0].ToLowerInvariant();
        first = Aliases.GetValueOrDefault(first, first);
        return parts.Length == 1 ? first : first + "::" + parts[1];
    }
}

/// <summary>The sheets survey, choices and settings of a form: of a workbook, or of a folder that holds survey.csv, choices.csv and, if wanted, settings.csv.</summary>
internal static class FormSheets
{
    /// <summary>Rows of a form at most.</summary>
    public const int Rows = 50_000;

    private static readonly string[] Names = ["survey.csv", "choices.csv", "settings.csv"];

    /// <summary>Reads the sheets by name, in lower case.</summary>
    /// <returns>The sheets, or <c>form.none</c>, <c>form.no-sheet</c>, <c>form.rows</c>, <c>form.column-twice</c>, or what SheetReader refuses.</returns>
    public static async Task<Outcome<Dictionary<string, FormSheet>>> Read(string path, CancellationToken cancel)
    {
        if (!Directory.Exists(path) && !File.Exists(path)) return new Refusal("form.none", Place.None, path);
        var files = Directory.Exists(path) ? Names.Select(n => Path.Combine(path, n)).Where(File.Exists).ToArray() : [path];
        return await Read(files.Select(f => (Path.GetFileName(f), (Func<Stream>)(() => File.OpenRead(f)))), Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), cancel);
    }

    /// <summary>The same of a file that was sent in: a workbook, or a zip with survey.csv, choices.csv and, if wanted, settings.csv.</summary>
    public static async Task<Outcome<Dictionary<string, FormSheet>>> Read(byte[] content, string fileName, CancellationToken cancel)
    {
        var files = Unzip(content);
        if (files is { Count: 0 }) return new Refusal("sheet.too-big", new Place { File = fileName }, SheetLimits.Upload.FileBytes / 1024 / 1024);
        return await Read(files?.Select(f => (f.Name, (Func<Stream>)(() => new MemoryStream(f.Content)))) ?? [(fileName, () => new MemoryStream(content))], fileName, cancel);
    }

    // Null: no zip of CSV files. Empty: one of them is too big.
    private static List<(string Name, byte[] Content)>? Unzip(byte[] content)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content), ZipArchiveMode.Read);
            var found = zip.Entries.Where(e => Names.Contains(e.FullName, StringComparer.OrdinalIgnoreCase)).Take(Names.Length).ToList();
            if (!found.Exists(e => e.FullName.Equals(Names[0], StringComparison.OrdinalIgnoreCase))) return null;
            var files = new List<(string, byte[])>();
            foreach (var entry in found)
            {
                using var stream = entry.Open();
                var bytes = new byte[SheetLimits.Upload.FileBytes + 1];
                var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                if (read == bytes.Length) return [];
                files.Add((entry.FullName, bytes[..read]));
            }
            return files;
        }
        catch (InvalidDataException) { return null; }
    }

    private static async Task<Outcome<Dictionary<string, FormSheet>>> Read(IEnumerable<(string Name, Func<Stream> Open)> files, string shown, CancellationToken cancel)
    {
        var sheets = new Dictionary<string, FormSheet>(StringComparer.Ordinal);
        foreach (var (file, open) in files)
        {
            await using var stream = open();
            var opened = await SheetReader.Open(stream, file, cancel);
            if (!opened.Ok(out var reader, out var no)) return no;
            var count = 0;
            foreach (var read in reader.Rows())
            {
                cancel.ThrowIfCancellationRequested();
                if (!read.Ok(out var row, out no)) return no;
                if (++count > Rows) return new Refusal("form.rows", new Place { File = row.File, Sheet = row.Sheet, Row = row.Number }, Rows);
                var name = (row.Sheet ?? Path.GetFileNameWithoutExtension(row.File)).Trim().ToLowerInvariant();
                if (sheets.TryGetValue(name, out var sheet)) sheet.Rows.Add(row);
                else sheets.Add(name, new FormSheet(row));
            }
        }
        if (!sheets.ContainsKey("survey")) return new Refusal("form.no-sheet", new Place { File = shown }, "survey");
        foreach (var sheet in sheets.Where(s => s.Key is "survey" or "choices" or "settings").Select(s => s.Value))
            if (sheet.Columns.Where(c => c.Length > 0).GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
                return new Refusal("form.column-twice", sheet.Header.At(twice.Key), twice.Key);
        return sheets;
    }
}
