namespace Shanhuo.Kernel.Pages;

/// <summary>What all charts share. Lengths across are percentages and heights pixels, so a chart fills any width while its text keeps its size.</summary>
internal static class Svg
{
    /// <summary>As many colours as style sheet and eye tell apart.</summary>
    public const int Colours = 8;

    /// <summary>part / whole in per cent, rounded once; 0 where there is no whole.</summary>
    public static decimal Percent(long part, long whole, int decimals = 2) => whole == 0 ? 0 : Math.Round((decimal)part * 100 / whole, decimals);

    /// <summary>Class of the n-th colour, from 0.</summary>
    public static string Colour(int n) => "c" + (n % Colours + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The element around a drawing, with title and description for those who do not see it.</summary>
    public static Markup Image(ChartHead head, decimal height, Markup drawing, string kind) => new Markup().Add(
        $"<svg class=\"chart {kind}\" width=\"100%\" height=\"{height}\" role=\"img\" aria-label=\"{head.Title}{Stop(head)}{head.Description}\"><title>{head.Title}</title><desc>{head.Description}</desc>{drawing}</svg>");

    /// <summary>Names of the series with their colours, in the order in which they are drawn.</summary>
    public static Markup Legend(IEnumerable<string> names, bool lines = false)
    {
        var legend = new Markup().Add($"<ul class=\"legend\" aria-hidden=\"true\">");
        var n = 0;
        foreach (var name in names)
        {
            if (lines) legend.Add($"<li><svg width=\"36\" height=\"16\"><line class=\"line {Colour(n)} d{n % 4}\" x2=\"36\" y1=\"8\" y2=\"8\"/></svg>{name}</li>");
            else legend.Add($"<li><svg width=\"18\" height=\"18\"><rect class=\"{Colour(n)}\" width=\"18\" height=\"18\" rx=\"3\"/></svg>{name}</li>");
            n++;
        }
        return legend.Add($"</ul>");
    }

    /// <summary>The next round number of fen at or above the largest, whose half is round too; at least 1 yuan.</summary>
    public static long Ceiling(long largest)
    {
        var step = 100L;
        while (step < largest / 10) step *= 10;
        foreach (var times in new[] { 1, 2, 3, 4, 5, 6, 8, 10 })
            if ((Int128)step * times >= largest) return (long)Int128.Min((Int128)step * times, long.MaxValue);
        return largest;
    }

    private static string Stop(ChartHead head) => head.Language == Language.Zh ? "。" : ". ";
}
