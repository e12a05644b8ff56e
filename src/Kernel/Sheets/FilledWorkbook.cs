using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Shanhuo.Kernel.Sheets;

/// <summary>A cell of a workbook.</summary>
/// <param name="Sheet">Name of its sheet.</param>
/// <param name="Row">1 is the first.</param>
/// <param name="Column">0 is A.</param>
public readonly record struct CellPlace(string Sheet, int Row, int Column)
{
    /// <summary><c>B7</c>.</summary>
    public string Reference => $"{XlsxColumn.Name(Column)}{Row.ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>Fills cells of somebody else's workbook and leaves all else of it as it was: styles, widths, formulas, drawings.</summary>
public static class FilledWorkbook
{
    /// <summary>The cells whose text holds a mark.</summary>
    /// <param name="content">The workbook as it came.</param>
    /// <param name="file">Its name.</param>
    /// <param name="mark">Such as <c>{{</c>.</param>
    public static Outcome<IReadOnlyList<(CellPlace Place, string Text)>> Find(byte[] content, string file, string mark)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!content.AsSpan().StartsWith("PK"u8)) return new Refusal("sheet.mark-csv", new Place { File = file });
        try
        {
            var found = new List<(CellPlace, string)>();
            foreach (var row in new XlsxRows(content, file, new SheetNotes(), SheetLimits.Upload).Read())
                for (var i = 0; i < row.Cells.Count; i++)
                    if (row.Cells[i].Text?.Contains(mark, StringComparison.Ordinal) == true) found.Add((new CellPlace(row.Sheet ?? "", row.Number, i), row.Cells[i].Text));
            return found;
        }
        catch (SheetRefused e) { return e.Refusal; }
        catch (Exception e) when (e is XmlException or InvalidDataException) { return new Refusal("sheet.damaged", new Place { File = file }); }
    }

    /// <summary>Writes the filled workbook.</summary>
    /// <param name="content">The workbook as it came.</param>
    /// <param name="file">Its name.</param>
    /// <param name="values">Into cells that are there; a number stays a number, and each cell keeps its style.</param>
    /// <param name="extra">Name of a sheet to add at the end.</param>
    /// <param name="widths">Of its columns, in characters.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="output">Where to; stays open.</param>
    /// <returns><c>sheet.damaged</c> when it cannot be read.</returns>
    public static Outcome<Done> Write(byte[] content, string file, IReadOnlyDictionary<CellPlace, SheetValue> values, string extra, IReadOnlyList<int> widths, IEnumerable<IReadOnlyList<string?>> rows, Stream output)
    {
        ArgumentNullException.ThrowIfNull(values);
        try
        {
            using var parts = new WorkbookParts(content, file);
            foreach (var (name, part) in parts.Sheets.ToList())
            {
                var of = values.Where(v => v.Key.Sheet == name).ToDictionary(v => (v.Key.Row, v.Key.Column), v => v.Value);
                if (of.Count > 0) parts.Rewrite(part, (reader, writer) => new Filling(reader, writer, of).Run());
            }
            parts.AddSheet("shanhuoSources", extra, widths, rows);
            // Formulas over filled cells hold what they were before: whoever opens the workbook computes them anew.
            var root = parts.Workbook.Root!;
            var calc = root.Element(XName.Get("calcPr", WorkbookParts.Main));
            if (calc is null)
            {
                calc = new XElement(XName.Get("calcPr", WorkbookParts.Main));
                string[] after = ["oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst"];
                if (root.Elements().FirstOrDefault(e => after.Contains(e.Name.LocalName)) is { } next) next.AddBeforeSelf(calc); else root.Add(calc);
            }
            calc.SetAttributeValue("fullCalcOnLoad", 1);
            parts.Save(output);
            return default(Done);
        }
        catch (SheetRefused e) { return e.Refusal; }
        catch (Exception e) when (e is XmlException or InvalidDataException) { return new Refusal("sheet.damaged", new Place { File = file }); }
    }

    /// <summary>Copies a sheet element by element; what stood in a filled cell is left out.</summary>
    private sealed class Filling(XmlReader reader, XmlWriter writer, Dictionary<(int Row, int Column), SheetValue> values)
    {
        private int row, column;

        public void Run()
        {
            reader.Read();
            while (!reader.EOF)
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    if (Filled()) continue;
                    Copy();
                }
                else if (reader.NodeType == XmlNodeType.EndElement) writer.WriteFullEndElement();
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) writer.WriteString(reader.Value);
                else if (reader.NodeType is XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) writer.WriteWhitespace(reader.Value);
                else if (reader.NodeType == XmlNodeType.XmlDeclaration) writer.WriteStartDocument();
                reader.Read();
            }
            writer.WriteEndDocument();
        }

        private bool Filled()
        {
            if (reader.LocalName == "row")
            {
                row = int.TryParse(reader.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var r) ? r : row + 1;
                column = -1;
                return false;
            }
            if (reader.LocalName != "c") return false;
            column = XlsxColumn.Index(reader.GetAttribute("r")) is var named and >= 0 ? named : column + 1;
            if (!values.TryGetValue((row, column), out var value)) return false;
            writer.WriteStartElement(reader.Prefix, "c", reader.NamespaceURI);
            var (prefix, space) = (reader.Prefix, reader.NamespaceURI);
            while (reader.MoveToNextAttribute())
                if (reader.LocalName != "t") writer.WriteAttributeString(reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.Value);
            reader.MoveToElement();
            if (value.IsNumber) writer.WriteElementString(prefix, "v", space, value.Text);
            else if (!string.IsNullOrEmpty(value.Text))
            {
                writer.WriteAttributeString("t", "inlineStr");
                writer.WriteStartElement(prefix, "is", space);
                writer.WriteElementString(prefix, "t", space, value.Text);
                writer.WriteEndElement();
            }
            writer.WriteEndElement();
            reader.Skip();
            return true;
        }

        private void Copy()
        {
            var isEmpty = reader.IsEmptyElement;
            writer.WriteStartElement(reader.Prefix, reader.LocalName, reader.NamespaceURI);
            while (reader.MoveToNextAttribute()) writer.WriteAttributeString(reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.Value);
            reader.MoveToElement();
            if (isEmpty) writer.WriteEndElement();
        }
    }
}
