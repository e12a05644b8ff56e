using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Shanhuo.Kernel.Sheets;

/// <summary>A workbook with one sheet, or several where Excel's 1,048,576 rows do not suffice. Texts stand in their cells, so nothing is kept in memory.</summary>
internal sealed partial class XlsxSheet : SheetWriter
{
    private const int RowsOfSheet = 1_048_576;
    private const string ChoiceSheet = "choices";
    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    // ZIP keeps local times from 1980 on; a fixed one makes the bytes the same each time.
    private static readonly DateTimeOffset Always = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ZipArchive zip;
    private readonly string sheet;
    private StreamWriter? rows;
    private int sheets;
    private int row;

    public XlsxSheet(Stream stream, string sheet, IReadOnlyList<SheetColumn> columns) : base(columns)
    {
        zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        this.sheet = SheetName(sheet);
        BeginSheet();
    }

    private protected override void Write(ReadOnlySpan<SheetValue> cells)
    {
        if (row == RowsOfSheet) { EndSheet(); BeginSheet(); }
        BeginRow();
        for (var i = 0; i < cells.Length; i++) Cell(i, cells[i]);
        rows!.Write("</row>");
    }

    private protected override void End()
    {
        EndSheet();
        var shown = sheets;
        if (HasChoices) WriteChoices();
        var numbers = Enumerable.Range(1, sheets).ToList();
        Part("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets>{string.Concat(numbers.Select(n => $"<sheet name=\"{Escape(n > shown ? ChoiceSheet : n == 1 ? sheet : $"{sheet} {n}")}\" sheetId=\"{n}\" {(n > shown ? "state=\"hidden\" " : "")}r:id=\"r{n}\"/>"))}</sheets></workbook>");
        Part("xl/_rels/workbook.xml.rels", RelationsOf([.. numbers.Select(n => ($"r{n}", "worksheet", $"worksheets/sheet{n}.xml")), ("rs", "styles", "styles.xml")]));
        Part("xl/styles.xml", Styles);
        Part("_rels/.rels", RelationsOf([("r1", "officeDocument", "xl/workbook.xml")]));
        Part("[Content_Types].xml", $"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>{string.Concat(numbers.Select(n => $"<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"))}<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>");
        zip.Dispose();
    }

    // Styles by number: 0 general, 1 text, 2 money, 3 whole, 4 decimal, 5 day, 6 heading.
    private static string Styles => $"<styleSheet xmlns=\"{Main}\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/><numFmt numFmtId=\"165\" formatCode=\"#,##0.###\"/></numFmts><fonts count=\"2\"><font><sz val=\"11\"/></font><font><b/><sz val=\"11\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"7\"><xf/><xf numFmtId=\"49\" applyNumberFormat=\"1\"/><xf numFmtId=\"4\" applyNumberFormat=\"1\"/><xf numFmtId=\"3\" applyNumberFormat=\"1\"/><xf numFmtId=\"165\" applyNumberFormat=\"1\"/><xf numFmtId=\"164\" applyNumberFormat=\"1\"/><xf numFmtId=\"49\" fontId=\"1\" applyFont=\"1\"/></cellXfs></styleSheet>";

    private void BeginSheet()
    {
        row = 0;
        rows = Open($"xl/worksheets/sheet{++sheets}.xml");
        rows.Write($"<worksheet xmlns=\"{Main}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>");
        for (var i = 0; i < Columns.Count; i++)
            rows.Write(string.Create(CultureInfo.InvariantCulture, $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{Columns[i].Width}\" style=\"{StyleOf(i)}\" customWidth=\"1\"/>"));
        rows.Write("</cols><sheetData>");
        BeginRow();
        for (var i = 0; i < Columns.Count; i++) Text(i, Columns[i].Name, 6);
        rows.Write("</row>");
    }

    private void EndSheet()
    {
        rows!.Write("</sheetData>");
        var offered = Enumerable.Range(0, Columns.Count).Where(i => Columns[i].Choices.Count > 0).ToList();
        if (offered.Count > 0)
        {
            rows.Write(string.Create(CultureInfo.InvariantCulture, $"<dataValidations count=\"{offered.Count}\">"));
            foreach (var i in offered)
                rows.Write(string.Create(CultureInfo.InvariantCulture, $"<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" sqref=\"{XlsxColumn.Name(i)}2:{XlsxColumn.Name(i)}{RowsOfSheet}\"><formula1>{ChoiceSheet}!${XlsxColumn.Name(i)}$1:${XlsxColumn.Name(i)}${Columns[i].Choices.Count}</formula1></dataValidation>"));
            rows.Write("</dataValidations>");
        }
        rows.Write("</worksheet>");
        rows.Dispose();
    }

    private bool HasChoices => Columns.Any(c => c.Choices.Count > 0);

    /// <summary>The choices of each column stand under its letter on a hidden sheet: a list inside a validation may have 255 characters only.</summary>
    private void WriteChoices()
    {
        rows = Open($"xl/worksheets/sheet{++sheets}.xml");
        rows.Write($"<worksheet xmlns=\"{Main}\"><sheetData>");
        row = 0;
        for (var line = 0; line < Columns.Max(c => c.Choices.Count); line++)
        {
            BeginRow();
            for (var i = 0; i < Columns.Count; i++)
                if (line < Columns[i].Choices.Count) Text(i, Columns[i].Choices[line], 1);
            rows.Write("</row>");
        }
        rows.Write("</sheetData></worksheet>");
        rows.Dispose();
    }

    private void BeginRow() => rows!.Write(string.Create(CultureInfo.InvariantCulture, $"<row r=\"{++row}\">"));

    private void Cell(int column, SheetValue value)
    {
        if (string.IsNullOrEmpty(value.Text)) return;
        if (value.Day is { } day) Number(column, (day.DayNumber - new DateOnly(1899, 12, 30).DayNumber).ToString(CultureInfo.InvariantCulture), 5);
        else if (value.IsNumber && Columns[column].Kind != SheetColumnKind.Text) Number(column, value.Text, StyleOf(column));
        else Text(column, value.Text, 1);
    }

    private void Number(int column, string digits, int style) => rows!.Write(string.Create(CultureInfo.InvariantCulture, $"<c r=\"{XlsxColumn.Name(column)}{row}\" s=\"{style}\"><v>{digits}</v></c>"));

    private void Text(int column, string text, int style) => rows!.Write(string.Create(CultureInfo.InvariantCulture, $"<c r=\"{XlsxColumn.Name(column)}{row}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{Escape(Literal().Replace(text, "_x005F_x$1_"))}</t></is></c>"));

    private int StyleOf(int column) => 1 + (int)Columns[column].Kind;

    private void Part(string name, string xml)
    {
        using var part = Open(name);
        part.Write(xml);
    }

    private StreamWriter Open(string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = Always;
        var part = new StreamWriter(entry.Open(), new UTF8Encoding(false), 16 * 1024);
        part.Write(Head);
        return part;
    }

    private static string RelationsOf(IEnumerable<(string Id, string Type, string Target)> all) =>
        $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{string.Concat(all.Select(r => $"<Relationship Id=\"{r.Id}\" Type=\"{Relations}/{r.Type}\" Target=\"{r.Target}\"/>"))}</Relationships>";

    /// <summary>Excel takes at most 31 characters and none of []:*?/\.</summary>
    private static string SheetName(string name)
    {
        var clean = string.Concat(name.Where(c => !"[]:*?/\\'".Contains(c, StringComparison.Ordinal) && !char.IsControl(c)));
        return clean.Length == 0 ? "Sheet" : clean.Length > 28 ? clean[..28] : clean;
    }

    /// <summary>What XML forbids is shown as a replacement character rather than lost.</summary>
    private static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) safe.Append(c).Append(text[++i]);
            else if (char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' || (c < ' ' && c is not ('\t' or '\n' or '\r'))) safe.Append('\uFFFD');
            else safe.Append(c switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", '\r' => "&#13;", _ => c.ToString() });
        }
        return safe.ToString();
    }

    /// <summary>A text that itself says _x0041_ would be read as A.</summary>
    [GeneratedRegex("_x([0-9A-Fa-f]{4})_", RegexOptions.CultureInvariant)]
    private static partial Regex Literal();
}
