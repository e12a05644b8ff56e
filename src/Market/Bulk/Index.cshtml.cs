using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Bulk;

internal sealed class IndexPage(ShanhuoDb db, QuoteBook book) : PageModel
{
    [BindProperty(SupportsGet = true)] public QuoteState State { get; set; }
    public IReadOnlyList<QuoteRequest> Rows { get; private set; } = [];
    public Dictionary<long, Product> Products { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (!Enum.IsDefined(State)) State = QuoteState.Asked;
        Rows = await book.List(State, cancel);
        var productIds = Rows.Select(r => r.ProductId).Distinct().ToList();
        Products = await db.Products.AsNoTracking().Where(p => productIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancel);
    }
}
