using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Shanhuo.Kernel.Sheets;

/// <summary>The parts of a workbook that is changed: those that are are put in the place of the old ones, all others are copied as they are.</summary>
internal sealed class WorkbookParts : IDisposable
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    public const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    public const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string Name = "xl/workbook.xml", RelationsName = "xl/_rels/workbook.xml.rels", TypesName = "[Content_Types].xml";

    private readonly byte[] content;
    private readonly Dictionary<string, byte[]> changed = new(StringComparer.Ordinal);
    // A county's sheet unpacks to hundreds of megabytes: it goes from file to file.
    private readonly Dictionary<string, Action<Stream>> copied = new(StringComparer.Ordinal);
    private readonly List<(string Part, string Type)> added = [];

    public WorkbookParts(byte[] content, string file)
    {
        this.content = content;
        Package = new XlsxPackage(content, file, SheetLimits.County);
        (Workbook, WorkbookRelations) = (Document(Name), Document(RelationsName));
    }

    public XlsxPackage Package { get; }

    /// <summary>Saved with the rest.</summary>
    public XDocument Workbook { get; }

    /// <summary>Saved with the rest.</summary>
    public XDocument WorkbookRelations { get; }

    /// <summary>How many parts were added so far.</summary>
    public int Added => added.Count;

    /// <summary>Names of the sheets with their parts, in order.</summary>
    public IEnumerable<(string Name, string Part)> Sheets =>
        from sheet in Workbook.Descendants(XName.Get("sheet", Main))
        join relation in WorkbookRelations.Root!.Elements() on (string?)sheet.Attribute(XName.Get("id", Relations)) equals (string?)relation.Attribute("Id")
        select ((string?)sheet.Attribute("name") ?? "", Full((string?)relation.Attribute("Target") ?? ""));

    public static string Full(string target) => target.StartsWith('/') ? target[1..] : "xl/" + target;

    public XDocument Document(string name)
    {
        using var reader = Package.Open(name);
        return XDocument.Load(reader);
    }

    public void Change(string part, XDocument document) => changed[part] = Bytes(document);

    /// <summary>Rewrites a sheet while it is copied.</summary>
    public void Rewrite(string part, Action<XmlReader, XmlWriter> copy) => copied.Add(part, output =>
    {
        using var reader = Package.Open(part);
        using var writer = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false) });
        copy(reader, writer);
    });

    public void Add(string part, string type, byte[] bytes)
    {
        changed[part] = bytes;
        added.Add((part, type));
    }

    public void Add(string part, string type, XDocument document) => Add(part, type, Bytes(document));

    public void Relate(string id, string type, string target) => WorkbookRelations.Root!.Add(Relation(id, type, target));

    public static XElement Relation(string id, string type, string target) =>
        new(XName.Get("Relationship", PackageRelations), new XAttribute("Id", id), new XAttribute("Type", Relations + type), new XAttribute("Target", target));

    /// <summary>Adds a sheet of texts at the end; a name that is taken gets a number.</summary>
    /// <param name="id">Of its relation; its part is named by it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="widths">Of its columns, in characters.</param>
    /// <param name="rows">Its cells; null or empty: none.</param>
    public void AddSheet(string id, string name, IReadOnlyList<int> widths, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var part = $"xl/worksheets/{id}.xml";
        var xml = new StringBuilder($"<worksheet xmlns=\"{Main}\"><cols>");
        for (var i = 0; i < widths.Count; i++) xml.Append(CultureInfo.InvariantCulture, $"<col min=\"{i + 1}\" max=\"{i + 1}\" width=\"{widths[i]}\" customWidth=\"1\"/>");
        xml.Append("</cols><sheetData>");
        var row = 0;
        foreach (var values in rows)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{++row}\">");
            for (var i = 0; i < values.Count; i++)
                if (!string.IsNullOrEmpty(values[i])) xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{XlsxColumn.Name(i)}{row}\" t=\"inlineStr\"><is><t>{new XText(values[i]!)}</t></is></c>");
            xml.Append("</row>");
        }
        Add(part, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml", Encoding.UTF8.GetBytes(xml.Append("</sheetData></worksheet>").ToString()));
        Relate(id, "/worksheet", "/" + part);
        var sheets = Workbook.Descendants(XName.Get("sheets", Main)).First();
        var names = sheets.Elements().Select(s => (string?)s.Attribute("name")).ToHashSet();
        var free = name;
        for (var i = 2; names.Contains(free); i++) free = $"{name} {i}";
        sheets.Add(new XElement(XName.Get("sheet", Main), new XAttribute("name", free), new XAttribute("sheetId", sheets.Elements().Max(s => (int?)s.Attribute("sheetId") ?? 0) + 1), new XAttribute(XName.Get("id", Relations), id)));
    }

    public void Save(Stream output)
    {
        Change(Name, Workbook);
        Change(RelationsName, WorkbookRelations);
        var types = Package.Has(TypesName) ? Document(TypesName) : new XDocument(new XElement(XName.Get("Types", ContentTypes)));
        foreach (var (part, type) in added) types.Root!.Add(new XElement(XName.Get("Override", ContentTypes), new XAttribute("PartName", "/" + part), new XAttribute("ContentType", type)));
        if (changed.Keys.Any(p => p.EndsWith(".vml", StringComparison.Ordinal)) && !types.Root!.Elements().Any(e => (string?)e.Attribute("Extension") == "vml"))
            types.Root.AddFirst(new XElement(XName.Get("Default", ContentTypes), new XAttribute("Extension", "vml"), new XAttribute("ContentType", "application/vnd.openxmlformats-officedocument.vmlDrawing")));
        Change(TypesName, types);
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

    public void Dispose() => Package.Dispose();

    private static byte[] Bytes(XDocument document)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false) })) document.Save(writer);
        return stream.ToArray();
    }
}
