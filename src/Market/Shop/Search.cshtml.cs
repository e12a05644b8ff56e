using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Shop;

internal sealed class SearchPage(ShopWindow shop, ShopSearch search) : PageModel
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
        Cards = await shop.Cards(await search.Find(area, Query, Most, cancel), cancel);
    }
}
