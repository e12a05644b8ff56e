using System.Globalization;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Households;

/// <summary>A citizen identification number (公民身份号码) of GB 11643-1999: six digits of the area, eight of the birth day, three of order (odd: male), and a check character by ISO 7064 MOD 11-2.</summary>
internal sealed record IdentityNumber
{
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    private const string CheckCharacters = "10X98765432";

    private IdentityNumber(string text, DateOnly birth, bool wasOld) => (Text, BirthDay, WasOld) = (text, birth, wasOld);

    /// <summary>18 characters, an X as capital.</summary>
    public string Text { get; }
    public DateOnly BirthDay { get; }

    /// <summary>Was it given in the old form of 15 digits? Its century is then taken to be 19.. and its check character is computed, so it proves nothing.</summary>
    public bool WasOld { get; }

    /// <summary><c>male</c> when the order number is odd.</summary>
    public string Sex => (Text[16] - '0') % 2 == 1 ? "male" : "female";

    /// <summary>County where it was first given.</summary>
    public string Area => Text[..6];

    /// <summary><c>620525********1234</c>.</summary>
    public string Mask => $"{Text[..6]}********{Text[^4..]}";

    /// <summary>Reads a number as people write it: spaces, full-width digits and a small x are taken, the old 15-digit form is lengthened.</summary>
    /// <param name="text">What was typed or stands in a cell.</param>
    /// <param name="today">A birth after it is refused.</param>
    /// <returns>The number, or a refusal: <c>identity.damaged</c> (Excel kept 15 digits), <c>identity.length</c>, <c>identity.characters</c>, <c>identity.area</c>, <c>identity.date</c>, <c>identity.future</c>, <c>identity.too-old</c>, <c>identity.check</c>. None of them repeats the number.</returns>
    public static Outcome<IdentityNumber> Parse(string text, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = string.Concat(Numerals.Narrow(text).Where(c => !char.IsWhiteSpace(c) && c is not ('\'' or '-' or '\u200B'))).ToUpperInvariant();
        if (clean.Contains("E+", StringComparison.Ordinal)) return new Refusal("identity.damaged");
        if (clean.Length is not (15 or 18)) return new Refusal("identity.length", Place.None, clean.Length);
        if (clean[..^1].Any(c => !char.IsAsciiDigit(c)) || !(char.IsAsciiDigit(clean[^1]) || (clean.Length == 18 && clean[^1] == 'X'))) return new Refusal("identity.characters");
        var old = clean.Length == 15;
        var body = old ? clean[..6] + "19" + clean[6..] : clean[..17];
        if (body[0] == '0' || body[..2] is "10" or "20" or "30" or "40" or "60" or "70" or "90") return new Refusal("identity.area", Place.None, body[..2]);
        if (!DateOnly.TryParseExact(body.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth))
            // A number that Excel has cut keeps 15 digits and ends in 000: say that before the date is blamed.
            return new Refusal(LostDigits(clean) ? "identity.damaged" : "identity.date", Place.None, $"{body[6..10]}-{body[10..12]}-{body[12..14]}");
        if (birth > today) return new Refusal("identity.future", Place.None, birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (birth < today.AddYears(-130)) return new Refusal("identity.too-old", Place.None, birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var check = CheckOf(body);
        if (!old && clean[17] != check) return new Refusal(LostDigits(clean) ? "identity.damaged" : "identity.check");
        return new IdentityNumber(body + check, birth, old);
    }

    /// <summary>The eighteenth character of seventeen digits.</summary>
    public static char CheckOf(ReadOnlySpan<char> seventeen)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++) sum += (seventeen[i] - '0') * Weights[i];
        return CheckCharacters[sum % 11];
    }

    private static bool LostDigits(string clean) => clean.Length == 18 && clean.EndsWith("000", StringComparison.Ordinal);
}
