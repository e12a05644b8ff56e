using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Shanhuo.Market.Shop;

internal sealed class IndexPage(ShopWindow shop) : PageModel
{
    public IReadOnlyList<PavilionRow> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) => Rows = await shop.Pavilions(cancel);
}
