using System.Text.RegularExpressions;

namespace Shanhuo.Market.Buying.Addresses;

/// <summary>Finds a telephone number in a text.</summary>
internal static partial class PhoneText
{
    /// <summary>The number to call: a mobile before a landline, the first of several.</summary>
    /// <param name="text">Narrow letters.</param>
    /// <param name="replacement">Stands where the number stood.</param>
    /// <param name="rest">The text without it.</param>
    /// <param name="isCertain">There is one only, and no digit touches it.</param>
    /// <returns>Digits, hyphens between area code, number and extension; empty: none.</returns>
    public static string Take(string text, char replacement, out string rest, out bool isCertain)
    {
        var mobiles = Mobile().Matches(text);
        var (found, glued) = mobiles.Count > 0 ? (mobiles[0], false) : Landline().Match(text) is { Success: true } landline ? (landline, false) : (GluedMobile().Match(text), true);
        (rest, isCertain) = (text, false);
        if (!found.Success) return "";
        isCertain = !glued && mobiles.Count <= 1;
        rest = string.Concat(text.AsSpan(0, found.Index), replacement.ToString(), text.AsSpan(found.Index + found.Length));
        var number = NoDigit().Replace(found.Groups["number"].Value, "");
        if (found.Groups["area"].Value is { Length: > 0 } area) number = $"{area}-{number}";
        return found.Groups["extension"].Value is { Length: > 0 } extension ? $"{number}-{extension}" : number;
    }

    [GeneratedRegex(@"(?<![0-9])(?:(?:\+|00)?\(?86\)?[ -]?)?(?<number>1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|1[3-9][0-9]{2}[ -][0-9]{3}[ -][0-9]{4}|1[3-9](?:[ -]?[0-9]{3}){3})(?:(?: ?(?:转|ext\.?) ?|-)(?<extension>[0-9]{3,4}))?(?![0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex Mobile();

    [GeneratedRegex(@"(?<![0-9-])(?:(?:(?:\+|00)?86[ -]?)?\(?(?<area>010|02[0-9]|0[3-9][0-9]{2})\)?[ -]?(?<number>[2-9][0-9]{6,7})|(?<number>[48]00[ -]?[0-9]{3,4}[ -]?[0-9]{3,4}))(?:(?: ?(?:转|ext\.?) ?|-)(?<extension>[0-9]{1,5}))?(?![0-9])", RegexOptions.IgnoreCase)]
    private static partial Regex Landline();

    // A house number may run into it: 3栋20113812345678.
    [GeneratedRegex(@"(?<number>1[3-9][0-9]{9})(?![0-9])")]
    private static partial Regex GluedMobile();

    [GeneratedRegex("[^0-9]")]
    private static partial Regex NoDigit();
}
