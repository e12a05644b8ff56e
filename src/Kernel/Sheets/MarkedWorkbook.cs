using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Shanhuo.Kernel.Sheets;

/// <summary>Gives a workbook back to whoever sent it, with each wrong cell coloured and with a comment, and a sheet at the end that lists them. All else of the workbook stays as it was.</summary>
public static class MarkedWorkbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";

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
        private readonly Dictionary<string, byte[]> changed = new(StringComparer.Ordinal);
        // A county's sheet unpacks to hundreds of megabytes: it goes from file to file.
        private readonly Dictionary<string, Action<Stream>> copied = new(StringComparer.Ordinal);
        private readonly List<(string Part, string Type)> added = [];
        private int styles;

        public void Write(Stream output)
        {
            using var package = new XlsxPackage(content, file, SheetLimits.County);
            var workbook = Document(package, "xl/workbook.xml");
            var relations = Document(package, "xl/_rels/workbook.xml.rels");
            Colour(package, relations);
            foreach (var sheet in workbook.Descendants(XName.Get("sheet", Main)).ToList())
            {
                var wrong = refused.Where(r => r.Where is { Row: not null, Column: not null } where && where.Sheet == (string?)sheet.Attribute("name")).ToList();
                var id = (string?)sheet.Attribute(XName.Get("id", Relations));
                var target = relations.Root!.Elements().FirstOrDefault(r => (string?)r.Attribute("Id") == id)?.Attribute("Target")?.Value;
                if (wrong.Count > 0 && target is not null) Mark(package, Full(target), wrong);
            }
            AddList(workbook, relations);
            changed["xl/workbook.xml"] = Bytes(workbook);
            changed["xl/_rels/workbook.xml.rels"] = Bytes(relations);
            var types = Document(package, "[Content_Types].xml");
            foreach (var (part, type) in added) types.Root!.Add(new XElement(XName.Get("Override", ContentTypes), new XAttribute("PartName", "/" + part), new XAttribute("ContentType", type)));
            if (added.Exists(a => a.Part.EndsWith(".xml", StringComparison.Ordinal)) && !types.Root!.Elements().Any(e => (string?)e.Attribute("Extension") == "vml"))
                types.Root.AddFirst(new XElement(XName.Get("Default", ContentTypes), new XAttribute("Extension", "vml"), new XAttribute("ContentType", "application/vnd.openxmlformats-officedocument.vmlDrawing")));
            changed["[Content_Types].xml"] = Bytes(types);

            using var from = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            using var to = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var entry in from.Entries.Where(e => !changed.ContainsKey(e.FullName) && !copied.ContainsKey(e.FullName)))
            {
                using var source = entry.Open();
                using var copy = to.CreateEntry(entry.FullName, CompressionLevel.Fastest).Open();
                source.CopyTo(copy);
            }
            foreach (var (name, bytes) in changed)
            {
                using var part = to.CreateEntry(name, CompressionLevel.Fastest).Open();
                part.Write(bytes);
            }
            foreach (var (name, copy) in copied)
            {
                using var part = to.CreateEntry(name, CompressionLevel.Fastest).Open();
                copy(part);
            }
        }

        /// <summary>Each style of cells gets a twin with a red ground, so that a marked date stays a date.</summary>
        private void Colour(XlsxPackage package, XDocument relations)
        {
            var target = relations.Root!.Elements().FirstOrDefault(r => ((string?)r.Attribute("Type"))?.EndsWith("/styles", StringComparison.Ordinal) == true)?.Attribute("Target")?.Value;
            var sheet = target is not null && package.Has(Full(target)) ? Document(package, Full(target))
                : XDocument.Parse($"<styleSheet xmlns=\"{Main}\"><fonts count=\"1\"><font/></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"1\"><xf/></cellXfs></styleSheet>");
            if (target is null)
            {
                target = "styles.xml";
                relations.Root.Add(new XElement(XName.Get("Relationship", PackageRelations), new XAttribute("Id", "shStyles"), new XAttribute("Type", Relations + "/styles"), new XAttribute("Target", target)));
                added.Add(("xl/styles.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"));
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
            changed[Full(target)] = Bytes(sheet);
        }

        private void Mark(XlsxPackage package, string part, List<Refusal> wrong)
        {
            var columns = Columns(wrong[0].Where.Sheet);
            var cells = wrong.Where(r => columns.ContainsKey(r.Where.Column!)).GroupBy(r => (Row: r.Where.Row!.Value, Column: columns[r.Where.Column!]))
                .ToDictionary(g => g.Key, g => string.Join('\n', g.Select(r => texts.Say(language, r.Code, r.Arguments))));
            var rows = cells.Keys.GroupBy(k => k.Row).ToDictionary(g => g.Key, g => new SortedSet<int>(g.Select(k => k.Column)));
            var comments = cells.Count <= MostComments ? Comments(package, part, cells) : null;
            copied.Add(part, output =>
            {
                using var reader = package.Open(part);
                using var writer = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
                new SheetCopy(reader, writer, rows, styles, comments).Run();
            });
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
        private string? Comments(XlsxPackage package, string part, Dictionary<(int Row, int Column), string> cells)
        {
            var slash = part.LastIndexOf('/');
            var name = $"{part[..slash]}/_rels/{part[(slash + 1)..]}.rels";
            var relations = package.Has(name) ? Document(package, name) : XDocument.Parse($"<Relationships xmlns=\"{PackageRelations}\"/>");
            if (relations.Root!.Elements().Any(r => ((string?)r.Attribute("Type"))?.EndsWith("/comments", StringComparison.Ordinal) == true || ((string?)r.Attribute("Type"))?.EndsWith("/vmlDrawing", StringComparison.Ordinal) == true)) return null;
            var number = added.Count + 1;
            var (comments, drawing) = ($"xl/shanhuoComments{number}.xml", $"xl/shanhuoDrawing{number}.vml");
            relations.Root.Add(
                new XElement(XName.Get("Relationship", PackageRelations), new XAttribute("Id", "shComments"), new XAttribute("Type", Relations + "/comments"), new XAttribute("Target", "/" + comments)),
                new XElement(XName.Get("Relationship", PackageRelations), new XAttribute("Id", "shDrawing"), new XAttribute("Type", Relations + "/vmlDrawing"), new XAttribute("Target", "/" + drawing)));
            changed[name] = Bytes(relations);
            added.Add((comments, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"));
            XNamespace main = Main;
            var ordered = cells.OrderBy(c => c.Key).ToList();
            changed[comments] = Bytes(new XDocument(new XElement(main + "comments", new XElement(main + "authors", new XElement(main + "author", "Shanhuo")), new XElement(main + "commentList",
                ordered.Select(c => new XElement(main + "comment", new XAttribute("ref", $"{XlsxColumn.Name(c.Key.Column)}{c.Key.Row}"), new XAttribute("authorId", 0), new XElement(main + "text", new XElement(main + "t", c.Value))))))));
            XNamespace vml = "urn:schemas-microsoft-com:vml", office = "urn:schemas-microsoft-com:office:office", excel = "urn:schemas-microsoft-com:office:excel";
            changed[drawing] = Bytes(new XDocument(new XElement("xml", new XAttribute(XNamespace.Xmlns + "v", vml), new XAttribute(XNamespace.Xmlns + "o", office), new XAttribute(XNamespace.Xmlns + "x", excel),
                new XElement(vml + "shapetype", new XAttribute("id", "_x0000_t202"), new XAttribute("coordsize", "21600,21600"), new XAttribute(office + "spt", 202), new XAttribute("path", "m,l,21600r21600,l21600,xe")),
                ordered.Select((c, i) => new XElement(vml + "shape", new XAttribute("id", $"_x0000_s{1025 + i}"), new XAttribute("type", "#_x0000_t202"), new XAttribute("style", "position:absolute;width:180pt;height:70pt;visibility:hidden"), new XAttribute("fillcolor", "#ffffe1"),
                    new XElement(excel + "ClientData", new XAttribute("ObjectType", "Note"), new XElement(excel + "AutoFill", "False"), new XElement(excel + "Row", c.Key.Row - 1), new XElement(excel + "Column", c.Key.Column)))))));
            return "shDrawing";
        }

        private void AddList(XDocument workbook, XDocument relations)
        {
            const string part = "xl/worksheets/shanhuoProblems.xml";
            var xml = new StringBuilder($"<worksheet xmlns=\"{Main}\"><cols><col min=\"1\" max=\"1\" width=\"16\" customWidth=\"1\"/><col min=\"2\" max=\"2\" width=\"8\" customWidth=\"1\"/><col min=\"3\" max=\"3\" width=\"22\" customWidth=\"1\"/><col min=\"4\" max=\"4\" width=\"90\" customWidth=\"1\"/></cols><sheetData>");
            Row(1, texts.Say(language, "sheet.problem-sheet"), texts.Say(language, "sheet.problem-row"), texts.Say(language, "sheet.problem-column"), texts.Say(language, "sheet.problem-why"));
            var number = 1;
            foreach (var no in refused.Take(1_000_000)) Row(++number, no.Where.Sheet, no.Where.Row?.ToString(CultureInfo.InvariantCulture), no.Where.Column, texts.Say(language, no.Code, no.Arguments));
            changed[part] = Encoding.UTF8.GetBytes(xml.Append("</sheetData></worksheet>").ToString());
            added.Add((part, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"));
            relations.Root!.Add(new XElement(XName.Get("Relationship", PackageRelations), new XAttribute("Id", "shProblems"), new XAttribute("Type", Relations + "/worksheet"), new XAttribute("Target", "/" + part)));
            var sheets = workbook.Descendants(XName.Get("sheets", Main)).First();
            var names = sheets.Elements().Select(s => (string?)s.Attribute("name")).ToHashSet();
            var name = texts.Say(language, "sheet.problems");
            for (var i = 2; names.Contains(name); i++) name = $"{texts.Say(language, "sheet.problems")} {i}";
            sheets.Add(new XElement(XName.Get("sheet", Main), new XAttribute("name", name), new XAttribute("sheetId", sheets.Elements().Max(s => (int?)s.Attribute("sheetId") ?? 0) + 1), new XAttribute(XName.Get("id", Relations), "shProblems")));

            void Row(int row, params string?[] values)
            {
                xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{row}\">");
                for (var i = 0; i < values.Length; i++)
                    if (!string.IsNullOrEmpty(values[i])) xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{XlsxColumn.Name(i)}{row}\" t=\"inlineStr\"><is><t>{new XText(values[i]!)}</t></is></c>");
                xml.Append("</row>");
            }
        }

        private static string Full(string target) => target.StartsWith('/') ? target[1..] : "xl/" + target;

        private static XDocument Document(XlsxPackage package, string name)
        {
            using var reader = package.Open(name);
            return XDocument.Load(reader);
        }

        private static byte[] Bytes(XDocument document)
        {
            using var stream = new MemoryStream();
            using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) })) document.Save(writer);
            return stream.ToArray();
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
