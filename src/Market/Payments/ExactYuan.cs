using System.Globalization;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>Yuan as institutions write them: ASCII digits, a dot, never by way of a floating point number.</summary>
internal static class ExactYuan
{
    /// <summary>Reads <c>12</c>, <c>12.3</c> or <c>12.34</c>; nothing else.</summary>
    public static bool TryParse(string? text, out Fen fen) => TryRead(text, 2, out fen);

    /// <summary>Reads a fee, which a bill writes with up to five decimals, and rounds it half away from zero to whole fen.</summary>
    public static bool TryParseFee(string? text, out Fen fen) => TryRead(text, 6, out fen);

    private static bool TryRead(string? text, int decimals, out Fen fen)
    {
        fen = default;
        if (text is not { Length: > 0 and <= 24 }) return false;
        var negative = text[0] == '-';
        var digits = negative ? text[1..] : text;
        var dot = digits.IndexOf('.', StringComparison.Ordinal);
        var (whole, part) = dot < 0 ? (digits, "") : (digits[..dot], digits[(dot + 1)..]);
        if (whole.Length is 0 or > 12 || (dot >= 0 && part.Length == 0) || part.Length > decimals || !whole.All(char.IsAsciiDigit) || !part.All(char.IsAsciiDigit)) return false;
        var value = long.Parse(whole, CultureInfo.InvariantCulture) * 100 + long.Parse(part.PadRight(2, '0')[..2], CultureInfo.InvariantCulture);
        if (part.Length > 2 && part[2] >= '5') value++;
        fen = new Fen(negative ? -value : value);
        return true;
    }
}
