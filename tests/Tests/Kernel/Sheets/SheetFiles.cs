using System.IO.Compression;
using System.Text;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Tests.Kernel.Sheets;

/// <summary>Files made for a test: workbooks from raw XML, text in any encoding, and what the reader says of them.</summary>
internal static class SheetFiles
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public static byte[] Gb18030(string text) => CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text);

    /// <summary>A workbook with one sheet of these rows (raw XML inside sheetData).</summary>
    public static byte[] Workbook(string rows, string strings = "", string styles = "", string sheets = "<sheet name=\"订单\" sheetId=\"1\" r:id=\"r1\"/>", string prolog = "") =>
        Zip(Parts(writer => writer.Write($"{prolog}<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>"), strings, styles, sheets));

    /// <summary>The parts of a workbook whose sheet is written by the caller, so that it can be of any size.</summary>
    public static List<(string Name, Action<StreamWriter> Write)> Parts(Action<StreamWriter> sheet, string strings = "", string styles = "", string sheets = "<sheet name=\"订单\" sheetId=\"1\" r:id=\"r1\"/>") =>
    [
        ("_rels/.rels", w => w.Write("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>")),
        ("xl/workbook.xml", w => w.Write($"<workbook xmlns=\"{Main}\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{sheets}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels", w => w.Write("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"r3\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>")),
        ("xl/sharedStrings.xml", w => w.Write($"<sst xmlns=\"{Main}\">{strings}</sst>")),
        ("xl/styles.xml", w => w.Write($"<styleSheet xmlns=\"{Main}\">{styles}</styleSheet>")),
        ("xl/worksheets/sheet1.xml", sheet),
    ];

    public static byte[] Zip(IEnumerable<(string Name, Action<StreamWriter> Write)> parts)
    {
        var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, true))
            foreach (var (name, write) in parts)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
                write(writer);
            }
        return memory.ToArray();
    }

    public static async Task<(List<SheetRow> Rows, Refusal? No, SheetNotes? Notes)> Read(byte[] content, string name = "订单.xlsx")
    {
        var rows = new List<SheetRow>();
        if (!(await SheetReader.Open(new MemoryStream(content), name, default)).Ok(out var reader, out var no)) return (rows, no, null);
        foreach (var outcome in reader.Rows())
        {
            if (!outcome.Ok(out var row, out no)) return (rows, no, reader.Notes);
            rows.Add(row);
        }
        return (rows, null, reader.Notes);
    }

    /// <summary>Reads as text, row by row, and says why it ended and how many bytes of memory were in use at most while reading.</summary>
    public static async Task<(Refusal? No, long MostBytes)> ReadBounded(byte[] content)
    {
        var before = GC.GetTotalMemory(true);
        var most = 0L;
        using var watch = new Timer(_ => most = Math.Max(most, GC.GetTotalMemory(false) - before), null, 0, 5);
        Refusal? no = null;
        if ((await SheetReader.Open(new MemoryStream(content), "订单.xlsx", default)).Ok(out var reader, out no))
            foreach (var outcome in reader.Rows())
                if (!outcome.Ok(out _, out no)) break;
        return (no, most);
    }
}
