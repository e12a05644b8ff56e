using System.Text;
using System.Text.RegularExpressions;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Agents.Groups;

/// <summary>Goods that the leader of a group offers.</summary>
/// <param name="OfferId">The offer.</param>
/// <param name="Names">As people may call them; the first is the usual one.</param>
/// <param name="PerUnit">Grams or pieces in one unit.</param>
/// <param name="ByPiece">Counted, not weighed.</param>
/// <param name="Piece">Counting word of one piece; empty for goods by weight.</param>
internal sealed record GroupGoods(long OfferId, IReadOnlyList<string> Names, long PerUnit, bool ByPiece, string Piece = "");

/// <summary>So many units of an offer.</summary>
internal sealed record GroupWish(long OfferId, int Units);

/// <summary>Why somebody must look at a line.</summary>
internal enum GroupDoubt
{
    /// <summary>No name of a member was found.</summary>
    Name,

    /// <summary>It orders nothing that can be read.</summary>
    Nothing,

    /// <summary>Goods without a quantity; one unit is proposed.</summary>
    NoQuantity,

    /// <summary>A quantity without goods.</summary>
    NoGoods,

    /// <summary>The goods are only similar to those of the leader.</summary>
    Similar,

    /// <summary>Several of the leader's goods are called so.</summary>
    Several,

    /// <summary>The quantity is no whole number of units; the nearest is proposed.</summary>
    NotWhole,

    /// <summary>The quantity or its unit cannot be read with these goods.</summary>
    Unit,

    /// <summary>Something remains that was not understood.</summary>
    Words,

    /// <summary>The same goods twice in a line, or the same member twice in the list.</summary>
    Twice,

    /// <summary>More than fifty units.</summary>
    Many,
}

/// <summary>A line of the list as it was read.</summary>
/// <param name="Line">1, 2, 3… in the text.</param>
/// <param name="Text">As it was pasted.</param>
/// <param name="Name">Of the member; empty: not found.</param>
/// <param name="Wishes">What is ordered, in the order of the text.</param>
/// <param name="Doubts">Empty: read without doubt.</param>
internal sealed record GroupRow(int Line, string Text, string Name, IReadOnlyList<GroupWish> Wishes, IReadOnlyList<GroupDoubt> Doubts);

/// <summary>Reads an order list as it is copied out of a chat group (接龙), a line a member. What is not fully understood is marked, never guessed in silence.</summary>
internal static partial class GroupList
{
    private const int MostLines = 300;

    /// <summary>The lines that say anything, in their order; at most 300.</summary>
    public static List<GroupRow> Read(string text, IReadOnlyList<GroupGoods> goods)
    {
        var rows = new List<GroupRow>();
        var lines = text.Replace("\r", "", StringComparison.Ordinal).Split('\n');
        for (var i = 0; i < lines.Length && rows.Count < MostLines; i++)
            if (!string.IsNullOrWhiteSpace(lines[i]) && !Heading().IsMatch(lines[i])) rows.Add(Line(i + 1, lines[i].Trim(), goods));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. rows.Select(r => r.Name.Length == 0 || seen.Add(r.Name) ? r : r with { Doubts = [.. r.Doubts.Append(GroupDoubt.Twice).Distinct()] })];
    }

    private static GroupRow Line(int number, string text, IReadOnlyList<GroupGoods> goods)
    {
        var plain = Phone().Replace(Numbering().Replace(Numerals.Narrow(text), ""), " ");
        plain = Breaks().Replace(plain, " ").Trim();
        var doubts = new HashSet<GroupDoubt>();
        var (name, rest) = GroupName.Split(plain, goods);
        var items = GroupItems.Read(rest, goods, doubts);
        if (name.Length == 0 && items.Left is { Length: > 0 } left && left.All(char.IsLetter) && left.Length is >= 2 and <= 4) name = left;
        if (name.Length is 0 or > 16 || Refusing().IsMatch(name)) doubts.Add(GroupDoubt.Name);
        if (items.Left.Length > 0) doubts.Add(GroupDoubt.Words);
        if (items.Wishes.Count == 0) doubts.Add(GroupDoubt.Nothing);
        if (items.Wishes.GroupBy(w => w.OfferId).Any(g => g.Count() > 1)) doubts.Add(GroupDoubt.Twice);
        if (items.Wishes.Any(w => w.Units > 50)) doubts.Add(GroupDoubt.Many);
        return new GroupRow(number, text, name, items.Wishes, [.. doubts.Order()]);
    }

    /// <summary>How alike two names sound: 1 the same, 0 nothing in common.</summary>
    public static double Likeness(string a, string b)
    {
        var (x, y) = (Pinyin.Of(a), Pinyin.Of(b));
        if (x.Length == 0 || y.Length == 0) return 0;
        var row = Enumerable.Range(0, y.Length + 1).ToArray();
        for (var i = 1; i <= x.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= y.Length; j++)
            {
                var next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (x[i - 1] == y[j - 1] ? 0 : 1));
                (diagonal, row[j]) = (row[j], next);
            }
        }
        return 1 - (double)row[y.Length] / Math.Max(x.Length, y.Length);
    }

    [GeneratedRegex(@"^\s*(?:[\(（]?\d{1,3}[\)）]|\d{1,3}\s*[\.、．:：,，](?!\d)|[①-⑳]|[-•·●])\s*")]
    private static partial Regex Numbering();

    [GeneratedRegex(@"(?:电话|手机|tel)?[:：]?\s*(?<![\d.])1[3-9]\d(?:\d{8}|\d*(?:…+|\.{2,}|\*+\d*))(?!\d)|尾号\s*\d{4}", RegexOptions.IgnoreCase)]
    private static partial Regex Phone();

    [GeneratedRegex(@"[\s,，;；:：。!！~～@]+|(?<!\d)\.|\.(?!\d)")]
    private static partial Regex Breaks();

    [GeneratedRegex(@"^\s*(?:#?\s*接龙\s*|例\s*[:：].*)$")]
    private static partial Regex Heading();

    [GeneratedRegex("不|取消|退|改|别|没|例")]
    private static partial Regex Refusing();
}
