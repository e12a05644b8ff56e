using Microsoft.AspNetCore.Diagnostics;
using Shanhuo.Kernel;

namespace Shanhuo.Web.Layout;

/// <summary>Turns away a request that is larger than its page takes, with a page that says so.</summary>
internal sealed class RequestSize(RequestDelegate next)
{
    /// <summary>The largest request, files and all, of a page without <see cref="LargeFilesAttribute"/>.</summary>
    public const int MostMegabytes = 12;

    /// <summary>The same in bytes.</summary>
    public const long MostBytes = MostMegabytes * 1024L * 1024;

    /// <summary>Beyond this the connection is cut.</summary>
    public const long MostBytesRead = 8 * MostBytes;

    private static readonly object Told = new();

    public Task InvokeAsync(HttpContext http)
    {
        // The page that tells of it runs through here again.
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null) return next(http);
        var most = http.GetEndpoint()?.Metadata.GetMetadata<LargeFilesAttribute>()?.Megabytes ?? MostMegabytes;
        return http.Request.ContentLength > most * 1024L * 1024 ? TooLarge(http, most) : next(http);
    }

    /// <summary>Megabytes that the page takes to which too much was sent.</summary>
    public static int MostOf(HttpContext http) => http.Items.TryGetValue(Told, out var most) ? (int)most! : MostMegabytes;

    // A browser that is answered in the middle of sending shows its own error page instead of ours, so what is not far too large is read to its end and thrown away.
    private static async Task TooLarge(HttpContext http, int most)
    {
        http.Items[Told] = most;
        if (http.Request.ContentLength <= MostBytesRead) await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    }
}
