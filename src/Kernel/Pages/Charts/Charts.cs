using System.Globalization;

namespace Shanhuo.Kernel.Pages;

/// <summary>Charts drawn on the server: no script, readable at 360 px, light and dark by the style sheet. The exact figures stand in a table beside each.</summary>
public static class Charts
{
    /// <summary>Bars one under another, label and amount above each.</summary>
    /// <param name="rows">In the order shown; largest first reads best.</param>
    /// <param name="head">Title, description, language.</param>
    public static Markup Bars(IReadOnlyList<ChartRow> rows, ChartHead head)
    {
        const int step = 58;
        var largest = rows.Count == 0 ? 0 : rows.Max(r => Math.Abs(r.Amount.Value));
        var drawing = new Markup();
        for (var i = 0; i < rows.Count; i++)
        {
            var y = i * step;
            drawing.Add($"<text x=\"0\" y=\"{y + 20}\">{rows[i].Label}</text><text class=\"val\" x=\"100%\" y=\"{y + 20}\">{rows[i].Amount.ToDisplay()}</text>");
            drawing.Add($"<rect class=\"ground\" y=\"{y + 30}\" width=\"100%\" height=\"16\" rx=\"2\"/><rect class=\"{(rows[i].Amount < Fen.Zero ? "c5" : "c1")}\" y=\"{y + 30}\" width=\"{Svg.Percent(Math.Abs(rows[i].Amount.Value), largest)}%\" height=\"16\" rx=\"2\"/>");
        }
        return Svg.Image(head, rows.Count * step, drawing, "bars");
    }

    /// <summary>Shares of people, a bar each on a ground of 100 per cent, label and share above each.</summary>
    /// <param name="rows">In the order of the answers.</param>
    /// <param name="head">Title, description, language.</param>
    public static Markup Percents(IReadOnlyList<PercentRow> rows, ChartHead head)
    {
        const int step = 58;
        var drawing = new Markup();
        for (var i = 0; i < rows.Count; i++)
        {
            var y = i * step;
            drawing.Add($"<text x=\"0\" y=\"{y + 20}\">{rows[i].Label}</text><text class=\"val\" x=\"100%\" y=\"{y + 20}\">{rows[i].Shown}</text>");
            drawing.Add($"<rect class=\"ground\" y=\"{y + 30}\" width=\"100%\" height=\"16\" rx=\"2\"/><rect class=\"c1\" y=\"{y + 30}\" width=\"{Math.Round(rows[i].Share * 100, 2)}%\" height=\"16\" rx=\"2\"/>");
        }
        return Svg.Image(head, rows.Count * step, drawing, "bars");
    }

    /// <summary>One bar for the whole, cut into who got how much of it, with a numbered list that names every part.</summary>
    /// <param name="parts">At least 0 each, in the order of the steps of the split.</param>
    /// <param name="head">Title, description, language.</param>
    public static Markup Shares(IReadOnlyList<ChartRow> parts, ChartHead head)
    {
        var whole = parts.Sum(p => p.Amount.Value);
        var drawing = new Markup();
        var list = new Markup().Add($"<ol class=\"shares\">");
        var before = 0L;
        for (var i = 0; i < parts.Count; i++)
        {
            var (x, width) = (Svg.Percent(before, whole), Svg.Percent(parts[i].Amount.Value, whole));
            drawing.Add($"<rect class=\"part {Svg.Colour(i)}\" x=\"{x}%\" width=\"{width}%\" height=\"52\"><title>{parts[i].Label} {parts[i].Amount.ToDisplay()}</title></rect>");
            if (width >= 8) drawing.Add($"<text class=\"in\" x=\"{x + width / 2}%\" y=\"33\">{i + 1}</text>");
            list.Add($"<li><svg width=\"30\" height=\"30\" aria-hidden=\"true\"><rect class=\"{Svg.Colour(i)}\" width=\"30\" height=\"30\" rx=\"4\"/><text class=\"in\" x=\"15\" y=\"21\">{i + 1}</text></svg><span>{parts[i].Label}</span><b class=\"num\">{parts[i].Amount.ToDisplay()}</b><span class=\"num\">{Svg.Percent(parts[i].Amount.Value, whole, 1).ToString("0.0", CultureInfo.InvariantCulture)}%</span></li>");
            before += parts[i].Amount.Value;
        }
        return new Markup().Add($"{Svg.Image(head, 52, drawing, "share")}{list.Add($"</ol>")}");
    }

    /// <summary>How a price or an account builds up: every step hangs where the one before ended, a total stands on zero.</summary>
    /// <param name="steps">In order; amounts below zero take away.</param>
    /// <param name="head">Title, description, language.</param>
    /// <exception cref="ArgumentException">A total is not the sum of the steps before it.</exception>
    public static Markup BuildUp(IReadOnlyList<BuildUpStep> steps, ChartHead head) =>
        BuildUp([.. steps.Select(s => (s.Label, s.Amount.Value, s.IsTotal, s.Amount.ToDisplay()))], head);

    /// <summary>How a count of households or people grew and shrank: as <see cref="BuildUp(IReadOnlyList{BuildUpStep}, ChartHead)"/>.</summary>
    /// <param name="steps">In order; counts below zero take away.</param>
    /// <param name="head">Title, description, language.</param>
    /// <exception cref="ArgumentException">A total is not the sum of the steps before it.</exception>
    public static Markup Movement(IReadOnlyList<CountStep> steps, ChartHead head) =>
        BuildUp([.. steps.Select(s => (s.Label, s.Count, s.IsTotal, s.Count.ToString("#,0", CultureInfo.InvariantCulture)))], head);

    private static Markup BuildUp(IReadOnlyList<(string Label, long Amount, bool IsTotal, string Shown)> steps, ChartHead head)
    {
        const int step = 58;
        var (low, high, at) = (0L, 0L, 0L);
        foreach (var s in steps)
        {
            if (s.IsTotal && s.Amount != at) throw new ArgumentException($"The total {s.Amount} is not the sum {at} of its steps.");
            at = s.IsTotal ? at : checked(at + s.Amount);
            (low, high) = (Math.Min(low, at), Math.Max(high, at));
        }
        var drawing = new Markup();
        at = 0;
        for (var i = 0; i < steps.Count; i++)
        {
            var (y, s) = (i * step, steps[i]);
            var (from, to) = s.IsTotal ? (0, s.Amount) : (at, at + s.Amount);
            var sign = s.IsTotal || i == 0 || s.Amount < 0 ? "" : "+";
            drawing.Add($"<text x=\"0\" y=\"{y + 20}\"{(s.IsTotal ? Bold : null)}>{s.Label}</text><text class=\"{(s.IsTotal ? "val total" : "val")}\" x=\"100%\" y=\"{y + 20}\">{sign}{s.Shown}</text>");
            drawing.Add($"<rect class=\"ground\" y=\"{y + 30}\" width=\"100%\" height=\"16\"/><rect class=\"{(s.IsTotal ? "c8" : s.Amount < 0 ? "c5" : i == 0 ? "c1" : "c2")}\" x=\"{Svg.Percent(Math.Min(from, to) - low, high - low)}%\" y=\"{y + 30}\" width=\"{Svg.Percent(Math.Abs(to - from), high - low)}%\" height=\"16\"/>");
            if (i + 1 < steps.Count) drawing.Add($"<line class=\"join\" x1=\"{Svg.Percent(to - low, high - low)}%\" x2=\"{Svg.Percent(to - low, high - low)}%\" y1=\"{y + 46}\" y2=\"{y + step}\"/>");
            at = to;
        }
        return Svg.Image(head, steps.Count * step, drawing, "buildup");
    }

    /// <summary>A line as small as a word: how an amount moved.</summary>
    /// <param name="amounts">Oldest first.</param>
    /// <param name="title">What it says to those who do not see it, with first and last amount.</param>
    public static Markup Spark(IReadOnlyList<Fen> amounts, string title)
    {
        var (low, high) = amounts.Count == 0 ? (0, 0) : (amounts.Min(a => a.Value), amounts.Max(a => a.Value));
        var points = new Markup();
        decimal X(int i) => amounts.Count < 2 ? 4 : 4 + Svg.Percent(i, amounts.Count - 1) * 1.12m;
        decimal Y(int i) => high == low ? 18 : 31 - Svg.Percent(amounts[i].Value - low, high - low) * 0.26m;
        for (var i = 0; i < amounts.Count; i++) points.Add($"{X(i)},{Y(i)} ");
        var drawing = new Markup().Add($"<polyline class=\"line c1\" points=\"{points}\"/>");
        if (amounts.Count > 0) drawing.Add($"<circle class=\"c2\" cx=\"{X(amounts.Count - 1)}\" cy=\"{Y(amounts.Count - 1)}\" r=\"4\"/>");
        return new Markup().Add($"<svg class=\"chart spark\" width=\"120\" height=\"36\" role=\"img\" aria-label=\"{title}\"><title>{title}</title>{drawing}</svg>");
    }

    private static Markup Bold => new Markup().Add($" class=\"total\"");
}
