using System.Text;

namespace Shanhuo.Kernel;

/// <summary>Reads numbers as people type them on phones and in sheets.</summary>
public static class Numerals
{
    /// <summary>The largest whole part taken, 10^12.</summary>
    public const long Largest = 1_000_000_000_000;

    /// <summary>Full-width digits and signs become ASCII; spaces (also full-width) at both ends go.</summary>
    public static string Narrow(string text)
    {
        var narrow = new StringBuilder(text.Length);
        foreach (var c in text)
            narrow.Append(c switch
            {
                >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
                '\u3000' or '\u00A0' => ' ',
                '。' => '.',
                _ => c,
            });
        return narrow.ToString().Trim();
    }

    /// <summary>Reads a decimal number as a whole number of its smallest unit, exactly.</summary>
    /// <param name="text">Digits with an optional sign, thousands commas, currency sign, unit 元 and at most <paramref name="decimals"/> decimals.</param>
    /// <param name="decimals">0 to 6.</param>
    /// <param name="value">The number times 10^decimals.</param>
    /// <returns>False for anything else, for more decimals, and beyond <see cref="Largest"/>.</returns>
    public static bool TryParseFixed(string? text, int decimals, out long value)
    {
        value = 0;
        if (text is null || text.Length > 64) return false;
        var s = Narrow(text).Replace("元", "", StringComparison.Ordinal).Trim();
        var negative = s.StartsWith('-') || s.StartsWith('−');
        if (negative) s = s[1..];
        s = s.TrimStart('¥', '￥', ' ');
        var dot = s.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? s : s[..dot];
        var part = dot < 0 ? "" : s[(dot + 1)..];
        if (whole.Contains(',', StringComparison.Ordinal))
        {
            var groups = whole.Split(',');
            if (groups[0].Length is 0 or > 3 || groups.Skip(1).Any(g => g.Length != 3)) return false;
            whole = string.Concat(groups);
        }
        if (whole.Length == 0 || (dot >= 0 && part.Length == 0)) return false;
        if (!whole.All(char.IsAsciiDigit) || !part.All(char.IsAsciiDigit)) return false;
        part = part.TrimEnd('0');
        if (part.Length > decimals || whole.TrimStart('0').Length > 13) return false;
        var result = long.Parse(whole, System.Globalization.CultureInfo.InvariantCulture);
        if (result > Largest) return false;
        for (var i = 0; i < decimals; i++) result = result * 10 + (i < part.Length ? part[i] - '0' : 0);
        value = negative ? -result : result;
        return true;
    }
}
