using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Api;

/// <summary>Tells what is due. Several processes may do so at once: a message is taken by the one that moves its next try on.</summary>
internal sealed class HookSender(IServiceScopeFactory scopes, Secrets secrets, TimeProvider clock, HookOptions options) : IDisposable
{
    /// <summary>Tries until a message is given up, in about a day and a half.</summary>
    public const int MostTries = 12;

    private const int Batch = 100, AtOnce = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    // No redirects and no proxy: both would speak for us with whatever they like.
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2), MaxResponseHeadersLength = 16,
        ConnectCallback = (context, cancel) => HookGuard.Connect(context.DnsEndPoint, options.Loopback, cancel),
    })
    { Timeout = Longest };

    private sealed record Due(AreaCode County, long Id, long HookId, string Url, string SecretHidden, string Type, string OrderNumber, long AtMs, int Tries, long NextTryMs);

    /// <summary>Tells all that is due, each once.</summary>
    /// <returns>How many were taken by their receivers.</returns>
    public async Task<int> SendDue(CancellationToken cancel)
    {
        var (done, now) = (0, clock.NowMs);
        var due = await In(db => (from message in db.HookMessages
                                  join hook in db.Hooks on message.HookId equals hook.Id
                                  where message.State == MessageState.Due && message.NextTryMs <= now && hook.State == HookState.Open
                                  orderby message.NextTryMs
                                  select new Due(message.County, message.Id, hook.Id, hook.Url, hook.SecretHidden, message.Type, message.OrderNumber, message.AtMs, message.Tries, message.NextTryMs)).Take(Batch).ToListAsync(cancel));
        await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (one, stop) =>
        {
            if (await Send(one, stop)) Interlocked.Increment(ref done);
        });
        return done;
    }

    /// <summary>How long after a try the next one follows: a quarter of a minute, four times as long each time, at most six hours.</summary>
    /// <param name="tries">Made so far, at least 1.</param>
    public static TimeSpan Pause(int tries) => TimeSpan.FromSeconds(Math.Min(6 * 3600, 15 * Math.Pow(4, Math.Min(tries, 10) - 1)));

    /// <summary>The body of a message: only what happened to which order. What it looks like now, and for whom, the API tells.</summary>
    public static string Body(string type, long atMs, string orderNumber) => JsonSerializer.Serialize(new { type, timestamp = ApiJson.Instant(atMs), data = new { order = orderNumber } }, ApiJson.Options);

    /// <summary>Closes its connections.</summary>
    public void Dispose() => http.Dispose();

    private async Task<bool> Send(Due due, CancellationToken cancel)
    {
        var (county, id, hookId, before) = (due.County, due.Id, due.HookId, due.NextTryMs);
        var next = clock.NowMs + (long)Pause(due.Tries + 1).TotalMilliseconds;
        if (await In(db => db.HookMessages.Where(m => m.County == county && m.Id == id && m.State == MessageState.Due && m.NextTryMs == before)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.NextTryMs, next).SetProperty(m => m.Tries, m => m.Tries + 1), cancel)) == 0) return false;
        var status = await Post(due, cancel);
        var taken = status is >= 200 and < 300;
        var state = taken ? MessageState.Done : due.Tries + 1 >= MostTries || status == 410 ? MessageState.Failed : MessageState.Due;
        long? doneMs = taken ? clock.NowMs : null;
        await In(db => db.HookMessages.Where(m => m.County == county && m.Id == id && m.State == MessageState.Due).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, state).SetProperty(m => m.DoneMs, doneMs).SetProperty(m => m.LastStatus, status), cancel));
        if (status == 410) await In(db => db.Hooks.Where(h => h.Id == hookId).ExecuteUpdateAsync(set => set.SetProperty(h => h.State, HookState.Gone).SetProperty(h => h.OpenUrl, (string?)null), cancel));
        return taken;
    }

    private async Task<int?> Post(Due due, CancellationToken cancel)
    {
        var (number, seconds, body) = ($"msg_{due.Id}", clock.GetUtcNow().ToUnixTimeSeconds(), Body(due.Type, due.AtMs, due.OrderNumber));
        using var request = new HttpRequestMessage(HttpMethod.Post, due.Url) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("webhook-id", number);
        request.Headers.Add("webhook-timestamp", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", HookSeal.Of(secrets.Reveal(due.SecretHidden, Hook.Binding(due.HookId)), number, seconds, body));
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return (int)answer.StatusCode;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is HttpRequestException or IOException or OperationCanceledException or System.Net.Sockets.SocketException) { return null; }
    }

    private async Task<T> In<T>(Func<ShanhuoDb, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        return await work(scope.ServiceProvider.GetRequiredService<ShanhuoDb>());
    }
}

/// <summary>Tells what is due, every few seconds.</summary>
internal sealed class HookWorker(HookSender sender, HookOptions options, ILogger<HookWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(options.Pause, stopping);
                await sender.SendDue(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                log.LogError(e, "Messages were not sent; tried again soon.");
            }
        }
    }
}

/// <summary>The hidden secrets of addresses.</summary>
internal sealed class HiddenOfHooks(ShanhuoDb db, Secrets secrets) : IHoldHiddenFields
{
    public Task<int> Renew(CancellationToken cancel) => db.Renew<Hook>(secrets, h => h.SecretHidden, h => Hook.Binding(h.Id), h => { var id = h.Id; return r => r.Id == id; }, cancel);
}
