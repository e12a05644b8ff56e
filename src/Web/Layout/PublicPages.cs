using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Caching.Memory;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Web.Layout;

/// <summary>Keeps the pages of the shop window, packed as they were sent, so that a rush reads them from memory: a thousand people who look at one page cost one page. A page is shown for a second without asking, and longer only while nothing of what it shows has changed. Only for strangers and only pages that are the same for all; what is ordered is decided by the checkout, never by a page.</summary>
/// <remarks>Many who ask for the same page at once wait for one that is being made.</remarks>
internal sealed class PublicPages(RequestDelegate next, IShopPulse pulse, TimeProvider clock) : IDisposable
{
    private const long FreshMs = 1_000;
    private const int MostWaits = 3;
    private const long MostBytes = 96 * 1024 * 1024;
    private readonly MemoryCache pages = new(new MemoryCacheOptions { SizeLimit = MostBytes });
    private readonly ConcurrentDictionary<string, Task<Made>> making = new(StringComparer.Ordinal);

    private sealed record Kept(byte[] Body, string ContentType, string? Encoding, string? DependsOn, long UntilMs, long MadeMs);

    // A page that was made; null: it cannot be kept, or its maker went away before it was done.
    private readonly record struct Made(Kept? Kept, bool WentAway);

    public async Task InvokeAsync(HttpContext http)
    {
        if (KeyOf(http) is not { } key)
        {
            await next(http);
            return;
        }
        for (var waited = 0; ; waited++)
        {
            if (pages.TryGetValue(key, out Kept? kept) && IsTrue(kept!))
            {
                await Send(http, kept!);
                return;
            }
            var mine = new TaskCompletionSource<Made>(TaskCreationOptions.RunContinuationsAsynchronously);
            var made = making.GetOrAdd(key, mine.Task);
            if (made == mine.Task)
            {
                try { await Make(http, key, mine); }
                finally
                {
                    making.TryRemove(key, out _);
                    mine.TrySetResult(new Made(null, WentAway: true));
                }
                return;
            }
            var other = await made.WaitAsync(http.RequestAborted);
            if (other.Kept is { } same)
            {
                await Send(http, same);
                return;
            }
            // Who was making it went away: the next in line makes it. What cannot be kept everybody makes alone.
            if (other.WentAway && waited < MostWaits) continue;
            await next(http);
            return;
        }
    }

    /// <summary>Frees the pages.</summary>
    public void Dispose() => pages.Dispose();

    private bool IsTrue(Kept kept)
    {
        var now = clock.NowMs;
        return now - kept.MadeMs is >= 0 and < FreshMs || kept.DependsOn is { } of && now < kept.UntilMs && now >= kept.MadeMs && pulse.IsAlive && pulse.FeltMs(of) < kept.MadeMs;
    }

    private async Task Make(HttpContext http, string key, TaskCompletionSource<Made> tell)
    {
        // Taken before the page is read: what is felt after it makes the page old.
        var began = clock.NowMs;
        var outer = http.Response.Body;
        using var body = new MemoryStream();
        http.Response.Body = body;
        try { await next(http); }
        finally { http.Response.Body = outer; }
        Kept? kept = null;
        if (http.Response.StatusCode == StatusCodes.Status200OK && http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true && !http.Response.Headers.ContainsKey("Set-Cookie") && !http.Response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.Ordinal))
        {
            var holds = http.Holds;
            kept = new Kept(body.ToArray(), http.Response.ContentType, http.Response.Headers.ContentEncoding, holds?.DependsOn, holds?.UntilMs ?? 0, began);
            pages.Set(key, kept, new MemoryCacheEntryOptions { Size = kept.Body.Length + 512, SlidingExpiration = TimeSpan.FromMinutes(2) });
        }
        // The others need not wait until the first has all of it.
        tell.SetResult(new Made(kept, WentAway: false));
        body.Position = 0;
        if (body.Length > 0) await body.CopyToAsync(outer, http.RequestAborted);
    }

    private static Task Send(HttpContext http, Kept kept)
    {
        var response = http.Response;
        response.ContentType = kept.ContentType;
        response.Headers.Vary = "Accept-Encoding, Cookie";
        if (kept.Encoding is { Length: > 0 } encoding) response.Headers.ContentEncoding = encoding;
        response.ContentLength = kept.Body.Length;
        return response.Body.WriteAsync(kept.Body, http.RequestAborted).AsTask();
    }

    // Pavilions, offers, searches; not basket, checkout and orders, which are the buyer's own.
    private static string? KeyOf(HttpContext http)
    {
        var request = http.Request;
        if (!HttpMethods.IsGet(request.Method) || !request.Path.StartsWithSegments("/shop", StringComparison.Ordinal, out var rest) || request.Cookies.ContainsKey("shanhuo")) return null;
        foreach (var own in Own)
            if (rest.StartsWithSegments(own, StringComparison.OrdinalIgnoreCase)) return null;
        var encoding = request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal) ? "b" : request.Headers.AcceptEncoding.Count > 0 ? "g:" + request.Headers.AcceptEncoding : "";
        return string.Create(CultureInfo.InvariantCulture, $"{http.Items["language"] as Language?}\n{encoding}\n{request.Host}{request.Path}{request.QueryString}");
    }

    private static readonly PathString[] Own = ["/cart", "/checkout", "/order", "/genuine", "/paid", "/quote", "/standing"];
}
