using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Catalogue.Search;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Shop;

/// <summary>Finds published offers by words, pinyin and with typing slips. The index of a county lies in memory; one older than a minute is made anew behind the back of those who search.</summary>
internal sealed class ShopSearch(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const long FreshMs = 60_000;
    private readonly ConcurrentDictionary<AreaCode, Kept> kept = new();

    private sealed class Kept
    {
        public SearchIndex? Index;
        public IReadOnlyDictionary<long, AreaCode> Counties = new Dictionary<long, AreaCode>();
        public long MadeMs;
        public readonly SemaphoreSlim Gate = new(1, 1);
    }

    /// <summary>Offers of a county, a province or the nation that fit, the best first.</summary>
    /// <param name="area">County, province or <see cref="AreaCode.Country"/>.</param>
    /// <param name="query">As typed.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<IReadOnlyList<(AreaCode County, long Id)>> Find(AreaCode area, string query, int count, CancellationToken cancel)
    {
        var mine = kept.GetOrAdd(area, _ => new Kept());
        if (mine.Index is null) await Make(area, mine, cancel);
        else if (clock.NowMs - mine.MadeMs > FreshMs && mine.Gate.CurrentCount > 0) _ = Task.Run(() => Make(area, mine, CancellationToken.None), CancellationToken.None);
        var (index, counties) = (mine.Index!, mine.Counties);
        return [.. index.Find(query, count).Where(h => counties.ContainsKey(h.Id)).Select(h => (counties[h.Id], h.Id))];
    }

    private async Task Make(AreaCode area, Kept mine, CancellationToken cancel)
    {
        await mine.Gate.WaitAsync(cancel);
        try
        {
            if (mine.Index is not null && clock.NowMs - mine.MadeMs <= FreshMs) return;
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
            var db = scope.ServiceProvider.GetRequiredService<ShanhuoDb>();
            var (first, last) = (area, area.Last);
            var products = db.Products;
            var organisations = db.OrganisationFacts;
            var rows = await (from offer in db.Offers
                              join product in products on offer.ProductId equals product.Id
                              join seller in organisations on offer.SellerId equals seller.Id
                              where offer.State == OfferState.Open && offer.County >= first && offer.County <= last
                              select new { offer.Id, offer.County, offer.Title, offer.TitleEn, product.Name, product.NameEn, product.Brand, Seller = seller.Name }).TagWith("whole: the index of the shop window holds all that is published").AsNoTracking().ToListAsync(cancel);
            // Who tries all numbers fills no memory with them.
            if (rows.Count == 0) kept.TryRemove(area, out _);
            mine.Counties = rows.ToDictionary(r => r.Id, r => r.County);
            mine.Index = new SearchIndex(rows.Select(r => new SearchEntry(r.Id, [r.Title, r.Name, r.Brand, r.Seller], [r.TitleEn, r.NameEn])));
            mine.MadeMs = clock.NowMs;
        }
        finally { mine.Gate.Release(); }
    }
}
