using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>What stands in the answers of institutions; a missing or strange field is null, never an exception.</summary>
internal static class PaymentFields
{
    public static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>Text of a member; null also for half a surrogate pair, which JSON can write and no text can hold.</summary>
    public static string? Text(this JsonElement element, string name)
    {
        try { return element.Member(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null; }
        catch (InvalidOperationException) { return null; }
    }

    /// <summary>A member, undefined when there is none.</summary>
    public static JsonElement Member(this JsonElement element, string name)
    {
        try { return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default; }
        catch (InvalidOperationException) { return default; }
    }

    /// <summary>Whole fen.</summary>
    public static Fen? FenOf(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var fen) ? new Fen(fen) : null;

    /// <summary>An RFC 3339 instant.</summary>
    public static DateTimeOffset? InstantOf(this JsonElement element, string name) =>
        DateTimeOffset.TryParseExact(element.Text(name), ["yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", "yyyy-MM-ddTHH:mm:ssZ"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;

    /// <summary>An instant with China's offset.</summary>
    public static string ChinaTime(this DateTimeOffset at) => at.ToOffset(China).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>Parses JSON; null when it is none, or no UTF-8, which the parser would find only when the text is read.</summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span)) return null;
        try { return JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 32 }); }
        catch (JsonException) { return null; }
    }

    /// <summary>The value of a header, whatever the case of its name.</summary>
    public static string? Header(this IReadOnlyDictionary<string, string> headers, string name)
    {
        foreach (var (key, value) in headers)
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }

    /// <summary>Bytes of strict base64: no spaces, and no second spelling of the same bytes.</summary>
    public static byte[]? Base64(string? text)
    {
        if (text is not { Length: > 0 and <= 100_000 }) return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToBase64String(bytes, 0, length) == text ? bytes[..length] : null;
    }

    /// <summary>Does a number consist of what institutions take?</summary>
    public static bool IsNumber(string number, int least, int most, string signs) => number.Length >= least && number.Length <= most && number.All(c => char.IsAsciiLetterOrDigit(c) || signs.Contains(c, StringComparison.Ordinal));
}
