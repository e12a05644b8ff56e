namespace Shanhuo.Market.Epcis;

/// <summary>One spelling for what the standard lets be spelt in several: words of the Core Business Vocabulary, and identifications of GS1 (CBV 2.0, section 8.9.2, rules 14 to 18).</summary>
internal static class Vocabulary
{
    private const string Terms = "https://ref.gs1.org/cbv/", Web = "https://ref.gs1.org/voc/";

    // Parts of the urn of standard words, and how their web address begins. Others, such as urn:epcglobal:cbv:bt:…, name things, not words.
    private static readonly (string Urn, string Web)[] Words =
    [
        ("urn:epcglobal:cbv:bizstep:", "BizStep-"), ("urn:epcglobal:cbv:disp:", "Disp-"), ("urn:epcglobal:cbv:btt:", "BTT-"), ("urn:epcglobal:cbv:sdt:", "SDT-"), ("urn:epcglobal:cbv:er:", "ER-"),
    ];

    private static readonly (string Prefix, string Full)[] Short = [("gs1:", "https://gs1.org/voc/"), ("cbv:", Terms), ("epcis:", "https://ref.gs1.org/epcis/")];

    /// <summary>The full address of a value.</summary>
    /// <param name="value">A bare word, a compact or full address, an <c>urn:epc:…</c>, a Digital Link, or any text.</param>
    /// <param name="words">How the address of a bare word begins, such as <c>BizStep-</c>; <c>voc</c> for the GS1 web vocabulary; null: a bare word stays.</param>
    public static string Expand(string value, string? words = null)
    {
        foreach (var (urn, web) in Words)
            if (value.StartsWith(urn, StringComparison.Ordinal)) return Terms + web + value[urn.Length..];
        foreach (var (prefix, full) in Short)
            if (value.StartsWith(prefix, StringComparison.Ordinal)) return full + value[prefix.Length..];
        if (words is not null && !value.Contains(':', StringComparison.Ordinal)) return words == "voc" ? Web + value : Terms + words + value;
        return EpcUri.ToLink(value) ?? DigitalLink.Parse(value)?.Constrained ?? value;
    }
}
