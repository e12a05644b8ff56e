using System.Globalization;
using Shanhuo.Kernel;

namespace Shanhuo.Surveys.Forms.XPath;

/// <summary>What an expression of a form can be worth.</summary>
internal enum XKind
{
    /// <summary>Asked and not answered: unknown. It spreads through arithmetic and comparisons and is never zero.</summary>
    Blank,

    /// <summary>Text; the empty text is the known answer "nothing", such as that of a question that was not asked.</summary>
    Text,

    /// <summary>A number; a day is its number of days since 1970-01-01.</summary>
    Number,

    /// <summary>True or false.</summary>
    Truth,
}

/// <summary>A value of XPath 1.0 as XForms use it, with one more: the unknown. The default is unknown.</summary>
internal readonly record struct XValue
{
    private readonly string? text;
    private readonly double number;

    private XValue(XKind kind, string? text, double number) => (Kind, this.text, this.number) = (kind, text, number);

    public XKind Kind { get; }

    /// <summary>Unknown.</summary>
    public static XValue Blank => default;

    /// <summary>Known to be nothing.</summary>
    public static XValue Nothing { get; } = new(XKind.Text, "", 0);

    public bool IsBlank => Kind == XKind.Blank;

    /// <summary>Is it known to be the empty text?</summary>
    public bool IsNothing => Kind == XKind.Text && text!.Length == 0;

    public static XValue Of(string text) => new(XKind.Text, text, 0);

    /// <summary>A number; not-a-number is unknown.</summary>
    public static XValue Of(double number) => double.IsNaN(number) ? Blank : new(XKind.Number, null, number);

    public static XValue Of(bool truth) => new(XKind.Truth, null, truth ? 1 : 0);

    /// <summary>True, false, or null for unknown (XPath 1.0, 4.3).</summary>
    public bool? ToTruth() => Kind switch { XKind.Blank => null, XKind.Text => text!.Length > 0, XKind.Number => number != 0, _ => number == 1 };

    /// <summary>The number (XPath 1.0, 4.4; days as XForms count them); not-a-number where there is none.</summary>
    public double ToNumber() => Kind switch
    {
        XKind.Blank => double.NaN,
        XKind.Text when double.TryParse(Numerals.Narrow(text!), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) => value,
        XKind.Text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Days(day) : double.NaN,
        _ => number,
    };

    /// <summary>The text; empty for unknown.</summary>
    public string ToText() => Kind switch
    {
        XKind.Blank => "",
        XKind.Text => text!,
        XKind.Number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => number == 1 ? "true" : "false",
    };

    /// <summary>Days since 1970-01-01.</summary>
    public static double Days(DateOnly day) => day.DayNumber - new DateOnly(1970, 1, 1).DayNumber;
}
