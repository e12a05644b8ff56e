using System.Text;
using System.Text.RegularExpressions;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Buying.Addresses;

/// <summary>Takes apart an address that was pasted in one piece: name, phone, region and the rest, in any order, with or without labels and spaces.</summary>
internal static partial class AddressSplit
{
    /// <summary>Longer texts are cut here.</summary>
    public const int MostLetters = 400;

    private const char PhoneHere = '\u0001', NameHere = '\u0002', Cut = '\u0003';
    private static readonly HashSet<string> Noise = new(StringComparer.OrdinalIgnoreCase) { "中国", "china", "cn", "收", "收货", "谢谢", "感谢", "邮寄", "您好", "你好", "麻烦", "好的" };

    /// <summary>The parts of a text; each may be empty. Never refuses: what fits nowhere is kept in the rest.</summary>
    public static AddressParts Split(string pasted)
    {
        var text = Clean(pasted);
        var phone = PhoneText.Take(text, PhoneHere, out text, out var phoneIsCertain);
        text = Postcode().Replace(Label(text), Cut.ToString());
        var doubts = phoneIsCertain ? AddressDoubt.None : AddressDoubt.Phone;

        var labelled = TakeLabelledName(ref text);
        var region = DivisionBook.Shipped.Find(text);
        if (region is not { IsCertain: true }) doubts |= AddressDoubt.Region;
        var before = Pieces(region is null ? text : text[..region.Start]);
        var after = region is null ? [] : Pieces(text[region.End..]);
        // What touches the region is the address itself, not a name.
        var isAttached = region is not null && region.End < text.Length && !IsBreak(text[region.End]);
        var name = labelled ?? TakeName(before, after, isAttached, ref doubts);
        var rest = Join(region is null ? before : [.. after, .. before]);
        if (region is not null && before.Count > 0) doubts |= AddressDoubt.Rest;
        if (rest.Length == 0) doubts |= AddressDoubt.Rest;
        if (name.Length == 0) doubts |= AddressDoubt.Name;
        var city = region?.City is { IsHeading: true } heading ? heading.Name is "市辖区" or "县" ? region.Province!.Name : "" : region?.City?.Name ?? "";
        if (city.Length == 0 && region is { City: null, Province: { } own } && own.Code is "11" or "12" or "31" or "50") city = region.Province!.Name;
        return new AddressParts(name, phone, region?.Province?.Name ?? "", city, region?.County?.Name ?? "", rest, doubts);
    }

    private static string Clean(string pasted)
    {
        var clean = new StringBuilder(pasted.Length);
        foreach (var c in Numerals.Narrow(pasted.Length > MostLetters ? pasted[..MostLetters] : pasted))
            clean.Append(c switch
            {
                '\r' or '\n' or '\t' or ';' or '、' or '|' or '~' => ',',
                '•' or '・' or '‧' => '·',
                '—' or '–' or '－' or '‐' or '‑' => '-',
                '【' => '[', '】' => ']', '“' or '”' or '"' or '「' or '」' => ' ',
                '\u200B' or '\u200C' or '\u200D' or '\uFEFF' or '\u202A' or '\u202C' or '\u202D' => '\0',
                < ' ' => '\0',
                _ => c,
            });
        return Received().Replace(clean.Replace("\0", "").ToString(), " ");
    }

    // Labels part the text; that of the name also says what follows.
    private static string Label(string text) => AnyLabel().Replace(NameLabel().Replace(text, $"{Cut}{NameHere}"), Cut.ToString());

    private static string? TakeLabelledName(ref string text)
    {
        var found = LabelledName().Match(text);
        if (!found.Success || PersonName.Bare(found.Groups[1].Value) is not { Length: > 0 } name)
        {
            text = text.Replace(NameHere, Cut);
            return null;
        }
        text = string.Concat(text.AsSpan(0, found.Index), Cut.ToString(), text.AsSpan(found.Index + found.Length)).Replace(NameHere, Cut);
        return name;
    }

    private static string TakeName(List<Piece> before, List<Piece> after, bool isAttached, ref AddressDoubt doubts)
    {
        var candidates = before.Select((p, i) => (Piece: p, From: before, Score: PersonName.Score(p.Text) + (p.TouchesPhone ? 2 : 0) + (i == 0 ? 1 : 0)))
            .Concat(after.Skip(isAttached ? 1 : 0).Select((p, i) => (Piece: p, From: after, Score: PersonName.Score(p.Text) + (p.TouchesPhone ? 2 : 0) + (p == after[^1] ? 1 : 0)))).ToList();
        if (candidates.Count > 0)
        {
            var (piece, from, score) = candidates.MaxBy(c => c.Score);
            if (score >= PersonName.Likely)
            {
                if (score < PersonName.Likely + 2 || candidates.Count(c => c.Score == score) > 1) doubts |= AddressDoubt.Name;
                from.Remove(piece);
                return PersonName.Bare(piece.Text);
            }
        }
        // Without a space: 西关村3社张三.
        foreach (var pieces in new[] { after, before })
            for (var i = pieces.Count - 1; i >= 0; i--)
                if (PersonName.AtEnd(pieces[i].Text) is > 0 and var length)
                {
                    doubts |= AddressDoubt.Name;
                    var text = pieces[i].Text;
                    pieces[i] = pieces[i] with { Text = text[..^length] };
                    return PersonName.Bare(text[^length..]);
                }
        return "";
    }

    private static List<Piece> Pieces(string text)
    {
        var pieces = new List<Piece>();
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            // Spaces hold Latin words together, and part all else.
            while (end < text.Length && (!(IsBreak(text[end]) || IsDash(text, end)) || (text[end] == ' ' && end > at && end + 1 < text.Length && char.IsAsciiLetter(text[end - 1]) && char.IsAsciiLetter(text[end + 1])))) end++;
            if (end > at && text[at..end].Trim(' ', '-', ':', '.') is { Length: > 0 } piece && piece.Any(char.IsLetterOrDigit) && !Noise.Contains(piece))
                pieces.Add(new Piece(piece, Before(text, at) == PhoneHere || After(text, end) == PhoneHere));
            at = end + 1;
        }
        return pieces;
    }

    private static char Before(string text, int at)
    {
        while (--at >= 0 && text[at] is ' ' or ',' or Cut) { }
        return at < 0 ? '\0' : text[at];
    }

    private static char After(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or ',' or Cut) at++;
        return at < text.Length ? text[at] : '\0';
    }

    private static bool IsBreak(char c) => c is ' ' or ',' or '/' or PhoneHere or NameHere or Cut;

    // 231号-张三 are two pieces, 3-2-501 and B座-1201 are one.
    private static bool IsDash(string text, int at) => text[at] == '-' && (at + 1 == text.Length || !char.IsAsciiLetterOrDigit(text[at + 1])) && (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]));

    // Han pieces stand together; where letters or digits would run into each other a space stays.
    private static string Join(IReadOnlyList<Piece> pieces)
    {
        var rest = new StringBuilder();
        foreach (var (piece, _) in pieces)
        {
            if (rest.Length > 0 && char.IsAsciiLetterOrDigit(rest[^1]) && char.IsAsciiLetterOrDigit(piece[0])) rest.Append(' ');
            rest.Append(piece);
        }
        return rest.ToString();
    }

    private sealed record Piece(string Text, bool TouchesPhone);

    [GeneratedRegex(@"(?:收货人姓名|收件人姓名|收货姓名|收货人|收件人|联系人|姓名|名字|\b(?:full name|name|recipient|receiver|consignee|contact|to))\s*:\s*|(?<=^|[\s,\u0001-\u0003])收\s*:\s*|(?:收货人|收件人|联系人|姓名)\s+|^(?:收货人|收件人|联系人|姓名)(?=[^ ,])", RegexOptions.IgnoreCase)]
    private static partial Regex NameLabel();

    [GeneratedRegex(@"(?:手机号码|手机号|手机|电话号码|联系电话|联系方式|电话|号码|收货地址|收件地址|详细地址|街道地址|所在地区|所在区域|所在地|地区|地址|省份|城市|区县|乡镇|街道|\b(?:mobile phone|phone number|phone|mobile|tel|cell|delivery address|shipping address|address|addr|region|province|city|county|district|street))\s*\.?\s*:\s*|(?:手机号码|手机号|手机|电话号码|联系电话|电话|收货地址|收件地址|详细地址|所在地区)(?=[\s,\u0001]|$)|(?:^|(?<=[\s,\u0001]))(?:麻烦|请)?(?:寄给|寄到|寄往|发到|发给|发往|送到)\s*:?|(?:^|(?<=[\s,\u0001]))(?:地址|收货地址|收件地址|详细地址|所在地区)", RegexOptions.IgnoreCase)]
    private static partial Regex AnyLabel();

    [GeneratedRegex(@"\((?:收|签收|亲收)\)")]
    private static partial Regex Received();

    [GeneratedRegex(@"\u0002\s*([^,/\u0001-\u0003 0-9]+(?: [A-Za-z][^,/\u0001-\u0003 0-9]*)*(?:\[[0-9]+\])?)")]
    private static partial Regex LabelledName();

    [GeneratedRegex(@"(?:邮政编码|邮编|postcode|zip code|zip)\s*:?\s*[0-9]{6}|(?<=^|[\s,\u0001-\u0003])[0-9]{6}(?=$|[\s,\u0001-\u0003])", RegexOptions.IgnoreCase)]
    private static partial Regex Postcode();
}
