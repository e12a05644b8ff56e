using System.Text;
using System.Text.Unicode;

namespace Shanhuo.Kernel.Sheets;

/// <summary>Reads CSV and XLSX files of strangers, row by row, within <see cref="SheetLimits"/>. What the file is decides its content, not its name.</summary>
/// <remarks>Own reading with ZipArchive and XmlReader, not a library: only so can each byte be counted before it is kept (see docs/decisions).</remarks>
public sealed class SheetReader
{
    private readonly byte[] content;
    private readonly string file;
    private readonly Func<IEnumerable<SheetRow>> open;

    private SheetReader(byte[] content, string file, SheetLimits limits)
    {
        (this.content, this.file) = (content, file);
        open = IsZip(content) ? () => new XlsxRows(content, file, Notes, limits).Read() : () => new CsvRows(Text(), file, limits.Rows).Read();
    }

    private SheetReader(string path)
    {
        (content, file) = ([], Path.GetFileName(path));
        open = () => new CsvRows(OwnText.Open(path, Notes), file, int.MaxValue).Read();
    }

    /// <summary>What else was seen, complete after the last row.</summary>
    public SheetNotes Notes { get; } = new();

    /// <summary>Takes a file in.</summary>
    /// <param name="stream">Read to its end, at most <see cref="SheetLimits.FileBytes"/> of the limits.</param>
    /// <param name="fileName">As the user knows it; only shown, apart from <c>.xlsm</c>.</param>
    /// <param name="cancel">Stops waiting for the rest of an upload.</param>
    /// <param name="limits">How much is read; null: <see cref="SheetLimits.Upload"/>.</param>
    /// <returns>The reader, or why the file is not taken: <c>sheet.too-big</c>, <c>sheet.empty</c>, <c>sheet.macros</c>, <c>sheet.old-excel</c>, <c>sheet.not-a-table</c>.</returns>
    public static async Task<Outcome<SheetReader>> Open(Stream stream, string fileName, CancellationToken cancel, SheetLimits? limits = null)
    {
        limits ??= SheetLimits.Upload;
        ArgumentNullException.ThrowIfNull(stream);
        var file = Path.GetFileName(fileName ?? "");
        var place = new Place { File = file };
        if (file.EndsWith(".xlsm", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".xltm", StringComparison.OrdinalIgnoreCase)) return new Refusal("sheet.macros", place);
        var memory = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = await stream.ReadAsync(buffer, cancel)) > 0;)
        {
            if (memory.Length + read > limits.FileBytes) return new Refusal("sheet.too-big", place, limits.FileBytes / 1024 / 1024);
            memory.Write(buffer, 0, read);
        }
        var content = memory.ToArray();
        if (content.Length == 0) return new Refusal("sheet.empty", place);
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) return new Refusal("sheet.old-excel", place);
        var begin = content.AsSpan(0, Math.Min(content.Length, 512));
        if (!IsZip(content) && (begin.TrimStart((byte)' ').StartsWith("<"u8) || begin.StartsWith("%PDF"u8))) return new Refusal("sheet.not-a-table", place);
        return new SheetReader(content, file, limits);
    }

    /// <summary>Takes a file of whoever runs the program on this machine: a CSV file of any length, read as it is asked for and never kept whole. Workbooks as <see cref="Open"/> takes them, within <see cref="SheetLimits.County"/>; pipes too.</summary>
    /// <param name="path">As the user gave it.</param>
    /// <param name="cancel">Stops waiting.</param>
    /// <returns>The reader, or why not: <c>sheet.no-file</c>, or as <see cref="Open"/>.</returns>
    public static async Task<Outcome<SheetReader>> OpenOwn(string path, CancellationToken cancel)
    {
        try
        {
            await using var stream = File.OpenRead(path);
            if (!stream.CanSeek) return await Open(stream, path, cancel);
            var begin = new byte[512];
            begin = begin[..await stream.ReadAtLeastAsync(begin, begin.Length, throwOnEndOfStream: false, cancel)];
            // Few bytes tell what is wrong with a file that is no text; a workbook is taken whole.
            if (!IsZip(begin) && (await Open(new MemoryStream(begin), path, cancel)).Ok(out _, out _)) return new SheetReader(path);
            stream.Position = 0;
            return await Open(stream, path, cancel, SheetLimits.County);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Refusal("sheet.no-file", new Place { File = path });
        }
    }

    /// <summary>The rows that hold something, sheet by sheet; hidden sheets are left out. A refusal is the last item.</summary>
    public IEnumerable<Outcome<SheetRow>> Rows()
    {
        using var rows = open().GetEnumerator();
        while (true)
        {
            Refusal? no = null;
            var more = false;
            try { more = rows.MoveNext(); }
            catch (SheetRefused e) { no = e.Refusal; }
            catch (DecoderFallbackException) { no = new Refusal("sheet.encoding", new Place { File = file }); }
            catch (Exception e) when (e is InvalidDataException or System.Xml.XmlException or EndOfStreamException) { no = new Refusal("sheet.damaged", new Place { File = file }); }
            if (no is not null) yield return no;
            if (!more) yield break;
            yield return rows.Current;
        }
    }

    private StreamReader Text()
    {
        var utf16 = content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]);
        var encoding = utf16 ? new UnicodeEncoding(false, true, true) : Utf8.IsValid(content) ? new UTF8Encoding(true, true)
            : CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
        Notes.Form = utf16 ? "utf-16" : encoding is UTF8Encoding ? "utf-8" : "gb18030";
        return new StreamReader(new MemoryStream(content, writable: false), encoding, detectEncodingFromByteOrderMarks: true);
    }

    private static bool IsZip(byte[] content) => content.AsSpan().StartsWith("PK\x03\x04"u8) || content.AsSpan().StartsWith("PK\x05\x06"u8);
}
