using System.Text.RegularExpressions;

namespace Shanhuo.Market.Agents.Groups;

/// <summary>Which part of a line is the member and which is the order.</summary>
internal static partial class GroupName
{
    /// <summary>The name, empty where the line begins with goods or a quantity, and the rest.</summary>
    public static (string Name, string Order) Split(string line, IReadOnlyList<GroupGoods> goods)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var first = space < 0 ? line : line[..space];
        var names = goods.SelectMany(g => g.Names).ToList();
        // The whole first word is a name, though it may sound like goods (花椒姐), unless it is goods, ends in goods, or holds a quantity.
        if (space > 0 && !names.Contains(first) && !names.Any(n => first.EndsWith(n, StringComparison.Ordinal)) && ChatQuantities.In(first).All(q => q.Unit.Length == 0 && !Sign().IsMatch(first)) && !Verb().IsMatch(first)) return (Trim(first), line[space..]);
        var at = names.Select(n => line.IndexOf(n, StringComparison.Ordinal)).Where(i => i >= 0).Append(int.MaxValue).Min();
        foreach (var quantity in ChatQuantities.In(line).Where(q => q.Unit.Length > 0 || Sign().IsMatch(line.Substring(q.At, q.Length)))) at = Math.Min(at, quantity.At);
        if (at == int.MaxValue && ChatQuantities.In(line) is [var only, ..]) at = only.At;
        if (at == int.MaxValue) return space > 0 ? (Trim(first), line[space..]) : (Trim(line), "");
        var before = line[..at];
        var cut = before.IndexOf(' ', StringComparison.Ordinal);
        return cut < 0 ? (Trim(before), line[at..]) : (Trim(before[..cut]), line[cut..]);
    }

    private static string Trim(string name) => Tail().Replace(name.Trim(' ', '-', '+', '*'), "");

    [GeneratedRegex("[+×*]")]
    private static partial Regex Sign();

    [GeneratedRegex("^(?:我要|要|来|订|加)")]
    private static partial Regex Verb();

    [GeneratedRegex("(?:想要|我要|还要|要|来|订|拿|加)$")]
    private static partial Regex Tail();
}
