using System.Text;

namespace Shanhuo.Kernel.Sheets;

/// <summary>Text of a file that is too long to keep, in the encoding that all its bytes fit: UTF-8 (with or without BOM), UTF-16 with BOM, else GB18030.</summary>
internal static class OwnText
{
    public static TextReader Open(string path, SheetNotes notes)
    {
        var stream = File.OpenRead(path);
        try
        {
            Encoding encoding = StartsAsUtf16(stream) ? new UnicodeEncoding(false, true, true) : IsUtf8(stream) ? new UTF8Encoding(true, true)
                : CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
            notes.Form = encoding is UnicodeEncoding ? "utf-16" : encoding is UTF8Encoding ? "utf-8" : "gb18030";
            stream.Position = 0;
            return new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static bool StartsAsUtf16(FileStream stream) => stream.ReadByte() == 0xFF && stream.ReadByte() == 0xFE;

    private static bool IsUtf8(FileStream stream)
    {
        stream.Position = 0;
        var (bytes, chars) = (new byte[1 << 16], new char[(1 << 16) + 2]);
        var decoder = new UTF8Encoding(false, true).GetDecoder();
        try
        {
            for (int read; (read = stream.Read(bytes)) > 0;) decoder.GetChars(bytes, 0, read, chars, 0, flush: false);
            decoder.GetChars([], 0, 0, chars, 0, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
