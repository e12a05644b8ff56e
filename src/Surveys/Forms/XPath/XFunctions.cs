using System.Text.RegularExpressions;

namespace Shanhuo.Surveys.Forms.XPath;

/// <summary>The functions that a form may use: those of XPath 1.0 and of the ODK XForms specification that need no other record. An unknown argument makes the result unknown, except where the function asks just that.</summary>
internal static class XFunctions
{
    private sealed record Entry(int Least, int Most, Func<XValue[], IXContext, XValue> Function);

    private static readonly Dictionary<string, Entry> Known = new(StringComparer.Ordinal)
    {
        ["true"] = new(0, 0, (_, _) => XValue.Of(true)),
        ["false"] = new(0, 0, (_, _) => XValue.Of(false)),
        ["not"] = Strict(1, 1, a => XValue.Of(a[0].ToTruth() == false)),
        ["boolean"] = Strict(1, 1, a => XValue.Of(a[0].ToTruth() == true)),
        ["if"] = new(3, 3, (a, _) => a[0].ToTruth() switch { true => a[1], false => a[2], null => XValue.Blank }),
        ["coalesce"] = new(2, 2, (a, _) => a[0].IsBlank || a[0].IsNothing ? a[1] : a[0]),
        ["once"] = new(1, 1, (a, _) => a[0]),
        ["selected"] = Strict(2, 2, a => XValue.Of(Chosen(a[0]).Contains(a[1].ToText(), StringComparer.Ordinal))),
        ["selected-at"] = Strict(2, 2, a => XValue.Of(Chosen(a[0]).ElementAtOrDefault(Index(a[1])) ?? "")),
        ["count-selected"] = Strict(1, 1, a => XValue.Of(Chosen(a[0]).Length)),
        ["string"] = Strict(1, 1, a => XValue.Of(a[0].ToText())),
        ["string-length"] = new(1, 1, (a, _) => XValue.Of(a[0].ToText().Length)),
        ["concat"] = Strict(1, 50, a => XValue.Of(string.Concat(a.Select(v => v.ToText())))),
        ["contains"] = Strict(2, 2, a => XValue.Of(a[0].ToText().Contains(a[1].ToText(), StringComparison.Ordinal))),
        ["starts-with"] = Strict(2, 2, a => XValue.Of(a[0].ToText().StartsWith(a[1].ToText(), StringComparison.Ordinal))),
        ["ends-with"] = Strict(2, 2, a => XValue.Of(a[0].ToText().EndsWith(a[1].ToText(), StringComparison.Ordinal))),
        ["substr"] = Strict(2, 3, a => XValue.Of(Part(a))),
        ["normalize-space"] = Strict(1, 1, a => XValue.Of(string.Join(' ', Chosen(a[0])))),
        ["regex"] = Strict(2, 2, a => XValue.Of(Matches(a[0].ToText(), a[1].ToText()))),
        ["number"] = Strict(1, 1, a => XValue.Of(a[0].ToNumber())),
        ["int"] = Strict(1, 1, a => XValue.Of(Math.Truncate(a[0].ToNumber()))),
        ["floor"] = Strict(1, 1, a => XValue.Of(Math.Floor(a[0].ToNumber()))),
        ["ceiling"] = Strict(1, 1, a => XValue.Of(Math.Ceiling(a[0].ToNumber()))),
        ["round"] = Strict(1, 2, a => XValue.Of(Rounded(a[0].ToNumber(), a.Length > 1 ? Index(a[1]) : 0))),
        ["abs"] = Strict(1, 1, a => XValue.Of(Math.Abs(a[0].ToNumber()))),
        ["pow"] = Strict(2, 2, a => XValue.Of(Math.Pow(a[0].ToNumber(), a[1].ToNumber()))),
        ["min"] = Strict(1, 50, a => XValue.Of(a.Min(v => v.ToNumber()))),
        ["max"] = Strict(1, 50, a => XValue.Of(a.Max(v => v.ToNumber()))),
        ["sum"] = Strict(1, 50, a => XValue.Of(a.Sum(v => v.ToNumber()))),
        ["count-non-empty"] = new(1, 50, (a, _) => XValue.Of(a.Count(v => !v.IsBlank && !v.IsNothing))),
        ["today"] = new(0, 0, (_, context) => context.Today is { } day ? XValue.Of(XValue.Days(day)) : XValue.Blank),
        ["date"] = Strict(1, 1, a => XValue.Of(a[0].ToNumber())),
        ["decimal-date-time"] = Strict(1, 1, a => XValue.Of(a[0].ToNumber())),
    };

    /// <summary>The function of a name, or null.</summary>
    public static Func<XValue[], IXContext, XValue>? Find(string name) => Known.GetValueOrDefault(name)?.Function;

    /// <summary>Least and most arguments of a known function.</summary>
    public static (int Least, int Most) Arguments(string name) => (Known[name].Least, Known[name].Most);

    /// <summary>Their names, for a refusal that says what there is.</summary>
    public static string Names => string.Join(", ", Known.Keys.Order(StringComparer.Ordinal));

    /// <summary>Can the pattern be used? Only those that match in linear time are.</summary>
    public static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException) { return false; }
    }

    private static Entry Strict(int least, int most, Func<XValue[], XValue> function) =>
        new(least, most, (arguments, _) => Array.Exists(arguments, a => a.IsBlank) ? XValue.Blank : function(arguments));

    private static string[] Chosen(XValue value) => value.ToText().Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static int Index(XValue value) => value.ToNumber() is >= -15 and < 10_000 and var number ? (int)number : 10_000;

    private static string Part(XValue[] a)
    {
        var text = a[0].ToText();
        var from = Math.Clamp(Index(a[1]), 0, text.Length);
        return text[from..Math.Clamp(a.Length > 2 ? Index(a[2]) : text.Length, from, text.Length)];
    }

    // XPath rounds a half up (1.0, 4.4).
    private static double Rounded(double value, int digits)
    {
        var unit = Math.Pow(10, Math.Clamp(digits, -15, 15));
        return Math.Floor(value * unit + 0.5) / unit;
    }

    private static bool Matches(string text, string pattern) => IsPattern(pattern) && Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
