namespace Shanhuo.Kernel.Pages;

/// <summary>The way of a season's money: bands as wide as the amounts, from those who paid to those who got it.</summary>
public static class FlowChart
{
    private const int Tallest = 320, Gap = 10, Line = 24;

    /// <summary>Draws up to three columns of places with bands between them.</summary>
    /// <param name="nodes">In the order shown, top first.</param>
    /// <param name="links">From a lower column to a higher one, each pair once.</param>
    /// <param name="head">Title, description, language.</param>
    /// <exception cref="ArgumentException">A link names an unknown place, runs backwards, or holds nothing.</exception>
    public static Markup Draw(IReadOnlyList<FlowNode> nodes, IReadOnlyList<FlowLink> links, ChartHead head)
    {
        var places = nodes.ToDictionary(n => n.Id, n => new Placed(n), StringComparer.Ordinal);
        foreach (var link in links)
        {
            if (!places.TryGetValue(link.From, out var from) || !places.TryGetValue(link.To, out var to)) throw new ArgumentException($"No place for {link.From} to {link.To}.");
            if (link.Amount <= Fen.Zero || from.Node.Column >= to.Node.Column) throw new ArgumentException($"{link.From} to {link.To} is no flow.");
            from.Out += link.Amount;
            to.In += link.Amount;
        }
        var columns = places.Values.GroupBy(p => p.Node.Column).OrderBy(c => c.Key).Select(c => c.ToList()).ToList();
        var largest = columns.Count == 0 ? 0 : columns.Max(c => c.Sum(p => p.Through.Value));
        var last = columns.Count == 0 ? 0 : columns[^1][0].Node.Column;
        var height = 0m;
        foreach (var column in columns)
        {
            var y = 0m;
            foreach (var place in column)
            {
                place.Height = Math.Max(3, Svg.Percent(place.Through.Value, largest) * Tallest / 100);
                // A place needs room for its two lines of words, in the middle above it, at the sides beside it.
                var middle = place.Node.Column > 0 && place.Node.Column < last;
                place.Top = y + (middle ? 2 * Line + 4 : Math.Max(0, (2 * Line - place.Height) / 2));
                y = place.Top + Math.Max(place.Height, middle ? 0 : Line + place.Height / 2) + Gap;
            }
            height = Math.Max(height, y);
        }
        var bands = new Markup();
        foreach (var link in links)
        {
            // What arrives at the end is coloured by who got it, what comes before by who paid.
            var named = places[link.To].Node.Column == last ? places[link.To] : places[link.From];
            Band(bands, places[link.From], places[link.To], link, last, largest, columns.Single(c => c.Contains(named)).IndexOf(named));
        }
        var words = new Markup();
        foreach (var place in places.Values) Words(words, place, last, head.Language);
        var drawing = new Markup().Add($"<svg width=\"100%\" height=\"{height}\" viewBox=\"0 0 100 {height}\" preserveAspectRatio=\"none\">{bands}</svg>{words}");
        return Svg.Image(head, height, drawing, "flow");
    }

    private static void Band(Markup bands, Placed from, Placed to, FlowLink link, int last, long largest, int colour)
    {
        var thick = Svg.Percent(link.Amount.Value, largest) * Tallest / 100;
        var (x1, x2) = (from.X(last) + (from.Node.Column == 0 ? 2 : 1), to.X(last) - (to.Node.Column == last ? 2 : 1));
        var (y1, y2, middle) = (from.Top + from.Left, to.Top + to.Taken, (x1 + x2) / 2);
        from.Left += thick;
        to.Taken += thick;
        bands.Add($"<path class=\"band {Svg.Colour(colour)}\" d=\"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}V{y2 + thick}C{middle} {y2 + thick} {middle} {y1 + thick} {x1} {y1 + thick}Z\"><title>{from.Node.Label} → {to.Node.Label} {link.Amount.ToDisplay()}</title></path>");
    }

    private static void Words(Markup words, Placed place, int last, Language language)
    {
        var amount = Amounts.Brief(place.Through, language);
        var (column, middle) = (place.Node.Column, place.Top + place.Height / 2);
        var (x, y, kind) = column == 0 ? (3m, middle, "start") : column == last ? (97m, middle, "val") : (place.X(last), place.Top - Line - 2, "mid");
        words.Add($"<rect class=\"node\" x=\"{(column == 0 ? 0 : column == last ? 98 : place.X(last) - 1)}%\" y=\"{place.Top}\" width=\"2%\" height=\"{place.Height}\"/>");
        words.Add($"<text class=\"{kind}\" x=\"{x}%\" y=\"{y - 3}\">{place.Node.Label}</text><text class=\"{kind} num\" x=\"{x}%\" y=\"{y + Line - 5}\">{amount}</text>");
    }

    private sealed class Placed(FlowNode node)
    {
        public FlowNode Node { get; } = node;
        public Fen In { get; set; }
        public Fen Out { get; set; }
        public Fen Through => In > Out ? In : Out;
        public decimal Top { get; set; }
        public decimal Height { get; set; }
        public decimal Left { get; set; }
        public decimal Taken { get; set; }

        public decimal X(int last) => last == 0 ? 0 : Math.Round(100m * Node.Column / last, 2);
    }
}
