using System.Text.RegularExpressions;

namespace Shanhuo.Market.Agents.Groups;

/// <summary>What a line orders.</summary>
/// <param name="Wishes">In the order of the text.</param>
/// <param name="Left">What was not understood, without filling words.</param>
internal sealed partial record GroupItems(IReadOnlyList<GroupWish> Wishes, string Left)
{
    private sealed record Piece(int At, int Length, IReadOnlyList<GroupGoods>? Goods, ChatQuantity? Quantity, bool Alike);

    /// <summary>Pairs goods with the quantities beside them.</summary>
    public static GroupItems Read(string text, IReadOnlyList<GroupGoods> goods, HashSet<GroupDoubt> doubts)
    {
        var (pieces, left) = Pieces(text, goods);
        var wishes = new List<GroupWish>();
        var waiting = new List<Piece>();
        ChatQuantity? loose = null;
        // 杏仁2斤 or 2斤杏仁: the first piece of a line tells which.
        var quantityFirst = pieces is [{ Quantity: not null }, ..] && pieces.Any(p => p.Goods is not null);
        foreach (var piece in pieces)
            if (piece.Goods is not null)
            {
                if (quantityFirst && loose is not null) { Add(piece, loose); loose = null; }
                else waiting.Add(piece);
            }
            else if (quantityFirst)
            {
                if (loose is not null) doubts.Add(GroupDoubt.NoGoods);
                // A line that turns its order round in the middle is not read further than it is clear.
                if (waiting.Count > 0) { Add(waiting[0], piece.Quantity!); waiting.RemoveAt(0); doubts.Add(GroupDoubt.NoGoods); }
                else loose = piece.Quantity;
            }
            else if (waiting.Count == 0)
            {
                if (goods.Count == 1 && wishes.Count == 0) Add(new Piece(0, 0, goods, null, false), piece.Quantity!);
                else doubts.Add(GroupDoubt.NoGoods);
            }
            else
            {
                var from = piece.Quantity!.Each ? 0 : waiting.Count - 1;
                for (var i = 0; i < from; i++) NoQuantity(waiting[i]);
                for (var i = from; i < waiting.Count; i++) Add(waiting[i], piece.Quantity);
                waiting.Clear();
            }
        if (loose is not null)
        {
            if (goods.Count == 1 && wishes.Count == 0 && waiting.Count == 0) Add(new Piece(0, 0, goods, null, false), loose);
            else doubts.Add(GroupDoubt.NoGoods);
        }
        foreach (var piece in waiting) NoQuantity(piece);
        return new GroupItems(wishes, left);

        void NoQuantity(Piece piece)
        {
            doubts.Add(GroupDoubt.NoQuantity);
            Add(piece, new ChatQuantity(0, 0, 1000, "份", false));
        }

        void Add(Piece piece, ChatQuantity quantity)
        {
            if (piece.Alike) doubts.Add(GroupDoubt.Similar);
            if (piece.Goods!.Count > 1) doubts.Add(GroupDoubt.Several);
            var chosen = piece.Goods.FirstOrDefault(g => quantity.Grams is { } grams && !g.ByPiece && grams % g.PerUnit == 0) ?? piece.Goods[0];
            wishes.Add(new GroupWish(chosen.OfferId, Units(chosen, quantity, doubts)));
        }
    }

    private static int Units(GroupGoods goods, ChatQuantity quantity, HashSet<GroupDoubt> doubts)
    {
        var asked = goods.ByPiece ? quantity.IsWeight ? null : quantity.Unit == goods.Piece && quantity.Unit.Length > 0 ? quantity.Count : quantity.Count * goods.PerUnit
            : quantity.IsWeight ? quantity.Grams : quantity.Count * goods.PerUnit;
        // A bare number of goods by weight may be jin or packs; where a pack is a jin it is the same.
        if (quantity.Unit.Length == 0 && (goods.ByPiece ? goods.PerUnit != 1 : goods.PerUnit != 500)) doubts.Add(GroupDoubt.Unit);
        if (asked is not > 0)
        {
            doubts.Add(GroupDoubt.Unit);
            return 1;
        }
        if (asked % goods.PerUnit == 0) return (int)Math.Min(asked.Value / goods.PerUnit, 10_000);
        doubts.Add(GroupDoubt.NotWhole);
        return (int)Math.Clamp((asked.Value + goods.PerUnit / 2) / goods.PerUnit, 1, 10_000);
    }

    private static (List<Piece> Pieces, string Left) Pieces(string text, IReadOnlyList<GroupGoods> goods)
    {
        var marks = new char[text.Length];
        var pieces = new List<Piece>();
        // The longest name first, so that 牛肉干 is not 牛肉.
        foreach (var name in goods.SelectMany(g => g.Names).Distinct().Where(n => n.Length > 1).OrderByDescending(n => n.Length))
            for (var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + name.Length, StringComparison.OrdinalIgnoreCase))
                if (Free(at, name.Length)) Take(new Piece(at, name.Length, [.. goods.Where(g => g.Names.Contains(name))], null, false));
        foreach (var quantity in ChatQuantities.In(Masked()))
            if (Free(quantity.At, quantity.Length)) Take(new Piece(quantity.At, quantity.Length, null, quantity, false));
        foreach (Match word in Word().Matches(Fill().Replace(Masked(), m => new string('\u0001', m.Length))))
            if (Alike(word.Value, goods) is { Count: > 0 } alike) Take(new Piece(word.Index, word.Length, alike, null, true));
        var left = string.Concat(Fill().Replace(Masked(), "").Where(char.IsLetterOrDigit));
        return ([.. pieces.OrderBy(p => p.At)], left);

        bool Free(int at, int length) => marks.AsSpan(at, length).IndexOf('x') < 0;
        void Take(Piece piece)
        {
            marks.AsSpan(piece.At, piece.Length).Fill('x');
            pieces.Add(piece);
        }
        // Not a blank: a quantity may begin with one, and would reach over what is taken.
        string Masked() => string.Concat(text.Select((c, i) => marks[i] == 'x' ? '\u0001' : c));
    }

    // Sounds the same or nearly so, or is a part of exactly such a name.
    private static List<GroupGoods> Alike(string word, IReadOnlyList<GroupGoods> goods)
    {
        var scored = goods.Select(g => (Goods: g, Score: g.Names.Max(n => n.Contains(word, StringComparison.Ordinal) || word.Contains(n, StringComparison.Ordinal) ? 0.9 : GroupList.Likeness(word, n)))).Where(s => s.Score >= 0.75).OrderByDescending(s => s.Score).ToList();
        return [.. scored.Where(s => s.Score >= scored[0].Score - 0.05).Select(s => s.Goods)];
    }

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Word();

    [GeneratedRegex("谢谢|麻烦|老板|团长|还有|还要|再来|再要|再加|我要|一起|要|来|订|拿|和|加|的|哈|呀|吧|啊|哦|我|再|跟|与|及")]
    private static partial Regex Fill();
}
