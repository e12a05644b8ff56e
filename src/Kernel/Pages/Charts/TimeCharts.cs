namespace Shanhuo.Kernel.Pages;

/// <summary>Charts over the months: columns and lines.</summary>
public static class TimeCharts
{
    private const int Top = 14, Bottom = 206, Height = 240;
    private const decimal Left = 17;

    /// <summary>Columns by month, the series stacked on one another or side by side.</summary>
    /// <param name="places">The axis, oldest first: <see cref="Dates.MonthOnly"/>. Above 6 only every third is written.</param>
    /// <param name="series">Bottom first; one amount per place, at least 0.</param>
    /// <param name="head">Title, description, language.</param>
    /// <param name="stacked">On one another, else side by side.</param>
    /// <exception cref="ArgumentException">A series does not fit the axis, or an amount is below 0.</exception>
    public static Markup Columns(IReadOnlyList<string> places, IReadOnlyList<ChartSeries> series, ChartHead head, bool stacked = true)
    {
        Check(places, series);
        if (series.Any(s => s.Amounts.Any(a => a < Fen.Zero))) throw new ArgumentException("A column below zero cannot be drawn.");
        var largest = places.Count == 0 ? 0 : Enumerable.Range(0, places.Count).Max(i => stacked ? series.Sum(s => s.Amounts[i].Value) : series.Select(s => s.Amounts[i].Value).DefaultIfEmpty().Max());
        var top = Svg.Ceiling(largest);
        var drawing = Grid(top, head.Language);
        var slot = (100 - Left) / Math.Max(1, places.Count);
        for (var i = 0; i < places.Count; i++)
        {
            var x = Left + slot * i + slot * 0.14m;
            var width = slot * 0.72m / (stacked ? 1 : Math.Max(1, series.Count));
            var y = (decimal)Bottom;
            for (var n = 0; n < series.Count; n++)
            {
                var amount = series[n].Amounts[i];
                var height = Svg.Percent(amount.Value, top) * (Bottom - Top) / 100;
                y = (stacked ? y : Bottom) - height;
                if (height > 0) drawing.Add($"<rect class=\"part {Svg.Colour(n)}\" x=\"{(stacked ? x : x + width * n)}%\" y=\"{y}\" width=\"{width}%\" height=\"{height}\"><title>{places[i]} {series[n].Name} {amount.ToDisplay()}</title></rect>");
            }
        }
        Axis(drawing, places, i => Left + slot * (i + 0.5m));
        return new Markup().Add($"{Svg.Image(head, Height, drawing, "columns")}{(series.Count > 1 ? Svg.Legend(series.Select(s => s.Name)) : null)}");
    }

    /// <summary>Lines by month; each has its own dashes too.</summary>
    /// <param name="places">The axis, oldest first.</param>
    /// <param name="series">At most four read well; one amount per place.</param>
    /// <param name="head">Title, description, language.</param>
    /// <exception cref="ArgumentException">A series does not fit the axis, or an amount is below 0.</exception>
    public static Markup Lines(IReadOnlyList<string> places, IReadOnlyList<ChartSeries> series, ChartHead head)
    {
        Check(places, series);
        if (series.Any(s => s.Amounts.Any(a => a < Fen.Zero))) throw new ArgumentException("A line below zero cannot be drawn.");
        var top = Svg.Ceiling(series.SelectMany(s => s.Amounts).Select(a => a.Value).DefaultIfEmpty().Max());
        var drawing = Grid(top, head.Language);
        var step = places.Count < 2 ? 0 : 96m / (places.Count - 1);
        drawing.Add($"<svg x=\"{Left}%\" y=\"{Top}\" width=\"{100 - Left}%\" height=\"{Bottom - Top}\" viewBox=\"0 0 100 100\" preserveAspectRatio=\"none\" overflow=\"visible\">");
        for (var n = 0; n < series.Count; n++)
        {
            var points = new Markup();
            for (var i = 0; i < places.Count; i++) points.Add($"{2 + step * i},{100 - Svg.Percent(series[n].Amounts[i].Value, top)} ");
            drawing.Add($"<polyline class=\"line {Svg.Colour(n)} d{n % 4}\" points=\"{points}\"/>");
        }
        drawing.Add($"</svg>");
        Axis(drawing, places, i => Left + (2 + step * i) * (100 - Left) / 100);
        return new Markup().Add($"{Svg.Image(head, Height, drawing, "lines")}{(series.Count > 1 ? Svg.Legend(series.Select(s => s.Name), lines: true) : null)}");
    }

    private static Markup Grid(long top, Language language)
    {
        var grid = new Markup();
        foreach (var (part, y) in new[] { (top, Top), (top / 2, (Top + Bottom) / 2), (0L, Bottom) })
            grid.Add($"<line class=\"grid\" x1=\"{Left}%\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/><text class=\"val\" x=\"{Left - 2}%\" y=\"{y + 6}\">{Tick(part, language)}</text>");
        return grid;
    }

    // Round numbers: 5万, 250, 1.5k; the currency stands in the title.
    private static string Tick(long fen, Language language) => fen == 0 ? "0" : Amounts.Brief(new Fen(fen), language).Replace(".00", "", StringComparison.Ordinal).TrimStart('¥');

    private static void Axis(Markup drawing, IReadOnlyList<string> places, Func<int, decimal> x)
    {
        var every = places.Count > 6 ? 3 : 1;
        for (var i = 0; i < places.Count; i += every) drawing.Add($"<text class=\"mid\" x=\"{x(i)}%\" y=\"{Height - 8}\">{places[i]}</text>");
    }

    private static void Check(IReadOnlyList<string> places, IReadOnlyList<ChartSeries> series)
    {
        foreach (var s in series)
            if (s.Amounts.Count != places.Count) throw new ArgumentException($"'{s.Name}' has {s.Amounts.Count} amounts for {places.Count} places.");
    }
}
