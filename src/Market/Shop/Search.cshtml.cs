using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Shop;

internal sealed class SearchPage(ShopReader shop, ShopSearch search) : PageModel
{
    private const int Most = 24;

    public string Query { get; private set; } = "";
    public string? County { get; private set; }
    public IReadOnlyList<OfferCard> Cards { get; private set; } = [];

    public async Task OnGetAsync(string? q, string? county, CancellationToken cancel)
    {
        Query = (q ?? "").Trim() is { Length: <= 60 } typed ? typed : q!.Trim()[..60];
        var area = AreaCode.TryParse(county, out var code) && code.Level is AreaLevel.County or AreaLevel.Province ? code : AreaCode.Country;
        County = area == AreaCode.Country ? null : county;
        if (Query.Length == 0) return;
        var hits = await search.Find(area, Query, Most, cancel);
        var cards = new List<OfferCard>();
        foreach (var group in hits.GroupBy(h => h.County)) cards.AddRange(await shop.Cards(group.Key, [.. group.Select(h => h.Id)], cancel));
        var rank = hits.Select((h, i) => (h.Id, i)).ToDictionary(h => h.Id, h => h.i);
        Cards = [.. cards.OrderBy(c => rank[c.Offer.Id])];
    }
}
