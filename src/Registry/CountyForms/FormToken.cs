using System.Globalization;
using System.Text.RegularExpressions;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Measures.Yearly;

namespace Shanhuo.Registry.CountyForms;

/// <summary>What a cell of a form asks for, such as <c>{{incidence area=620525100 year=2025 line=monitoring}}</c>.</summary>
/// <param name="Place">Where it stands.</param>
/// <param name="Measure">One of <see cref="FormMeasures.All"/>.</param>
/// <param name="Area">Null: the area of the form.</param>
/// <param name="Year">Null: the year for which it is filled.</param>
/// <param name="Line">Which line; the poverty line where none is named.</param>
internal sealed partial record FormToken(CellPlace Place, string Measure, AreaCode? Area, int? Year, string Line)
{
    /// <summary>What marks a cell.</summary>
    public const string Mark = "{{";

    /// <summary>Reads a cell; a refusal names the sheet and the cell.</summary>
    /// <param name="place">Where it stands.</param>
    /// <param name="text">The whole cell.</param>
    /// <param name="within">Areas that may be named.</param>
    public static Outcome<FormToken> Read(CellPlace place, string text, AreaCode within)
    {
        var at = new Place { File = place.Sheet, Column = place.Reference };
        if (Token().Match(text) is not { Success: true } match) return new Refusal("forms.token", at, text);
        var measure = match.Groups[1].Value;
        if (!FormMeasures.All.Contains(measure)) return new Refusal("forms.measure", at, measure, string.Join(", ", FormMeasures.All));
        AreaCode? area = null;
        int? year = null;
        var line = PovertyLines.Kinds[0];
        foreach (var part in match.Groups[2].Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (part.Split('=')[0], part.Split('=')[1]);
            if (name == "area")
            {
                if (!AreaCode.TryParse(value, out var code)) return new Refusal("forms.area", at, value);
                if (!within.Contains(code)) return new Refusal("forms.area-not-yours", at, value);
                area = code;
            }
            else if (name == "year")
            {
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 2000 or > 2100) return new Refusal("forms.year", at, value);
                year = number;
            }
            else if (name == "line" && PovertyLines.Kinds.Contains(value)) line = value;
            else return new Refusal("forms.parameter", at, part);
        }
        return new FormToken(place, measure, area, year, line);
    }

    [GeneratedRegex(@"^\s*\{\{\s*([a-z0-9-]+)((?:\s+[a-z]+=[0-9a-z-]+)*)\s*\}\}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
