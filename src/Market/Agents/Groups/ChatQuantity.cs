using System.Globalization;
using System.Text.RegularExpressions;

namespace Shanhuo.Market.Agents.Groups;

/// <summary>How much somebody in a chat wants.</summary>
/// <param name="At">Where it begins in the text.</param>
/// <param name="Length">Characters.</param>
/// <param name="Milli">Thousandths of <paramref name="Unit"/>; null: the number cannot be read (两三斤).</param>
/// <param name="Unit"><c>斤</c>, <c>公斤</c>, <c>克</c>, <c>两</c>, a counting word, or empty.</param>
/// <param name="Each">Stands after 各: it is meant for each of the goods before it.</param>
internal sealed record ChatQuantity(int At, int Length, long? Milli, string Unit, bool Each)
{
    /// <summary>Grams, where it is a weight that makes whole grams; null: it is not.</summary>
    public long? Grams => (Unit switch { "斤" => 500, "公斤" or "千克" or "kg" => 1000, "两" => 50, "克" or "g" => 1, _ => 0 }) is var one and > 0 && Milli * one is { } milli && milli % 1000 == 0 ? milli / 1000 : null;

    /// <summary>Is it a weight?</summary>
    public bool IsWeight => Unit is "斤" or "公斤" or "千克" or "kg" or "两" or "克" or "g";

    /// <summary>A whole count; null: it is none.</summary>
    public long? Count => !IsWeight && Milli is { } milli && milli % 1000 == 0 ? milli / 1000 : null;
}

/// <summary>Finds quantities: digits with or without a unit, Chinese numerals only before one, since 李四 is a name.</summary>
internal static partial class ChatQuantities
{
    public static List<ChatQuantity> In(string text) => [.. Pattern().Matches(text).Select(Read)];

    private static ChatQuantity Read(Match match)
    {
        var unit = match.Groups["unit"].Value.ToLowerInvariant();
        var milli = Number(match.Groups["number"].Value);
        if (match.Groups["half"].Success) milli += 500;
        return new ChatQuantity(match.Index, match.Length, milli, unit is "市斤" ? "斤" : unit, match.Groups["each"].Success);
    }

    /// <summary>Thousandths of a number in digits or Chinese numerals; null: not a number (两三, 三三).</summary>
    public static long? Number(string text)
    {
        if (text == "半") return 500;
        if (char.IsAsciiDigit(text[0])) return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1_000_000 && number * 1000 == decimal.Truncate(number * 1000) ? (long)(number * 1000) : null;
        long sum = 0, digit = -1;
        foreach (var c in text)
            switch (c)
            {
                case '十' or '百':
                    sum += (digit < 0 ? 1 : digit) * (c == '十' ? 10 : 100);
                    digit = -1;
                    break;
                case '零': break;
                default:
                    if (digit >= 0) return null;
                    digit = c is '两' or '俩' ? 2 : "零一二三四五六七八九".IndexOf(c, StringComparison.Ordinal);
                    break;
            }
        return (sum + Math.Max(digit, 0)) * 1000;
    }

    [GeneratedRegex("""
        (?<each>各(要|来)?\s*)?[+xX×*]?\s*
        (?:
          (?<number>\d+(?:\.\d+)?)\s*(?<unit>公斤|千克|市斤|kg|KG|Kg|斤|克|g|G|两(?!份|袋|包|盒|箱|件|块|个|条)|份|袋|包|盒|箱|件|块|个|条|瓶|罐|桶|只|把|提|单)?
        | (?<number>半|[一二两俩三四五六七八九十][零一二三四五六七八九十百]*)\s*(?<unit>公斤|千克|市斤|kg|KG|斤|克|两(?!份|袋|包|盒|箱|件|块|个|条)|份|袋|包|盒|箱|件|块|个|条|瓶|罐|桶|只|把|提|单)
        )
        (?<half>半(?!斤|公斤|份|袋))?
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
