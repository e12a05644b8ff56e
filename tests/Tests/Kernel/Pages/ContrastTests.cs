using System.Globalization;
using System.Text.RegularExpressions;

namespace Shanhuo.Tests.Kernel.Pages;

/// <summary>Reads the colour tokens of shanhuo.css and measures them as WCAG 2.2 says (relative luminance, 1.4.3 and 1.4.11).</summary>
public sealed partial class ContrastTests
{
    private static readonly string[] Grounds = ["paper", "card", "tint"];

    public static TheoryData<string> Themes => ["light", "dark"];

    /// <summary>7:1 everywhere, not on farmer pages only: all pages are read in the sun.</summary>
    [Theory, MemberData(nameof(Themes))]
    public void Every_text_colour_keeps_7_to_1_on_every_ground(string theme)
    {
        var colours = Tokens(theme);
        foreach (var ink in new[] { "ink", "soft", "pine", "ok", "wait", "warn", "stop" })
            foreach (var ground in Grounds)
                AtLeast(7, colours, ink, ground);
        foreach (var state in new[] { "ok", "wait", "warn", "stop" }) AtLeast(7, colours, state, state + "-bg");
        AtLeast(7, colours, "ink", "ok-bg");
        AtLeast(7, colours, "on-pine", "pine");
        AtLeast(7, colours, "on-near", "near");
        AtLeast(4.5, colours, "on-seal", "seal");
    }

    [Theory, MemberData(nameof(Themes))]
    public void Edges_of_fields_focus_rings_and_parts_of_charts_stand_out_3_to_1(string theme)
    {
        var colours = Tokens(theme);
        foreach (var ground in Grounds) AtLeast(3, colours, "focus", ground);
        foreach (var ground in new[] { "paper", "card" })
        {
            AtLeast(3, colours, "edge", ground);
            for (var n = 1; n <= 8; n++) AtLeast(3, colours, $"c{n}", ground);
        }
        for (var n = 1; n <= 8; n++) AtLeast(4.5, colours, "on-c", $"c{n}");
    }

    [Fact]
    public void Who_chooses_dark_sees_what_a_dark_device_shows() => Assert.Equal(Tokens("dark"), Tokens("chosen dark"));

    private static void AtLeast(double least, Dictionary<string, string> colours, string ink, string ground)
    {
        var (a, b) = (Luminance(colours[ink]), Luminance(colours[ground]));
        var ratio = (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
        Assert.True(ratio >= least, string.Create(CultureInfo.InvariantCulture, $"--{ink} on --{ground}: {ratio:0.00}, should be {least}"));
    }

    private static double Luminance(string colour)
    {
        double Part(int at)
        {
            var c = Convert.ToInt32(colour.Substring(at, 2), 16) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Part(1) + 0.7152 * Part(3) + 0.0722 * Part(5);
    }

    private static Dictionary<string, string> Tokens(string theme)
    {
        var start = theme switch { "light" => ":root {", "dark" => ":root:not([data-theme=light]) {", _ => ":root[data-theme=dark] {" };
        var css = Wwwroot.Read("shanhuo.css");
        var from = css.IndexOf(start, StringComparison.Ordinal);
        var block = css[from..css.IndexOf('}', from)];
        return Token().Matches(block).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
    }

    [GeneratedRegex("--([a-z0-9-]+): (#[0-9a-f]{6});")]
    private static partial Regex Token();
}
