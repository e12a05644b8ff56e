namespace Shanhuo.Market.Invoices;

/// <summary>The unified social credit code of companies and other bodies: 18 characters, the last one a check (GB 32100-2015).</summary>
internal static class CreditCode
{
    // Without I, O, S, V, Z, which look like figures or each other.
    private const string Letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>Why a tax number is not one.</summary>
    /// <param name="number">Narrow and in capitals, without spaces.</param>
    /// <param name="letter">The letter that cannot be, where one is the reason.</param>
    /// <returns>Null: it is. <c>invoice.tax-old</c>: one of the forms before 2015 (15, 17 or 20 characters); <c>invoice.tax-length</c>; <c>invoice.tax-letter</c> with the letter; <c>invoice.tax-place</c>: characters 3 to 8 are not the figures of a division; <c>invoice.tax-check</c>: the last character is not that of the others.</returns>
    public static string? WhyNot(string number, out char letter)
    {
        letter = ' ';
        if (number.Length is 15 or 17 or 20) return "invoice.tax-old";
        if (number.Length != 18) return "invoice.tax-length";
        foreach (var c in number)
            if (!Letters.Contains(c, StringComparison.Ordinal))
            {
                letter = c;
                return "invoice.tax-letter";
            }
        if (number.AsSpan(2, 6).ContainsAnyExceptInRange('0', '9')) return "invoice.tax-place";
        return number[17] == Check(number.AsSpan(0, 17)) ? null : "invoice.tax-check";
    }

    /// <summary>The 18th character: 31 less the sum of values times 3 to the power of their place, modulo 31 (GB 32100-2015, 4.5).</summary>
    public static char Check(ReadOnlySpan<char> first17)
    {
        var (sum, weight) = (0, 1);
        foreach (var c in first17)
        {
            sum += Letters.IndexOf(c, StringComparison.Ordinal) * weight;
            weight = weight * 3 % 31;
        }
        return Letters[(31 - sum % 31) % 31];
    }
}
