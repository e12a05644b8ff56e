using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Api;

/// <summary>Tells what is due. Several processes may do so at once: a message is taken by the one that moves its next try on.</summary>
internal sealed class HookSender(IServiceScopeFactory scopes, Secrets secrets, TimeProvider clock, HookOptions options) : IDisposable
{
    /// <summary>Tries until a message is given up, in about a day and a half.</summary>
    public const int MostTries = 12;

    private const int MostAHook = 50, AtOnce = 8;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    // No redirects and no proxy: both would speak for us with whatever they like.
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2), MaxResponseHeadersLength = 16,
        ConnectCallback = (context, cancel) => HookGuard.Connect(context.DnsEndPoint, options.Loopback, cancel),
    })
    { Timeout = Longest };

    private sealed record Waiting(AreaCode County, long HookId, string Url, string SecretHidden);

    private sealed record Due(AreaCode County, long Id, long HookId, string Url, string SecretHidden, string Type, string OrderNumber, long AtMs, int Tries, long NextTryMs);

    /// <summary>Tells what is due, each once, and gives up what is due to addresses that are told no more. Each address is told its own in their order, and is left alone until the next time when it cannot be reached: others do not wait for it.</summary>
    /// <returns>How many were taken by their receivers.</returns>
    public async Task<int> SendDue(CancellationToken cancel)
    {
        var (done, now) = (0, clock.NowMs);
        // No message waits longer than the longest pause.
        var latest = now + (long)Pause(MostTries).TotalMilliseconds;
        await In(db =>
        {
            var hooks = db.Hooks;
            return db.HookMessages.Where(m => m.State == MessageState.Due && m.NextTryMs <= latest && hooks.Any(h => h.Id == m.HookId && h.State != HookState.Open)).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MessageState.Failed), cancel);
        });
        // Those that failed least often first: whoever hangs keeps only others that hang waiting.
        var waiting = await In(async db =>
        {
            var hooks = await db.HookMessages.Where(m => m.State == MessageState.Due && m.NextTryMs <= now).GroupBy(m => m.HookId).Select(g => new { Id = g.Key, Tries = g.Min(m => m.Tries) }).ToListAsync(cancel);
            var ids = hooks.ConvertAll(h => h.Id);
            var open = await db.Hooks.Where(h => ids.Contains(h.Id) && h.State == HookState.Open).ToDictionaryAsync(h => h.Id, h => new Waiting(h.County, h.Id, h.Url, h.SecretHidden), cancel);
            return hooks.Where(h => open.ContainsKey(h.Id)).OrderBy(h => h.Tries).ThenBy(h => h.Id).Select(h => open[h.Id]).ToList();
        });
        await Parallel.ForEachAsync(waiting, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (hook, stop) =>
        {
            foreach (var one in await DueTo(hook, now, stop))
            {
                var (taken, status) = await Send(one, stop);
                if (taken) Interlocked.Increment(ref done);
                if (status is null or 410) break;
            }
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

    private Task<List<Due>> DueTo(Waiting hook, long now, CancellationToken cancel) => In(db => db.HookMessages
        .Where(m => m.County == hook.County && m.HookId == hook.HookId && m.State == MessageState.Due && m.NextTryMs <= now).OrderBy(m => m.NextTryMs).ThenBy(m => m.Id).Take(MostAHook)
        .Select(m => new Due(m.County, m.Id, m.HookId, hook.Url, hook.SecretHidden, m.Type, m.OrderNumber, m.AtMs, m.Tries, m.NextTryMs)).ToListAsync(cancel));

    // Status 0: another process was first.
    private async Task<(bool Taken, int? Status)> Send(Due due, CancellationToken cancel)
    {
        var (county, id, hookId, before) = (due.County, due.Id, due.HookId, due.NextTryMs);
        var next = clock.NowMs + (long)Pause(due.Tries + 1).TotalMilliseconds;
        if (await In(db => db.HookMessages.Where(m => m.County == county && m.Id == id && m.State == MessageState.Due && m.NextTryMs == before)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.NextTryMs, next).SetProperty(m => m.Tries, m => m.Tries + 1), cancel)) == 0) return (false, 0);
        var status = await Post(due, cancel);
        var taken = status is >= 200 and < 300;
        var state = taken ? MessageState.Done : due.Tries + 1 >= MostTries || status == 410 ? MessageState.Failed : MessageState.Due;
        long? doneMs = taken ? clock.NowMs : null;
        await In(db => db.HookMessages.Where(m => m.County == county && m.Id == id && m.State == MessageState.Due).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, state).SetProperty(m => m.DoneMs, doneMs).SetProperty(m => m.LastStatus, status), cancel));
        if (status == 410) await In(db => db.Hooks.Where(h => h.Id == hookId).ExecuteUpdateAsync(set => set.SetProperty(h => h.State, HookState.Gone).SetProperty(h => h.OpenUrl, (string?)null), cancel));
        return (taken, status);
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
        // Whatever one address makes go wrong is its own matter: the others are told.
        catch (Exception) when (!cancel.IsCancellationRequested) { return null; }
    }

    private Task<T> In<T>(Func<ShanhuoDb, Task<T>> work) => scopes.In(null, s => work(s.GetRequiredService<ShanhuoDb>()));
}

/// <summary>Tells what is due, every few seconds.</summary>
internal sealed class HookWorker(HookSender sender, HookOptions options, ILogger<HookWorker> log) : Rounds(options.Pause, log)
{
    protected override Task Round(CancellationToken stopping) => sender.SendDue(stopping);
}

/// <summary>The hidden secrets of addresses.</summary>
internal sealed class HiddenOfHooks(ShanhuoDb db, Secrets secrets) : IHoldHiddenFields
{
    public Task<int> Renew(CancellationToken cancel) => db.Renew<Hook>(secrets, h => h.SecretHidden, h => Hook.Binding(h.Id), h => { var id = h.Id; return r => r.Id == id; }, cancel);
}
