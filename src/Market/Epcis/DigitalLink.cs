using System.Text.RegularExpressions;

namespace Shanhuo.Market.Epcis;

/// <summary>A web address that carries a GS1 identification (GS1 Digital Link Standard: URI Syntax, release 1.2): <c>https://any.domain/any/path/01/GTIN/10/LOT</c>.</summary>
/// <param name="Key">Application identifier of the primary key, such as <c>01</c> (GTIN), <c>00</c> (SSCC), <c>414</c> (GLN), <c>8003</c>, <c>8004</c>.</param>
/// <param name="Value">Its value, not escaped; a GTIN always with 14 digits.</param>
/// <param name="Qualifiers">Identifier and value of what stands behind it (<c>10</c> lot, <c>21</c> serial…), in the order of the standard.</param>
internal sealed partial record DigitalLink(string Key, string Value, IReadOnlyList<KeyValuePair<string, string>> Qualifiers)
{
    /// <summary>Where canonical links stand, by section 4.11 of the standard.</summary>
    public const string CanonicalBase = "https://id.gs1.org";

    // Key, what may follow it in its order, and names that older links used in place of numbers.
    private static readonly Dictionary<string, string[]> Keys = new(StringComparer.Ordinal)
    {
        ["00"] = [], ["01"] = ["22", "10", "21", "235"], ["253"] = [], ["255"] = [], ["401"] = [], ["402"] = [], ["414"] = ["254"], ["417"] = [],
        ["8003"] = [], ["8004"] = [], ["8006"] = ["22", "10", "21"], ["8010"] = ["8011"], ["8017"] = [], ["8018"] = [],
    };

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["sscc"] = "00", ["gtin"] = "01", ["gdti"] = "253", ["gcn"] = "255", ["ginc"] = "401", ["gsin"] = "402", ["gln"] = "414", ["party"] = "417", ["grai"] = "8003", ["giai"] = "8004", ["itip"] = "8006", ["cpid"] = "8010", ["gsrnp"] = "8017", ["gsrn"] = "8018",
        ["cpv"] = "22", ["lot"] = "10", ["ser"] = "21", ["tpx"] = "235", ["glnx"] = "254", ["cpsn"] = "8011",
    };

    /// <summary>A product's lot; null when the GTIN is wrong or the lot is not one to twenty characters.</summary>
    public static DigitalLink? OfLot(string gtin, string lot) =>
        Gs1Key.Gtin14(gtin) is { } whole && lot is { Length: >= 1 and <= 20 } && Characters().IsMatch(lot) ? new DigitalLink("01", whole, [new("10", lot)]) : null;

    /// <summary>What an address says; null for an ordinary one. Check digits are not judged here: a wrong one is still the address somebody printed.</summary>
    public static DigitalLink? Parse(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return null;
        var parts = uri.AbsolutePath.Trim('/').Split('/');
        for (var at = 0; at + 1 < parts.Length; at++)
            if ((parts.Length - at) % 2 == 0 && From(parts.AsSpan(at)) is { } link) return link;
        return null;
    }

    /// <summary>The address in canonical form under a base.</summary>
    public string Under(string address) => Qualifiers.Aggregate($"{address}/{Key}/{Escape(Value)}", (path, q) => $"{path}/{q.Key}/{Escape(q.Value)}");

    /// <summary>The address in canonical form.</summary>
    public string Canonical => Under(CanonicalBase);

    /// <summary>Canonical with only the finest level of identification, as the event hash takes it (CBV 2.0, section 8.9.2): serial before lot, no variant.</summary>
    public string Constrained => (this with { Qualifiers = Finest() is { } finest ? [finest] : [] }).Canonical;

    /// <summary>The value of a qualifier, or null.</summary>
    public string? this[string ai] => Qualifiers.Where(q => q.Key == ai).Select(q => q.Value).FirstOrDefault();

    private KeyValuePair<string, string>? Finest()
    {
        foreach (var ai in new[] { "21", "235", "10", "254", "8011" })
            if (this[ai] is { } value) return new(ai, value);
        return null;
    }

    private static DigitalLink? From(ReadOnlySpan<string> parts)
    {
        var key = Number(parts[0]);
        if (!Keys.TryGetValue(key, out var may)) return null;
        var value = Uri.UnescapeDataString(parts[1]);
        if (!IsValue(key, value)) return null;
        var qualifiers = new SortedDictionary<int, KeyValuePair<string, string>>();
        for (var i = 2; i < parts.Length; i += 2)
        {
            var (ai, text) = (Number(parts[i]), Uri.UnescapeDataString(parts[i + 1]));
            var place = Array.IndexOf(may, ai);
            if (place < 0 || text is not { Length: >= 1 and <= 28 } || !qualifiers.TryAdd(place, new(ai, text))) return null;
        }
        return new DigitalLink(key, key == "01" ? value.PadLeft(14, '0') : value, [.. qualifiers.Values]);
    }

    // A path may hold these five as they are (RFC 3986), and the published hashes of CBV 2.0 leave them so.
    private static string Escape(string value) => Uri.EscapeDataString(value).Replace("%21", "!", StringComparison.Ordinal).Replace("%27", "'", StringComparison.Ordinal).Replace("%28", "(", StringComparison.Ordinal).Replace("%29", ")", StringComparison.Ordinal).Replace("%2A", "*", StringComparison.Ordinal);

    private static string Number(string name) => Names.GetValueOrDefault(name, name);

    private static bool IsValue(string key, string value)
    {
        var digits = value.TakeWhile(char.IsAsciiDigit).Count();
        return key switch
        {
            "01" => digits == value.Length && digits is 8 or 12 or 13 or 14,
            "00" or "8006" or "8017" or "8018" => digits == value.Length && digits == 18,
            "402" => digits == value.Length && digits == 17,
            "414" or "417" => digits == value.Length && digits == 13,
            "253" => digits >= 13 && value.Length <= 30,
            "255" => digits == value.Length && digits is >= 13 and <= 25,
            "8003" => digits >= 14 && value.Length <= 30,
            _ => value.Length is >= 1 and <= 30,
        };
    }

    // The characters of GS1 element strings: GS1 General Specifications, figure 7.11-1.
    [GeneratedRegex("^[!\"%&'()*+,\\-./0-9:;<=>?A-Z_a-z]+$")] private static partial Regex Characters();
}
