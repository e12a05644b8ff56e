using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Shop;

/// <summary>Feels once a second what has changed behind the shop window, by whatever process: goods that moved, offers that were written. Pages that lie in memory ask it whether they still tell the truth.</summary>
internal sealed class ShopPulse(IServiceScopeFactory scopes, TimeProvider clock, ILogger<ShopPulse> log) : BackgroundService, IShopPulse
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    // A transaction may be seen so much later than its ids were drawn.
    private const long LookBackMs = 10_000;
    private readonly ConcurrentDictionary<string, long> felt = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<AreaCode, bool> watched = new();
    private readonly Dictionary<long, long> seen = [];
    private long last;

    /// <inheritdoc/>
    public long FeltMs(string dependency)
    {
        ArgumentNullException.ThrowIfNull(dependency);
        if (AreaCode.TryParse(dependency.Split(':')[0], out var county)) watched.TryAdd(county, true);
        return felt.GetValueOrDefault(dependency);
    }

    /// <inheritdoc/>
    public bool IsAlive => clock.NowMs - Interlocked.Read(ref last) < 3_000;

    /// <summary>What a page of one product depends on.</summary>
    public static string Product(AreaCode county, long productId) => $"{county}:{productId}";

    /// <summary>What a page of a whole county depends on.</summary>
    public static string County(AreaCode county) => county.ToString();

    /// <summary>One beat.</summary>
    public async Task Feel(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        var db = scope.ServiceProvider.GetRequiredService<ShanhuoDb>();
        var now = clock.NowMs;
        var (since, first) = (now - LookBackMs, Ids.FirstOf(now - LookBackMs));
        foreach (var county in watched.Keys)
        {
            var lots = db.Lots;
            var moved = await (from move in db.LotMoves
                               join lot in lots on new { move.County, Id = move.LotId } equals new { lot.County, lot.Id }
                               where move.County == county && move.Id >= first
                               select new { move.Id, lot.ProductId }).ToListAsync(cancel);
            var written = await db.Offers.Where(o => o.County == county && o.ChangedMs >= since).Select(o => new { Id = o.Id ^ o.ChangedMs, o.ProductId }).ToListAsync(cancel);
            var campaigns = await db.Campaigns.Where(c => c.County == county && c.ChangedMs >= since).Select(c => c.Id ^ c.ChangedMs).ToListAsync(cancel);
            // Whoever began to read after this instant has read the change.
            var by = clock.NowMs;
            foreach (var change in moved.Concat(written))
                if (seen.TryAdd(change.Id, now)) felt[Product(county, change.ProductId)] = felt[County(county)] = by;
            foreach (var change in campaigns)
                if (seen.TryAdd(change, now)) felt[County(county)] = by;
        }
        foreach (var old in seen.Where(s => s.Value < now - 3 * LookBackMs).Select(s => s.Key).ToList()) seen.Remove(old);
        Interlocked.Exchange(ref last, now);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Beat, stoppingToken);
                await Feel(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                log.LogError(e, "What changed behind the shop window could not be read; its pages are made anew each second until it can.");
            }
        }
    }
}
