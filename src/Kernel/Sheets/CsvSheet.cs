using System.Text;

namespace Shanhuo.Kernel.Sheets;

/// <summary>CSV as Excel opens it rightly: BOM, CRLF, quotes where needed, dangerous text disarmed by an apostrophe. For programs: no BOM, LF.</summary>
internal sealed class CsvSheet : SheetWriter
{
    private readonly StreamWriter output;

    public CsvSheet(Stream stream, IReadOnlyList<SheetColumn> columns, bool forPrograms = false) : base(columns)
    {
        output = new StreamWriter(stream, new UTF8Encoding(!forPrograms), 16 * 1024, leaveOpen: true) { NewLine = forPrograms ? "\n" : "\r\n" };
        Write([.. columns.Select(c => (SheetValue)c.Name)]);
    }

    private protected override void Write(ReadOnlySpan<SheetValue> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0) output.Write(',');
            var text = cells[i].Text ?? "";
            if (cells[i].IsNumber) output.Write(text);
            else Quote(text.Length > 0 && IsDangerous(text[0]) ? "'" + text : text);
        }
        output.WriteLine();
    }

    private protected override void End() => output.Dispose();

    private void Quote(string text)
    {
        if (text.AsSpan().IndexOfAny(",\"\r\n\t';") < 0) output.Write(text);
        else
        {
            output.Write('"');
            output.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
            output.Write('"');
        }
    }
}
