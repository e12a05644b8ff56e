namespace Shanhuo.Market.Epcis;

/// <summary>Numbers of GS1 (GTIN, GLN, SSCC…): digits of which the last is a check digit (GS1 General Specifications, section 7.9, "Check digit calculations").</summary>
internal static class Gs1Key
{
    /// <summary>The check digit for digits that have none yet: weights 3 and 1 in turn from the right, what is missing to the next ten.</summary>
    /// <exception cref="ArgumentException">Something other than digits.</exception>
    public static char CheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)];
            if (!char.IsAsciiDigit(digit)) throw new ArgumentException("Only digits have a check digit.", nameof(digits));
            sum += (digit - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return (char)('0' + (10 - (sum % 10)) % 10);
    }

    /// <summary>Digits with their check digit behind.</summary>
    public static string Checked(string digits) => digits + CheckDigit(digits);

    /// <summary>Is it so many digits of which the last is right?</summary>
    public static bool IsRight(string? key, int length) => key?.Length == length && key.All(char.IsAsciiDigit) && CheckDigit(key.AsSpan(0, length - 1)) == key[^1];

    /// <summary>A GTIN of 8, 12, 13 or 14 digits as 14; null when its digits or its check digit are wrong.</summary>
    public static string? Gtin14(string? gtin) => gtin is { Length: 8 or 12 or 13 or 14 } && IsRight(gtin, gtin.Length) ? gtin.PadLeft(14, '0') : null;

    /// <summary>Is it a company prefix: 4 to 12 digits?</summary>
    public static bool IsPrefix(string? prefix) => prefix is { Length: >= 4 and <= 12 } && prefix.All(char.IsAsciiDigit);

    /// <summary>Does a 14 digit GTIN belong to the holder of a company prefix? Its first digit is the indicator, or padding.</summary>
    public static bool IsOf(string gtin14, string prefix) => gtin14.AsSpan(1).StartsWith(prefix, StringComparison.Ordinal);
}
