namespace Shanhuo.Market.Epcis;

/// <summary>The older names of GS1 identifications, <c>urn:epc:…</c>, as canonical Digital Links (GS1 EPC Tag Data Standard, section 6; CBV 2.0, section 8.9.2, rule 17).</summary>
internal static class EpcUri
{
    private static readonly string[] Prefixes = ["urn:epc:id:", "urn:epc:class:", "urn:epc:idpat:"];

    /// <summary>The constrained canonical link; null for what is no such name or is not well formed.</summary>
    public static string? ToLink(string name)
    {
        var prefix = Prefixes.FirstOrDefault(p => name.StartsWith(p, StringComparison.Ordinal));
        if (prefix is null) return null;
        var rest = name[prefix.Length..];
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return null;
        var (scheme, body) = (rest[..colon], rest[(colon + 1)..]);
        try { return Link(scheme, body) is { } link ? link.Constrained : null; }
        catch (ArgumentException) { return null; }
    }

    private static DigitalLink? Link(string scheme, string body) => scheme switch
    {
        "sgtin" => Parts(body, 3) is { } p ? Of("01", Gtin(p), "21", p[2]) : null,
        "lgtin" => Parts(body, 3) is { } p ? Of("01", Gtin(p), "10", p[2]) : null,
        "upui" => Parts(body, 3) is { } p ? Of("01", Gtin(p), "235", p[2]) : null,
        "itip" => Parts(body, 5) is { } p ? Of("8006", Gtin(p) + p[2] + p[3], "21", p[4]) : null,
        "sscc" => Parts(body, 2) is { } p ? Of("00", Gs1Key.Checked(p[1][..1] + p[0] + p[1][1..])) : null,
        "sgln" => Parts(body, 3) is { } p ? Of("414", Gs1Key.Checked(p[0] + p[1]), "254", p[2] == "0" ? "*" : p[2]) : null,
        "pgln" => Parts(body, 2) is { } p ? Of("417", Gs1Key.Checked(p[0] + p[1])) : null,
        "grai" => Parts(body, 3) is { } p ? Of("8003", "0" + Gs1Key.Checked(p[0] + p[1]) + Serial(p[2])) : null,
        "gdti" => Parts(body, 3) is { } p ? Of("253", Gs1Key.Checked(p[0] + p[1]) + Serial(p[2])) : null,
        "sgcn" => Parts(body, 3) is { } p ? Of("255", Gs1Key.Checked(p[0] + p[1]) + Serial(p[2])) : null,
        "giai" => Parts(body, 2) is { } p ? Of("8004", p[0] + Uri.UnescapeDataString(p[1])) : null,
        "ginc" => Parts(body, 2) is { } p ? Of("401", p[0] + Uri.UnescapeDataString(p[1])) : null,
        "gsrn" => Parts(body, 2) is { } p ? Of("8018", Gs1Key.Checked(p[0] + p[1])) : null,
        "gsrnp" => Parts(body, 2) is { } p ? Of("8017", Gs1Key.Checked(p[0] + p[1])) : null,
        "gsin" => Parts(body, 2) is { } p ? Of("402", Gs1Key.Checked(p[0] + p[1])) : null,
        "cpi" => Parts(body, 3) is { } p ? Of("8010", p[0] + Uri.UnescapeDataString(p[1]), "8011", p[2]) : null,
        _ => null,
    };

    private static DigitalLink Of(string key, string value, string? ai = null, string? text = null) =>
        new(key, value, ai is null || text is null or "*" ? [] : [new(ai, Uri.UnescapeDataString(text))]);

    // The indicator digit stands before the company prefix in the number, behind it in the name.
    private static string Gtin(string[] parts) => Gs1Key.Checked(parts[1][..1] + parts[0] + parts[1][1..]);

    private static string Serial(string text) => text == "*" ? "" : Uri.UnescapeDataString(text);

    private static string[]? Parts(string body, int count) => body.Split('.', count) is { } parts && parts.Length == count && parts[0].Length > 0 ? parts : null;
}
