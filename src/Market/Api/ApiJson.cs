using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Api;

/// <summary>How the API reads and writes JSON: strictly, so that a misspelt field is refused and not passed over.</summary>
internal static class ApiJson
{
    private const int MostBytes = 64 * 1024;

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
    };

    /// <summary>The body of a request, with its bytes.</summary>
    public static async Task<Outcome<(T Body, byte[] Bytes)>> Read<T>(HttpRequest request, CancellationToken cancel)
    {
        if (!request.HasJsonContentType()) return new Refusal("api.json", Place.None, "Content-Type");
        using var bytes = new MemoryStream();
        var buffer = new byte[8192];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancel)) > 0;)
        {
            if (bytes.Length + read > MostBytes) return new Refusal("api.json", Place.None, $"> {MostBytes / 1024} kB");
            bytes.Write(buffer, 0, read);
        }
        try
        {
            // PostgreSQL stores every character but this one, which in JSON stands escaped.
            var whole = bytes.ToArray();
            if (whole.AsSpan().IndexOf("\\u0000"u8) >= 0) return new Refusal("api.json", Place.None, "\\u0000");
            return JsonSerializer.Deserialize<T>(whole, Options) is { } body ? (body, whole) : new Refusal("api.json", Place.None, "null");
        }
        catch (JsonException e) { return new Refusal("api.json", Place.Input(e.Path ?? "$"), e.Path ?? "$"); }
    }

    public static IResult Ok<T>(T answer, int status = StatusCodes.Status200OK) => Results.Json(answer, Options, statusCode: status);

    public static DateTimeOffset Instant(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    public static DateTimeOffset? Instant(long? ms) => ms is { } at ? Instant(at) : null;
}

/// <summary>Where a page of a list begins, and how long it is. Each list goes from the newest to the oldest row, so that the cursor is the last id of the page before.</summary>
internal readonly record struct ApiPage(long Before, int Limit)
{
    private const int Usual = 50, Most = 200;

    /// <summary>Reads query parameters; <c>api.cursor</c> and <c>api.limit</c> where they cannot be read.</summary>
    public static Outcome<ApiPage> Read(string? cursor, string? limit)
    {
        var (before, length) = (long.MaxValue, Usual);
        if (cursor is not null && !(long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before) && before > 0)) return new Refusal("api.cursor", Place.Input("cursor"));
        if (limit is not null && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length is >= 1 and <= Most)) return new Refusal("api.limit", Place.Input("limit"), Most);
        return new ApiPage(before, length);
    }

    /// <summary>Cuts a page that was read with one row too many.</summary>
    /// <returns>Cursor of the next page; null: this was the last.</returns>
    public string? Cut<T>(List<T> rows, Func<T, long> id)
    {
        if (rows.Count <= Limit) return null;
        rows.RemoveRange(Limit, rows.Count - Limit);
        return id(rows[^1]).ToString(CultureInfo.InvariantCulture);
    }
}
