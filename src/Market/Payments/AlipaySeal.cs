using System.Text;

namespace Shanhuo.Market.Payments;

/// <summary>Signatures of Alipay (RSA2): parameters sorted by name, joined with &amp;, SHA256 with RSA.</summary>
internal static class AlipaySeal
{
    /// <summary>The text that is signed: all parameters with a value but those left out.</summary>
    public static byte[] Text(IEnumerable<KeyValuePair<string, string>> parameters, params string[] leftOut) =>
        Encoding.UTF8.GetBytes(string.Join('&', parameters.Where(p => p.Value.Length > 0 && !leftOut.Contains(p.Key)).OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}")));

    /// <summary>The parameters as a query or form.</summary>
    public static string Form(IEnumerable<KeyValuePair<string, string>> parameters) => string.Join('&', parameters.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));

    /// <summary>Reads a form of UTF-8 text strictly: null for a name that stands twice, bytes that are no UTF-8, or a broken escape.</summary>
    public static Dictionary<string, string>? ReadForm(byte[] body)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in Encoding.Latin1.GetString(body).Split('&'))
        {
            var equal = part.IndexOf('=', StringComparison.Ordinal);
            if (equal < 1 || Unescape(part[..equal]) is not { } name || Unescape(part[(equal + 1)..]) is not { } value || !parameters.TryAdd(name, value)) return null;
        }
        return parameters;
    }

    private static string? Unescape(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '+') bytes.Add((byte)' ');
            else if (text[i] != '%') bytes.Add((byte)text[i]);
            else if (i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2])) { bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]); i += 2; }
            else return null;
        }
        try { return new UTF8Encoding(false, true).GetString([.. bytes]); }
        catch (DecoderFallbackException) { return null; }
    }
}
