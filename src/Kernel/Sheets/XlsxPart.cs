using System.IO.Compression;
using System.Xml;

namespace Shanhuo.Kernel.Sheets;

/// <summary>Letters of a column: 0 is A, 26 is AA.</summary>
internal static class XlsxColumn
{
    public static string Name(int index)
    {
        var name = "";
        for (var i = index + 1; i > 0; i = (i - 1) / 26) name = (char)('A' + (i - 1) % 26) + name;
        return name;
    }

    /// <summary>The column of a cell reference such as <c>AB12</c>, or -1.</summary>
    public static int Index(string? reference)
    {
        var index = 0;
        var i = 0;
        for (; reference is not null && i < reference.Length && i < 4 && reference[i] is >= 'A' and <= 'Z'; i++) index = index * 26 + (reference[i] - 'A' + 1);
        return i == 0 ? -1 : index - 1;
    }
}

/// <summary>The parts of a workbook, unpacked under one common count of bytes.</summary>
internal sealed class XlsxPackage(byte[] content, string file, SheetLimits limits) : IDisposable
{
    private readonly ZipArchive zip = OpenZip(content, file);
    private long unpacked;

    public IEnumerable<string> Names => zip.Entries.Select(e => e.FullName);

    public bool Has(string name) => zip.GetEntry(name) is not null;

    /// <summary>A part as XML that can neither name a document type nor grow beyond the limits.</summary>
    /// <param name="name">Full name in the package.</param>
    /// <param name="sheet">Sheet to name in a refusal.</param>
    public XmlReader Open(string name, string? sheet = null)
    {
        var entry = zip.GetEntry(name) ?? throw SheetRefused.At("sheet.damaged", file, sheet);
        var bounded = new Counted(entry.Open(), entry.CompressedLength, this, sheet);
        return XmlReader.Create(bounded, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            CloseInput = true,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            NameTable = new FewNames(file),
        });
    }

    public void Dispose() => zip.Dispose();

    private static ZipArchive OpenZip(byte[] content, string file)
    {
        // The count in the closing record is asked first, so that a package of a million entries is not even listed.
        for (var i = content.Length - 22; i >= 0 && i >= content.Length - 22 - 65_535; i--)
            if (content.AsSpan(i, 4).SequenceEqual("PK\x05\x06"u8))
            {
                if (BitConverter.ToUInt16(content, i + 10) > SheetLimits.Parts) throw SheetRefused.At("sheet.parts", file, null, null, null, SheetLimits.Parts);
                break;
            }
        var zip = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
        return zip.Entries.Count <= SheetLimits.Parts ? zip : throw SheetRefused.At("sheet.parts", file, null, null, null, SheetLimits.Parts);
    }

    /// <summary>Counts what comes out and looks at tags before XmlReader, which would keep a long one whole in memory.</summary>
    private sealed class Counted(Stream inner, long packed, XlsxPackage package, string? sheet) : Stream
    {
        private readonly string file = package.FileName;
        private long part;
        private int tag = -1;
        private byte first;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            part += read;
            package.unpacked += read;
            if (package.unpacked > package.Limits.UnpackedBytes) throw SheetRefused.At("sheet.unpacked", file, sheet, null, null, package.Limits.UnpackedBytes / 1024 / 1024);
            if (part > 1024 * 1024 && part > Math.Max(packed, 1) * SheetLimits.Ratio) throw SheetRefused.At("sheet.ratio", file, sheet, null, null, SheetLimits.Ratio);
            foreach (var b in buffer[..read]) Look(b);
            return read;
        }

        private void Look(byte b)
        {
            if (b == '<') { tag = 0; first = 0; }
            else if (b == '>') tag = -1;
            else if (tag >= 0 && b != 0)
            {
                if (++tag == 1) first = b;
                else if (tag == 2 && first == '!' && b == 'D') throw SheetRefused.At("sheet.dtd", file, sheet);
                if (tag > SheetLimits.MarkupBytes) throw SheetRefused.At("sheet.damaged", file, sheet);
            }
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }

    private string FileName => file;

    private SheetLimits Limits => limits;

    /// <summary>XmlReader keeps every name it meets for ever; a workbook has some hundred.</summary>
    private sealed class FewNames(string file) : NameTable
    {
        private int names;

        public override string Add(char[] key, int start, int len)
        {
            if (Get(key, start, len) is { } known) return known;
            return ++names <= SheetLimits.Names ? base.Add(key, start, len) : throw SheetRefused.At("sheet.damaged", file);
        }
    }
}
