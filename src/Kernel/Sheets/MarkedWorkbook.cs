using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Shanhuo.Kernel.Sheets;

/// <summary>Gives a workbook back to whoever sent it, with each wrong cell coloured and with a comment, and a sheet at the end that lists them. All else of the workbook stays as it was.</summary>
public static class MarkedWorkbook
{
    private const string Main = WorkbookParts.Main, Relations = WorkbookParts.Relations, PackageRelations = WorkbookParts.PackageRelations;

    // Excel draws each comment's box when it opens the sheet: beyond this the list at the end must do.
    private const int MostComments = 2_000;

    private static readonly string[] AfterDrawing = ["legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"];

    /// <summary>Writes the marked workbook.</summary>
    /// <param name="content">The workbook as it came.</param>
    /// <param name="file">Its name.</param>
    /// <param name="refused">Wrong cells; those without sheet, row or column stand in the list only.</param>
    /// <param name="texts">For the reasons.</param>
    /// <param name="language">Of the reasons.</param>
    /// <param name="output">Where to; stays open.</param>
    /// <returns><c>sheet.mark-csv</c> when it is no workbook, <c>sheet.damaged</c> when it cannot be read.</returns>
    public static Outcome<Done> Write(byte[] content, string file, IReadOnlyList<Refusal> refused, Texts texts, Language language, Stream output)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(refused);
        ArgumentNullException.ThrowIfNull(texts);
        if (!content.AsSpan().StartsWith("PK"u8)) return new Refusal("sheet.mark-csv", new Place { File = file });
        try { new Marking(content, file, refused, texts, language).Write(output); }
        catch (SheetRefused e) { return e.Refusal; }
        catch (Exception e) when (e is XmlException or InvalidDataException) { return new Refusal("sheet.damaged", new Place { File = file }); }
        return default(Done);
    }

    private sealed class Marking(byte[] content, string file, IReadOnlyList<Refusal> refused, Texts texts, Language language)
    {
        private int styles;

        public void Write(Stream output)
        {
            using var parts = new WorkbookParts(content, file);
            Colour(parts);
            foreach (var (name, part) in parts.Sheets.ToList())
            {
                var wrong = refused.Where(r => r.Where is { Row: not null, Column: not null } where && where.Sheet == name).ToList();
                if (wrong.Count > 0) Mark(parts, part, wrong);
            }
            parts.AddSheet("shanhuoProblems", texts.Say(language, "sheet.problems"), [16, 8, 22, 90],
                refused.Take(1_000_000).Select(no => (IReadOnlyList<string?>)[no.Where.Sheet, no.Where.Row?.ToString(CultureInfo.InvariantCulture), no.Where.Column, texts.Say(language, no.Code, no.Arguments)])
                    .Prepend([texts.Say(language, "sheet.problem-sheet"), texts.Say(language, "sheet.problem-row"), texts.Say(language, "sheet.problem-column"), texts.Say(language, "sheet.problem-why")]));
            parts.Save(output);
        }

        /// <summary>Each style of cells gets a twin with a red ground, so that a marked date stays a date.</summary>
        private void Colour(WorkbookParts parts)
        {
            var target = parts.WorkbookRelations.Root!.Elements().FirstOrDefault(r => ((string?)r.Attribute("Type"))?.EndsWith("/styles", StringComparison.Ordinal) == true)?.Attribute("Target")?.Value;
            var sheet = target is not null && parts.Package.Has(WorkbookParts.Full(target)) ? parts.Document(WorkbookParts.Full(target))
                : XDocument.Parse($"<styleSheet xmlns=\"{Main}\"><fonts count=\"1\"><font/></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"1\"><xf/></cellXfs></styleSheet>");
            if (target is null)
            {
                target = "styles.xml";
                parts.Relate("shStyles", "/styles", target);
                parts.Add("xl/styles.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml", []);
            }
            var fills = sheet.Root!.Element(XName.Get("fills", Main)) ?? throw SheetRefused.At("sheet.damaged", file);
            fills.Add(XElement.Parse($"<fill xmlns=\"{Main}\"><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFC7CE\"/><bgColor indexed=\"64\"/></patternFill></fill>"));
            var fill = fills.Elements().Count() - 1;
            fills.SetAttributeValue("count", fill + 1);
            var cells = sheet.Root!.Element(XName.Get("cellXfs", Main)) ?? throw SheetRefused.At("sheet.damaged", file);
            styles = cells.Elements().Count();
            foreach (var style in cells.Elements().ToList())
            {
                var twin = new XElement(style);
                twin.SetAttributeValue("fillId", fill);
                twin.SetAttributeValue("applyFill", 1);
                cells.Add(twin);
            }
            cells.SetAttributeValue("count", styles * 2);
            parts.Change(WorkbookParts.Full(target), sheet);
        }

        private void Mark(WorkbookParts parts, string part, List<Refusal> wrong)
        {
            var columns = Columns(wrong[0].Where.Sheet);
            var cells = wrong.Where(r => columns.ContainsKey(r.Where.Column!)).GroupBy(r => (Row: r.Where.Row!.Value, Column: columns[r.Where.Column!]))
                .ToDictionary(g => g.Key, g => string.Join('\n', g.Select(r => texts.Say(language, r.Code, r.Arguments))));
            var rows = cells.Keys.GroupBy(k => k.Row).ToDictionary(g => g.Key, g => new SortedSet<int>(g.Select(k => k.Column)));
            var comments = cells.Count <= MostComments ? Comments(parts, part, cells) : null;
            parts.Rewrite(part, (reader, writer) => new SheetCopy(reader, writer, rows, styles, comments).Run());
        }

        /// <summary>The index of each column by the name in the first row that holds something.</summary>
        private Dictionary<string, int> Columns(string? sheet)
        {
            var row = new XlsxRows(content, file, new SheetNotes(), SheetLimits.County).Read().FirstOrDefault(r => r.Sheet == sheet);
            var columns = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; row is not null && i < row.Cells.Count; i++)
                if (!row.Cells[i].IsEmpty) columns.TryAdd(row.Cells[i].Text, i);
            return columns;
        }

        /// <summary>Adds the parts of comments to a sheet that has none; returns the id under which the sheet names their drawing.</summary>
        private static string? Comments(WorkbookParts parts, string part, Dictionary<(int Row, int Column), string> cells)
        {
            var slash = part.LastIndexOf('/');
            var name = $"{part[..slash]}/_rels/{part[(slash + 1)..]}.rels";
            var relations = parts.Package.Has(name) ? parts.Document(name) : XDocument.Parse($"<Relationships xmlns=\"{PackageRelations}\"/>");
            if (relations.Root!.Elements().Any(r => ((string?)r.Attribute("Type"))?.EndsWith("/comments", StringComparison.Ordinal) == true || ((string?)r.Attribute("Type"))?.EndsWith("/vmlDrawing", StringComparison.Ordinal) == true)) return null;
            var number = parts.Added + 1;
            var (comments, drawing) = ($"xl/shanhuoComments{number}.xml", $"xl/shanhuoDrawing{number}.vml");
            relations.Root.Add(
                WorkbookParts.Relation("shComments", "/comments", "/" + comments),
                WorkbookParts.Relation("shDrawing", "/vmlDrawing", "/" + drawing));
            parts.Change(name, relations);
            XNamespace main = Main;
            var ordered = cells.OrderBy(c => c.Key).ToList();
            parts.Add(comments, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml", new XDocument(new XElement(main + "comments", new XElement(main + "authors", new XElement(main + "author", "Shanhuo")), new XElement(main + "commentList",
                ordered.Select(c => new XElement(main + "comment", new XAttribute("ref", $"{XlsxColumn.Name(c.Key.Column)}{c.Key.Row}"), new XAttribute("authorId", 0), new XElement(main + "text", new XElement(main + "t", c.Value))))))));
            XNamespace vml = "urn:schemas-microsoft-com:vml", office = "urn:schemas-microsoft-com:office:office", excel = "urn:schemas-microsoft-com:office:excel";
            parts.Change(drawing, new XDocument(new XElement("xml", new XAttribute(XNamespace.Xmlns + "v", vml), new XAttribute(XNamespace.Xmlns + "o", office), new XAttribute(XNamespace.Xmlns + "x", excel),
                new XElement(vml + "shapetype", new XAttribute("id", "_x0000_t202"), new XAttribute("coordsize", "21600,21600"), new XAttribute(office + "spt", 202), new XAttribute("path", "m,l,21600r21600,l21600,xe")),
                ordered.Select((c, i) => new XElement(vml + "shape", new XAttribute("id", $"_x0000_s{1025 + i}"), new XAttribute("type", "#_x0000_t202"), new XAttribute("style", "position:absolute;width:180pt;height:70pt;visibility:hidden"), new XAttribute("fillcolor", "#ffffe1"),
                    new XElement(excel + "ClientData", new XAttribute("ObjectType", "Note"), new XElement(excel + "AutoFill", "False"), new XElement(excel + "Row", c.Key.Row - 1), new XElement(excel + "Column", c.Key.Column)))))));
            return "shDrawing";
        }
    }

    /// <summary>Copies a sheet element by element, so that a county's sheet is never kept whole as a tree.</summary>
    private sealed class SheetCopy(XmlReader reader, XmlWriter writer, Dictionary<int, SortedSet<int>> wrong, int styles, string? drawing)
    {
        private SortedSet<int>? waiting;
        private int row, column;
        private bool drawn;

        public void Run()
        {
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element) Element();
                else if (reader.NodeType == XmlNodeType.EndElement) End(reader.LocalName);
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) writer.WriteString(reader.Value);
                else if (reader.NodeType is XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) writer.WriteWhitespace(reader.Value);
                else if (reader.NodeType == XmlNodeType.XmlDeclaration) writer.WriteStartDocument();
            }
            writer.WriteEndDocument();
        }

        private void Element()
        {
            var (name, isEmpty, depth) = (reader.LocalName, reader.IsEmptyElement, reader.Depth);
            if (depth == 1 && AfterDrawing.Contains(name)) Draw();
            var isWrong = false;
            if (name == "row")
            {
                row = int.TryParse(reader.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var r) ? r : row + 1;
                (column, waiting) = (-1, wrong.TryGetValue(row, out var columns) ? [.. columns] : null);
            }
            else if (name == "c")
            {
                column = XlsxColumn.Index(reader.GetAttribute("r")) is var named and >= 0 ? named : column + 1;
                Blank(column);
                isWrong = waiting?.Remove(column) == true;
            }
            writer.WriteStartElement(reader.Prefix, name, reader.NamespaceURI);
            var style = 0;
            while (reader.MoveToNextAttribute())
                if (isWrong && reader.LocalName == "s" && reader.Prefix.Length == 0) _ = int.TryParse(reader.Value, NumberStyles.None, CultureInfo.InvariantCulture, out style);
                else writer.WriteAttributeString(reader.Prefix, reader.LocalName, reader.NamespaceURI, reader.Value);
            reader.MoveToElement();
            if (isWrong) writer.WriteAttributeString("s", (styles + Math.Min(style, styles - 1)).ToString(CultureInfo.InvariantCulture));
            if (!isEmpty) return;
            if (name == "row") Blank(int.MaxValue);
            writer.WriteEndElement();
        }

        private void End(string name)
        {
            if (name == "row") Blank(int.MaxValue);
            if (reader.Depth == 0) Draw();
            writer.WriteFullEndElement();
        }

        /// <summary>Wrong cells that are not there because they are empty.</summary>
        private void Blank(int before)
        {
            while (waiting?.Count > 0 && waiting.Min < before)
            {
                writer.WriteStartElement("", "c", Main);
                writer.WriteAttributeString("r", $"{XlsxColumn.Name(waiting.Min)}{row}");
                writer.WriteAttributeString("s", styles.ToString(CultureInfo.InvariantCulture));
                writer.WriteEndElement();
                waiting.Remove(waiting.Min);
            }
        }

        private void Draw()
        {
            if (drawn || drawing is null) return;
            drawn = true;
            writer.WriteStartElement("", "legacyDrawing", Main);
            writer.WriteAttributeString("r", "id", Relations, drawing);
            writer.WriteEndElement();
        }
    }
}
