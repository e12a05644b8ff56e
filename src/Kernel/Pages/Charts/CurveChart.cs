namespace Shanhuo.Kernel.Pages;

/// <summary>A curve of shares against shares, such as Lorenz's, below the straight line of equality.</summary>
public static class CurveChart
{
    private const int Top = 12, Bottom = 252, Left = 14;

    /// <summary>Draws the curve.</summary>
    /// <param name="shares">At 0, 1/n … 1 of the people, 0 to 1; all known.</param>
    /// <param name="equality">Name of the straight line.</param>
    /// <param name="curve">Name of the curve.</param>
    /// <param name="head">Title, description, language.</param>
    public static Markup Draw(IReadOnlyList<double> shares, string equality, string curve, ChartHead head)
    {
        var drawing = new Markup();
        foreach (var percent in new[] { 0, 50, 100 })
        {
            var y = Bottom - (Bottom - Top) * percent / 100;
            drawing.Add($"<line class=\"grid\" x1=\"{Left}%\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/><text class=\"val\" x=\"{Left - 2}%\" y=\"{y + 6}\">{percent}%</text>");
            drawing.Add($"<text class=\"{(percent == 100 ? "val" : percent == 0 ? "start" : "mid")}\" x=\"{Left + (100 - Left) * percent / 100m}%\" y=\"{Bottom + 26}\">{percent}%</text>");
        }
        var points = new Markup();
        for (var i = 0; i < shares.Count; i++) points.Add($"{Math.Round(100m * i / (shares.Count - 1), 2)},{Math.Round(100 - 100 * (decimal)shares[i], 2)} ");
        drawing.Add($"<svg x=\"{Left}%\" y=\"{Top}\" width=\"{100 - Left}%\" height=\"{Bottom - Top}\" viewBox=\"0 0 100 100\" preserveAspectRatio=\"none\"><polyline class=\"line c1\" points=\"0,100 100,0\"/><polyline class=\"line c2 d1\" points=\"{points}\"/></svg>");
        return new Markup().Add($"{Svg.Image(head, Bottom + 34, drawing, "lines")}{Svg.Legend([equality, curve], lines: true)}");
    }
}
