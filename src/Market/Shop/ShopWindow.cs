using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Shop;

/// <summary>An offer with what stands on its page.</summary>
/// <param name="Card">The offer now.</param>
/// <param name="Shown">What was read of it.</param>
/// <param name="Pavilion">Of its county.</param>
/// <param name="Others">Who else in the county sells the same, the cheapest first.</param>
internal sealed record OfferView(OfferCard Card, ShownOffer Shown, Pavilion Pavilion, IReadOnlyList<OfferCard> Others);

/// <summary>A pavilion in the list of all.</summary>
internal sealed record PavilionRow(Pavilion Pavilion, int Offers);

/// <summary>The public pages' view of what is sold: each county's shelf, read when somebody first looks and kept true by <see cref="ShopPulse"/>, at most about a second late. What can be ordered is decided by the checkout, from the database.</summary>
internal sealed class ShopWindow(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Offers on one page of a pavilion.</summary>
    public const int PageSize = 24;
    private const int MostOthers = 8;
    private const long MinuteMs = 60_000;
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<AreaCode, Kept> shelves = [];
    private readonly SemaphoreSlim counting = new(1, 1);
    private (Dictionary<AreaCode, int> Offers, long AtMs)? counties;

    private sealed class Kept
    {
        public readonly SemaphoreSlim Gate = new(1, 1);
        public volatile CountyShelf? Shelf;
        public long AskedMs;
    }

    /// <summary>Counties whose shelves are kept; one that nobody asked for within ten minutes is put away.</summary>
    public IReadOnlyList<AreaCode> Watched()
    {
        var now = clock.NowMs;
        foreach (var (county, kept) in shelves)
            if (now - Interlocked.Read(ref kept.AskedMs) > 10 * MinuteMs) shelves.TryRemove(county, out _);
        return [.. shelves.Keys];
    }

    /// <summary>Reads anew what changed.</summary>
    /// <param name="county">One that is watched.</param>
    /// <param name="products">Products that sold, came in or were written.</param>
    /// <param name="pavilion">Its words or pictures have changed.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task Refresh(AreaCode county, IReadOnlyCollection<long> products, bool pavilion, CancellationToken cancel)
    {
        if (!shelves.TryGetValue(county, out var kept)) return;
        await kept.Gate.WaitAsync(cancel);
        try
        {
            if (kept.Shelf is not { } shelf) return;
            await Read(async reader =>
            {
                if (products.Count > 0) shelf.Put(products, await reader.Shown(county, products, cancel));
                if (pavilion) shelf.Pavilion = await reader.ShownPavilion(county, cancel);
                return shelf;
            });
        }
        finally { kept.Gate.Release(); }
    }

    /// <summary>One offer by its public code; null: there is none to be seen.</summary>
    public async Task<OfferView?> Offer(AreaCode county, string code, CancellationToken cancel)
    {
        var shelf = await Of(county, cancel);
        if (shelf.Find(code) is not { } shown)
        {
            // Perhaps published this second.
            if (await Read(reader => reader.ProductOf(county, code, cancel)) is not { } product) return null;
            await Refresh(county, [product], false, cancel);
            shelf = await Of(county, cancel);
            if (shelf.Find(code) is not { } now) return null;
            shown = now;
        }
        var others = shelf.OfProduct(shown.Offer.ProductId).Where(o => o.Offer.State == OfferState.Open && o.Offer.Id != shown.Offer.Id).Select(o => o.At(clock.NowMs, clock.Today)).OrderBy(c => c.Closed is null ? 0 : 1).ThenBy(c => (Int128)c.Offer.Price.Value * 1_000_000 / c.Offer.PerUnit).Take(MostOthers);
        return new OfferView(shown.At(clock.NowMs, clock.Today), shown, shelf.Pavilion.Words, [.. others]);
    }

    /// <summary>Offers as cards, in the order asked for; those that are gone are left out.</summary>
    public async Task<List<OfferCard>> Cards(IReadOnlyCollection<(AreaCode County, long Id)> asked, CancellationToken cancel)
    {
        var own = new Dictionary<AreaCode, CountyShelf>();
        foreach (var county in asked.Select(a => a.County).Distinct()) own[county] = await Of(county, cancel);
        var (nowMs, today) = (clock.NowMs, clock.Today);
        return [.. asked.Select(a => own[a.County].Find(a.Id)).OfType<ShownOffer>().Select(o => o.At(nowMs, today))];
    }

    /// <summary>When the goods that a county has on offer are in season, by the month in which they begin.</summary>
    public async Task<(Pavilion Pavilion, List<Product> Goods)> Seasons(AreaCode county, CancellationToken cancel)
    {
        var shelf = await Of(county, cancel);
        return (shelf.Pavilion.Words, [.. shelf.Open(null).Select(shelf.Find).OfType<ShownOffer>().Select(o => o.Standing.Product).Where(p => p.SeasonFrom > 0).DistinctBy(p => p.Id).OrderBy(p => p.SeasonFrom).ThenBy(p => p.Code, StringComparer.Ordinal)]);
    }

    /// <summary>The words of a county's pavilion.</summary>
    public async Task<Pavilion> Pavilion(AreaCode county, CancellationToken cancel) => (await Of(county, cancel)).Pavilion.Words;

    /// <summary>What a county or a province has published, a page at a time: the newest first, of a province each county in its turn, so that a small one is seen; on the page what can be ordered comes first.</summary>
    /// <param name="area">County or province.</param>
    /// <param name="category">Only these goods; null: all.</param>
    /// <param name="page">1, 2, 3…; past the last: the last.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<(ShownPavilion Pavilion, List<OfferCard> Cards, int Count, IReadOnlyList<string> Categories)> Page(AreaCode area, string? category, int page, CancellationToken cancel)
    {
        List<AreaCode> within = area.Level == AreaLevel.County ? [area] : [.. (await Counties(cancel)).Keys.Where(area.Contains).Order()];
        var own = new List<CountyShelf>();
        foreach (var county in within) own.Add(await Of(county, cancel));
        var open = own.Select(s => s.Open(category)).ToList();
        var count = open.Sum(o => o.Count);
        page = Math.Clamp(page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var (nowMs, today) = (clock.NowMs, clock.Today);
        var cards = Turns(own, open).Skip((page - 1) * PageSize).Take(PageSize).Select(o => o.At(nowMs, today)).OrderBy(c => c.Closed is null ? 0 : 1).ToList();
        var pavilion = area.Level == AreaLevel.County ? own[0].Pavilion : await Read(reader => reader.ShownPavilion(area, cancel));
        return (pavilion, cards, count, [.. own.SelectMany(s => s.Categories).Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>Counties that have published something, and the pavilions of provinces that have words of their own or more than one such county; largest first.</summary>
    public async Task<List<PavilionRow>> Pavilions(CancellationToken cancel)
    {
        var counts = await Counties(cancel);
        var several = counts.Keys.GroupBy(c => c.At(AreaLevel.Province)).ToDictionary(g => g.Key, g => g.Count() > 1);
        var pavilions = await Read(reader => reader.Pavilions([.. counts.Keys, .. several.Keys], cancel));
        return [.. pavilions.Where(p => p.Written || several.GetValueOrDefault(p.Pavilion.Area, true))
            .Select(p => new PavilionRow(p.Pavilion, counts.Where(c => p.Pavilion.Area.Contains(c.Key)).Sum(c => c.Value)))
            .OrderBy(r => r.Pavilion.Area.Level).ThenByDescending(r => r.Offers)];
    }

    /// <summary>Until when a page with these offers holds if nothing changes: the next opening or closing on it, the end of the day, a minute at most.</summary>
    public long HoldsUntil(IEnumerable<OfferCard> cards)
    {
        var now = clock.NowMs;
        var midnight = new DateTimeOffset(clock.Today.AddDays(1), TimeOnly.MinValue, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds();
        return cards.SelectMany(c => new[] { c.Offer.OpensMs, c.Offer.ClosesMs }).OfType<long>().Where(at => at > now).Append(midnight).Append(now + MinuteMs).Min();
    }

    // Each shelf's first, then each shelf's second…
    private static IEnumerable<ShownOffer> Turns(List<CountyShelf> own, List<IReadOnlyList<long>> open)
    {
        for (var turn = 0; open.Any(o => o.Count > turn); turn++)
            for (var i = 0; i < own.Count; i++)
                if (turn < open[i].Count && own[i].Find(open[i][turn]) is { } shown) yield return shown;
    }

    private async Task<CountyShelf> Of(AreaCode county, CancellationToken cancel)
    {
        if (!shelves.TryGetValue(county, out var kept))
        {
            // Who tries all numbers fills no memory with them.
            if (!await Read(reader => reader.IsCounty(county, cancel))) return new CountyShelf(clock.Today, new ShownPavilion(new Pavilion { Area = county, Name = county.ToString(), NameEn = county.ToString() }, []));
            kept = shelves.GetOrAdd(county, _ => new Kept { AskedMs = clock.NowMs });
        }
        Interlocked.Exchange(ref kept.AskedMs, clock.NowMs);
        if (kept.Shelf is { } ready)
        {
            if (ready.Day == clock.Today) return ready;
            // After midnight a large county is shown as it was for the seconds that reading it takes.
            var anew = Task.Run(() => Fill(county, kept, CancellationToken.None), CancellationToken.None);
            return await Task.WhenAny(anew, Task.Delay(MostWait, cancel)) == anew ? await anew : ready;
        }
        return await Fill(county, kept, cancel);
    }

    private async Task<CountyShelf> Fill(AreaCode county, Kept kept, CancellationToken cancel)
    {
        await kept.Gate.WaitAsync(cancel);
        try
        {
            if (kept.Shelf is { } made && made.Day == clock.Today) return made;
            return kept.Shelf = await Read(async reader =>
            {
                var shelf = new CountyShelf(clock.Today, await reader.ShownPavilion(county, cancel));
                shelf.Put(null, await reader.Shown(county, null, cancel));
                return shelf;
            });
        }
        finally { kept.Gate.Release(); }
    }

    private async Task<Dictionary<AreaCode, int>> Counties(CancellationToken cancel)
    {
        if (counties is { } known && clock.NowMs - known.AtMs is >= 0 and < MinuteMs) return known.Offers;
        await counting.WaitAsync(cancel);
        try
        {
            if (counties is { } meanwhile && clock.NowMs - meanwhile.AtMs is >= 0 and < MinuteMs) return meanwhile.Offers;
            var counted = await Read(reader => reader.Counties(cancel));
            counties = (counted, clock.NowMs);
            return counted;
        }
        finally { counting.Release(); }
    }

    private Task<T> Read<T>(Func<ShopReader, Task<T>> read) => scopes.In(null, s => read(s.GetRequiredService<ShopReader>()));
}
