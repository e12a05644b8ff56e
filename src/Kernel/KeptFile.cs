using Microsoft.AspNetCore.Http;

namespace Shanhuo.Kernel;

/// <summary>A file that somebody brought, shown by a browser as nothing but what it is.</summary>
public static class KeptFile
{
    /// <summary>It runs nothing, asks nothing of anybody but itself, and is drawn by the browser's own page for a picture or a sound, which needs its style and, for sound and film, the same origin.</summary>
    public const string Policy = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox allow-same-origin";

    /// <summary>Answers with a private file: kept by no cache; a picture, a voice or a film is shown and can be listened to from any place of it; anything else is kept on the asker's device, since browsers do not open papers in a sandbox.</summary>
    /// <param name="http">The asker's request.</param>
    /// <param name="content">The file.</param>
    /// <param name="contentType">What our own reading of its first bytes said it is, never what the bringer said.</param>
    public static IResult Show(HttpContext http, byte[] content, string contentType)
    {
        var isShown = contentType.StartsWith("image/", StringComparison.Ordinal) || contentType.StartsWith("audio/", StringComparison.Ordinal) || contentType.StartsWith("video/", StringComparison.Ordinal);
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.ContentDisposition = isShown ? "inline" : "attachment";
        http.Response.Headers.CacheControl = "no-store";
        return Results.Bytes(content, contentType, enableRangeProcessing: true);
    }
}
