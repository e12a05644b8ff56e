using System.Text;

namespace Shanhuo.Settlement.Schemes;

/// <summary>A scheme as a form: every field as it is typed, right or wrong. <see cref="SchemeFormWriter"/> makes the document of it.</summary>
internal sealed class SchemeForm
{
    public string? Name { get; set; }
    public List<StepForm> Steps { get; set; } = [];
    public string? RefundBearer { get; set; }

    /// <summary>Does the scheme say how the surplus is divided?</summary>
    public bool HasClose { get; set; }
    public string? Reserve { get; set; }
    public string? Patronage { get; set; }
    public string? Welfare { get; set; }
    public string? Labour { get; set; }
}

/// <summary>One step as it is typed. Of the amounts only that of <see cref="Kind"/> counts.</summary>
internal sealed class StepForm
{
    public string? To { get; set; }

    /// <summary><c>rate</c>, <c>contained</c>, <c>fixed</c>, <c>price</c>, <c>actual</c>, <c>rest</c> or <c>split</c>.</summary>
    public string? Kind { get; set; }

    /// <summary>Per cent, for rate and contained.</summary>
    public string? Rate { get; set; }
    public string? Of { get; set; }

    /// <summary>Yuan.</summary>
    public string? Fixed { get; set; }
    public string? Per { get; set; }
    public string? Price { get; set; }
    public string? Actual { get; set; }
    public List<ShareForm> Split { get; set; } = [];
    public string? From { get; set; }
    public List<ShareForm> Bearers { get; set; } = [];
    public bool Sunk { get; set; }

    /// <summary>One value a line, as <see cref="FormLines"/> writes them.</summary>
    public string? Channel { get; set; }
    public string? Station { get; set; }
    public string? Campaign { get; set; }
    public string? Product { get; set; }
    public bool Poor { get; set; }

    /// <summary>Is anything said beyond who gets how much?</summary>
    public bool HasTerms => Poor || Sunk || Bearers.Count > 0 || new[] { From, Channel, Station, Campaign, Product }.Any(text => !string.IsNullOrWhiteSpace(text));
}

/// <summary>One of several, by weight.</summary>
internal sealed class ShareForm
{
    public string? To { get; set; }
    public string? Weight { get; set; }

    public bool IsBlank => string.IsNullOrWhiteSpace(To) && string.IsNullOrWhiteSpace(Weight);
}

/// <summary>Texts in a form: a list is one value a line; what a line or its ends cannot hold is written as <c>\u000a</c>, and a backslash twice.</summary>
internal static class FormLines
{
    public static string Join(IEnumerable<string> values) => string.Join('\n', values.Select(Write));

    public static List<string> Split(string? text) => [.. (text ?? "").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Select(Read)];

    /// <summary>A value for one line.</summary>
    public static string Write(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var atEnd = (i == 0 || i == value.Length - 1) && char.IsWhiteSpace(c);
            if (c == '\\') text.Append(@"\\");
            else if (atEnd || char.IsControl(c) || c is '\u2028' or '\u2029') text.Append(@"\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            else text.Append(c);
        }
        return text.ToString();
    }

    /// <summary>The value of a line; a backslash that means nothing stays.</summary>
    public static string Read(string line)
    {
        var text = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\\' || i + 1 == line.Length) text.Append(line[i]);
            else if (line[i + 1] == '\\') text.Append(line[++i]);
            else if (line[i + 1] == 'u' && i + 5 < line.Length && ushort.TryParse(line.AsSpan(i + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                i += 5;
            }
            else text.Append('\\');
        }
        return text.ToString();
    }
}
