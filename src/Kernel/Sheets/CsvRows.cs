using System.Text;

namespace Shanhuo.Kernel.Sheets;

/// <summary>Reads comma, tab or semicolon separated text with RFC 4180 quotes, leniently where exporters are sloppy (text after a closing quote, a quote inside plain text).</summary>
internal sealed class CsvRows(TextReader text, string file, int rows)
{
    private readonly StringBuilder field = new();
    private char separator;
    private int row;

    public IEnumerable<SheetRow> Read()
    {
        using var input = text;
        separator = FindSeparator(out var ahead);
        var at = 0;
        var cells = new List<SheetCell>();
        for (row = 1; ; row++)
        {
            cells.Clear();
            var more = ReadRecord(cells, Next, Peek);
            var last = cells.FindLastIndex(c => !c.IsEmpty);
            if (last >= 0)
            {
                if (row > rows) throw SheetRefused.At("sheet.rows", file, null, row, null, rows);
                yield return new SheetRow(file, null, row, cells.GetRange(0, last + 1), false);
            }
            if (!more) yield break;
        }

        int Next() => at < ahead.Length ? ahead[at++] : input.Read();

        int Peek() => at < ahead.Length ? ahead[at] : input.Peek();
    }

    /// <summary>The most frequent candidate outside quotes in the first line, of which at most 64 KB are looked at.</summary>
    private char FindSeparator(out string ahead)
    {
        var buffer = new char[64 * 1024];
        var length = text.ReadBlock(buffer);
        ahead = new string(buffer, 0, length);
        int commas = 0, tabs = 0, semicolons = 0;
        var quoted = false;
        foreach (var c in ahead)
        {
            if (c == '"') quoted = !quoted;
            else if (quoted) continue;
            else if (c == ',') commas++;
            else if (c == '\t') tabs++;
            else if (c == ';') semicolons++;
            else if (c == '\n') break;
        }
        // JD and others put a tab behind each number so that Excel keeps it as text: commas win a tie.
        return commas >= tabs && commas >= semicolons ? ',' : tabs >= semicolons ? '\t' : ';';
    }

    private bool ReadRecord(List<SheetCell> cells, Func<int> next, Func<int> peek)
    {
        var quoted = false;
        field.Clear();
        while (true)
        {
            var c = next();
            if (c < 0)
            {
                if (quoted) throw SheetRefused.At("sheet.quote", file, null, row, XlsxColumn.Name(cells.Count));
                End(cells);
                return false;
            }
            if (c == 0) throw SheetRefused.At("sheet.not-a-table", file, null, row);
            if (quoted)
            {
                if (c != '"') Add(cells, (char)c);
                else if (peek() == '"') { next(); Add(cells, '"'); }
                else quoted = false;
            }
            else if (c == '"' && IsBlank(field)) { field.Clear(); quoted = true; }
            else if (c == separator) End(cells);
            else if (c == '\n' || (c == '\r' && peek() != '\n'))
            {
                End(cells);
                return true;
            }
            else if (c != '\r') Add(cells, (char)c);
        }
    }

    private void Add(List<SheetCell> cells, char c)
    {
        if (field.Length >= SheetLimits.CellCharacters) throw SheetRefused.At("sheet.cell", file, null, row, XlsxColumn.Name(cells.Count), SheetLimits.CellCharacters);
        field.Append(c);
    }

    private void End(List<SheetCell> cells)
    {
        if (cells.Count >= SheetLimits.Columns) throw SheetRefused.At("sheet.columns", file, null, row, XlsxColumn.Name(cells.Count), SheetLimits.Columns);
        var value = field.Length == 0 ? "" : field.ToString().Trim(' ', '\t', '\u3000', '\u00A0', '\uFEFF', '\r', '\n');
        // The apostrophe with which SheetWriter disarms a text is ours to take off again.
        if (value.Length > 1 && value[0] == '\'' && SheetWriter.IsDangerous(value[1])) value = value[1..];
        cells.Add(value.Length == 0 ? SheetCell.None : new SheetCell(value, CellKind.Text));
        field.Clear();
    }

    private static bool IsBlank(StringBuilder s)
    {
        for (var i = 0; i < s.Length; i++)
            if (!char.IsWhiteSpace(s[i])) return false;
        return true;
    }
}
