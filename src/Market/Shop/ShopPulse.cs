using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Shop;

/// <summary>Feels once a second what has changed behind the shop window, by whatever process: goods that moved, offers that were written. It reads them anew onto the shelves, and pages that lie in memory ask it whether they still tell the truth.</summary>
internal sealed class ShopPulse(IServiceScopeFactory scopes, ShopWindow window, TimeProvider clock, ILogger<ShopPulse> log) : BackgroundService, IShopPulse
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    // A transaction may be seen so much later than its ids were drawn.
    private const long LookBackMs = 10_000;
    private readonly ConcurrentDictionary<string, long> felt = new(StringComparer.Ordinal);
    private readonly Dictionary<long, long> seen = [];
    private long last;

    // What changed: of a product, or the words of the county.
    private sealed record Change(long Key, AreaCode County, long? ProductId);

    /// <inheritdoc/>
    public long FeltMs(string dependency) => felt.GetValueOrDefault(dependency);

    /// <inheritdoc/>
    public bool IsAlive => clock.NowMs - Interlocked.Read(ref last) < 3_000;

    /// <summary>What a page of one product depends on.</summary>
    public static string Product(AreaCode county, long productId) => $"{county}:{productId}";

    /// <summary>What a page of a whole county or province depends on.</summary>
    public static string Area(AreaCode area) => area.ToString();

    /// <summary>One beat.</summary>
    public async Task Feel(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        var db = scope.ServiceProvider.GetRequiredService<ShanhuoDb>();
        var now = clock.NowMs;
        var (since, first) = (now - LookBackMs, Ids.FirstOf(now - LookBackMs));
        var watched = window.Watched();
        var lots = db.Lots;
        var moved = await (from move in db.LotMoves
                           join lot in lots on new { move.County, Id = move.LotId } equals new { lot.County, lot.Id }
                           where EF.Parameter(watched).Contains(move.County) && move.Id >= first
                           select new Change(move.Id, move.County, lot.ProductId)).ToListAsync(cancel);
        var written = await db.Offers.Where(o => EF.Parameter(watched).Contains(o.County) && o.ChangedMs >= since).Select(o => new Change(o.Id ^ o.ChangedMs, o.County, o.ProductId)).ToListAsync(cancel);
        var worded = await db.Set<Pavilion>().Where(p => EF.Parameter(watched).Contains(p.Area) && p.ChangedMs >= since).Select(p => new { p.Area, p.ChangedMs }).ToListAsync(cancel);
        var news = moved.Concat(written).Concat(worded.Select(p => new Change(p.Area.Value ^ p.ChangedMs, p.Area, null))).Where(change => !seen.ContainsKey(change.Key));
        foreach (var change in news.GroupBy(n => n.County))
        {
            await window.Refresh(change.Key, [.. change.Select(c => c.ProductId).OfType<long>().Distinct()], change.Any(c => c.ProductId is null), cancel);
            // Whoever began to read after this instant finds the change on the shelf.
            var by = clock.NowMs;
            foreach (var one in change)
            {
                seen[one.Key] = now;
                if (one.ProductId is { } product) felt[Product(change.Key, product)] = by;
            }
            felt[Area(change.Key)] = felt[Area(change.Key.At(AreaLevel.Province))] = by;
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
