using System.Globalization;
using System.Text;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Lots;

/// <summary>What stands on a pack.</summary>
/// <param name="Goods">Product and grade.</param>
/// <param name="Code">Code of the lot.</param>
/// <param name="Words">Its number spelt out, for whoever reads it out on the telephone.</param>
/// <param name="Keeps">Until when it keeps.</param>
/// <param name="Seller">Who sells it; empty: nobody yet.</param>
/// <param name="Address">What the code opens.</param>
internal sealed record PackLabel(string Goods, string Code, string Words, string Keeps, string Seller, string Address)
{
    private const int Columns = 32;

    private static readonly string[] Zh = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"], En = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>What stands behind the county, sign by sign.</summary>
    public static string Spell(string code, Language language) => string.Join(language == Language.Zh ? "" : " ", code.Split('-', 3)[^1].Where(char.IsAsciiLetterOrDigit).Select(c => char.IsAsciiDigit(c) ? (language == Language.Zh ? Zh : En)[c - '0'] : c.ToString()));

    /// <summary>Labels for a 58 mm thermal printer: ESC/POS, text in GB18030, the QR code drawn by the printer (GS ( k, model 2, level M).</summary>
    /// <param name="copies">At least 1.</param>
    public byte[] EscPos(int copies)
    {
        var bytes = new MemoryStream();
        // ESC @ sets the printer back, FS & turns Chinese on.
        bytes.Write([0x1B, 0x40, 0x1C, 0x26]);
        for (var i = 0; i < copies; i++) One(bytes);
        return bytes.ToArray();
    }

    private void One(MemoryStream bytes)
    {
        bytes.Write([0x1B, 0x61, 1]); // in the middle
        bytes.Write([0x1B, 0x45, 1]); // bold
        Text(bytes, Goods);
        bytes.Write([0x1B, 0x45, 0]);
        Qr(bytes, Address);
        foreach (var line in new[] { Code, Words, Keeps, Seller }) if (line.Length > 0) Text(bytes, line);
        bytes.Write([0x1B, 0x64, 3]); // three lines on, to the tear-off edge
    }

    private static void Qr(MemoryStream bytes, string text)
    {
        var data = Encoding.ASCII.GetBytes(text);
        var length = data.Length + 3;
        bytes.Write([0x1D, 0x28, 0x6B, 4, 0, 0x31, 0x41, 0x32, 0]); // model 2
        bytes.Write([0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x43, 6]);       // six dots a module: about 0.75 mm
        bytes.Write([0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x45, 0x31]);    // level M
        bytes.Write([0x1D, 0x28, 0x6B, (byte)(length & 0xFF), (byte)(length >> 8), 0x31, 0x50, 0x30]);
        bytes.Write(data);
        bytes.Write([0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x51, 0x30]);    // print it
    }

    // A Chinese character takes two of the 32 columns; what is longer goes on in the next line.
    private static void Text(MemoryStream bytes, string text)
    {
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        var used = 0;
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            if (char.IsControl(element[0])) continue;
            var (width, encoded) = (element[0] < 0x80 ? 1 : 2, gb.GetBytes(element));
            if (used + width > Columns) { bytes.WriteByte(0x0A); used = 0; }
            bytes.Write(encoded);
            used += width;
        }
        bytes.WriteByte(0x0A);
    }
}
