using System.Globalization;
using System.Text;
using System.Xml;

namespace Shanhuo.Kernel.Sheets;

/// <summary>Reads the visible sheets of a workbook. Element names are compared without their namespace, so that strict and transitional files read alike.</summary>
internal sealed class XlsxRows(byte[] content, string file, SheetNotes notes, SheetLimits limits)
{
    private List<string> strings = [];
    private HashSet<int> dateStyles = [];
    private bool from1904;
    private readonly char[] chunk = new char[1024];
    private readonly StringBuilder plain = new(), rich = new();
    private long stringBytes;
    private int rows;

    public IEnumerable<SheetRow> Read()
    {
        notes.Form = "xlsx";
        using var package = new XlsxPackage(content, file, limits);
        var workbook = WorkbookName(package);
        if (package.Names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))) throw SheetRefused.At("sheet.macros", file);
        notes.HasExternalLinks = package.Names.Any(n => n.Contains("externalLinks/", StringComparison.OrdinalIgnoreCase));
        var folder = workbook[..(workbook.LastIndexOf('/') + 1)];
        var targets = Relations(package, $"{folder}_rels/{workbook[folder.Length..]}.rels", folder);
        if (targets.Values.FirstOrDefault(t => t.Type == "sharedStrings").Target is { } s && package.Has(s)) strings = ReadStrings(package, s);
        if (targets.Values.FirstOrDefault(t => t.Type == "styles").Target is { } y && package.Has(y)) dateStyles = XlsxStyles.DateStyles(package, y, Guard);
        foreach (var (name, id) in Sheets(package, workbook))
            if (targets.TryGetValue(id, out var part))
                foreach (var row in ReadSheet(package, part.Target, name)) yield return row;
    }

    private string WorkbookName(XlsxPackage package)
    {
        if (!package.Has("_rels/.rels")) throw SheetRefused.At("sheet.not-a-table", file);
        var target = Relations(package, "_rels/.rels", "").Values.FirstOrDefault(t => t.Type == "officeDocument").Target;
        return target is not null && package.Has(target) ? target : throw SheetRefused.At("sheet.not-a-table", file);
    }

    private Dictionary<string, (string Type, string Target)> Relations(XlsxPackage package, string name, string folder)
    {
        var found = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        using var xml = package.Open(name);
        while (Next(xml, null))
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "Relationship" } && xml.GetAttribute("TargetMode") != "External" && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target)
            {
                var type = xml.GetAttribute("Type") ?? "";
                found.TryAdd(id, (type[(type.LastIndexOf('/') + 1)..], target.StartsWith('/') ? target[1..] : folder + target));
            }
        return found;
    }

    private List<(string Name, string Id)> Sheets(XlsxPackage package, string workbook)
    {
        var sheets = new List<(string, string)>();
        using var xml = package.Open(workbook);
        while (Next(xml, null))
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "workbookPr") from1904 = xml.GetAttribute("date1904") is "1" or "true";
            if (xml.LocalName != "sheet") continue;
            var name = xml.GetAttribute("name") ?? "";
            if (xml.GetAttribute("state") is "hidden" or "veryHidden") notes.HiddenSheets.Add(name);
            else sheets.Add((name, RelationId(xml)));
        }
        return sheets;
    }

    private static string RelationId(XmlReader xml)
    {
        var id = "";
        while (xml.MoveToNextAttribute())
            if (xml.LocalName == "id" && xml.Prefix.Length > 0) id = xml.Value;
        xml.MoveToElement();
        return id;
    }

    private List<string> ReadStrings(XlsxPackage package, string name)
    {
        var all = new List<string>();
        using var xml = package.Open(name);
        while (Next(xml, null))
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" }) all.Add(RichText(xml, null, 0, 0));
        return all;
    }

    private IEnumerable<SheetRow> ReadSheet(XlsxPackage package, string name, string sheet)
    {
        using var xml = package.Open(name, sheet);
        var number = 0;
        while (Next(xml, sheet))
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "mergeCell" }) notes.MergedRanges++;
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "row") continue;
            number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var r) && r > number ? r : number + 1;
            var hidden = xml.GetAttribute("hidden") is "1" or "true";
            var cells = ReadCells(xml, sheet, number);
            if (cells.Count == 0) continue;
            if (++rows > limits.Rows) throw SheetRefused.At("sheet.rows", file, sheet, number, null, limits.Rows);
            if (hidden) notes.HiddenRows++;
            yield return new SheetRow(file, sheet, number, cells, hidden);
        }
    }

    private List<SheetCell> ReadCells(XmlReader xml, string sheet, int row)
    {
        var cells = new List<SheetCell>();
        if (xml.IsEmptyElement) return cells;
        var depth = xml.Depth;
        var column = -1;
        while (Next(xml, sheet) && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "c") continue;
            column = XlsxColumn.Index(xml.GetAttribute("r")) is var named and >= 0 ? named : column + 1;
            var cell = ReadCell(xml, sheet, row, column);
            if (cell.IsEmpty) continue;
            if (column >= SheetLimits.Columns) throw SheetRefused.At("sheet.columns", file, sheet, row, XlsxColumn.Name(column), SheetLimits.Columns);
            while (cells.Count <= column) cells.Add(SheetCell.None);
            cells[column] = cell;
        }
        return cells;
    }

    private SheetCell ReadCell(XmlReader xml, string sheet, int row, int column)
    {
        if (xml.IsEmptyElement) return SheetCell.None;
        var type = xml.GetAttribute("t");
        var isDate = int.TryParse(xml.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var style) && dateStyles.Contains(style);
        var depth = xml.Depth;
        var value = "";
        var formula = false;
        while (Next(xml, sheet) && xml.Depth > depth)
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "f") formula = true;
            else if (xml.LocalName == "v") value = PlainText(xml, sheet, row, column);
            else if (xml.LocalName == "is") value = RichText(xml, sheet, row, column);
        }
        if (formula) notes.FormulaCells++;
        var cell = Cell(type, value, isDate);
        return cell.IsEmpty ? SheetCell.None : cell with { IsFormula = formula };
    }

    private SheetCell Cell(string? type, string value, bool isDate)
    {
        switch (type)
        {
            case "s":
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= strings.Count) throw SheetRefused.At("sheet.damaged", file);
                return new SheetCell(strings[index], CellKind.Text);
            case "inlineStr" or "str": return new SheetCell(value.Trim(), CellKind.Text);
            case "b": return new SheetCell(value == "1" ? "TRUE" : "FALSE", CellKind.Boolean);
            case "e": return new SheetCell(value, CellKind.Error);
            case "d": return new SheetCell(value, CellKind.Date);
        }
        if (value.Length == 0) return SheetCell.None;
        if (isDate && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var serial) && SheetCell.TrySerial(serial, from1904, out var time))
            return new SheetCell(time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), CellKind.Date);
        return new SheetCell(SheetCell.PlainNumber(value), CellKind.Number);
    }

    /// <summary>The text of an element with runs (<c>si</c>, <c>is</c>), without its phonetic guides.</summary>
    private string RichText(XmlReader xml, string? sheet, int row, int column)
    {
        if (xml.IsEmptyElement) return Keep("");
        var depth = xml.Depth;
        var phonetic = -1;
        rich.Clear();
        while (Next(xml, sheet) && xml.Depth > depth)
        {
            if (phonetic >= 0 && xml.Depth <= phonetic) phonetic = -1;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "rPh") phonetic = xml.Depth;
            else if (xml.LocalName == "t" && phonetic < 0)
            {
                rich.Append(PlainText(xml, sheet, row, column));
                if (rich.Length > SheetLimits.CellCharacters) throw TooLong(sheet, row, column);
            }
        }
        // Excel writes characters that XML forbids as _x000D_; a NUL is nothing that a database takes.
        return Keep(XmlConvert.DecodeName(rich.ToString())!.Replace("\0", "", StringComparison.Ordinal).Trim(' ', '\t', '\r', '\n', '\u3000', '\u00A0'));
    }

    /// <summary>The text of an element, read in pieces so that a huge one is refused before it is kept.</summary>
    private string PlainText(XmlReader xml, string? sheet, int row, int column)
    {
        if (xml.IsEmptyElement) return "";
        var depth = xml.Depth;
        plain.Clear();
        while (Next(xml, sheet) && xml.Depth > depth)
        {
            if (xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)) continue;
            for (int read; (read = xml.ReadValueChunk(chunk, 0, chunk.Length)) > 0;)
            {
                plain.Append(chunk, 0, read);
                if (plain.Length > SheetLimits.CellCharacters) throw TooLong(sheet, row, column);
            }
        }
        return plain.ToString();
    }

    private SheetRefused TooLong(string? sheet, int row, int column) =>
        SheetRefused.At("sheet.cell", file, sheet, row == 0 ? null : row, row == 0 ? null : XlsxColumn.Name(column), SheetLimits.CellCharacters);

    /// <summary>Counts a text against the limit of all texts; 32 bytes are what an empty one costs.</summary>
    private string Keep(string text)
    {
        stringBytes += 32 + 2L * text.Length;
        return stringBytes <= limits.StringBytes ? text : throw SheetRefused.At("sheet.strings", file, null, null, null, limits.StringBytes / 1024 / 1024);
    }

    private bool Next(XmlReader xml, string? sheet)
    {
        var more = xml.Read();
        if (xml.Depth > SheetLimits.Depth) throw SheetRefused.At("sheet.damaged", file, sheet);
        return more;
    }

    private bool Guard(XmlReader xml) => Next(xml, null);
}

/// <summary>Which cell styles show a number as a date.</summary>
internal static class XlsxStyles
{
    public static HashSet<int> DateStyles(XlsxPackage package, string name, Func<XmlReader, bool> next)
    {
        var formats = new HashSet<int>([.. Enumerable.Range(14, 9), .. Enumerable.Range(27, 10), .. Enumerable.Range(45, 3), .. Enumerable.Range(50, 9)]);
        var styles = new HashSet<int>();
        using var xml = package.Open(name);
        var inCells = false;
        var index = 0;
        while (next(xml))
        {
            if (xml.LocalName == "cellXfs") inCells = xml.NodeType == XmlNodeType.Element && !xml.IsEmptyElement;
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "numFmt" && Number(xml) is { } own)
            {
                if (IsDate(xml.GetAttribute("formatCode") ?? "")) formats.Add(own);
                else formats.Remove(own);
            }
            else if (inCells && xml.LocalName == "xf")
            {
                if (Number(xml) is { } used && formats.Contains(used)) styles.Add(index);
                index++;
            }
            if (formats.Count > 10_000 || index > 100_000) break;
        }
        return styles;
    }

    private static int? Number(XmlReader xml) => int.TryParse(xml.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    /// <summary>Does a format code name a year, day or hour outside quotes and brackets?</summary>
    private static bool IsDate(string code)
    {
        var quoted = false;
        var bracket = false;
        for (var i = 0; i < code.Length; i++)
        {
            var c = code[i];
            if (c == '"') quoted = !quoted;
            else if (quoted) continue;
            else if (c == '\\') i++;
            else if (c == '[') bracket = true;
            else if (c == ']') bracket = false;
            else if (!bracket && c is 'y' or 'Y' or 'd' or 'D' or 'h' or 'H') return true;
        }
        return false;
    }
}
