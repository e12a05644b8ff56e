using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Sense;

/// <summary>A product as a household hears of it.</summary>
/// <param name="Product">The product.</param>
/// <param name="Board">The board's price of the best grade that has one.</param>
/// <param name="Sold">What buyers last paid in its township; null: too few households.</param>
/// <param name="Crowd">Is there room for one more?</param>
internal sealed record NeighbourRow(Product Product, Fen? Board, TownshipPrice? Sold, Crowd Crowd);

internal sealed class NeighboursPage(ShanhuoDb db, MarketSense sense, TimeProvider clock) : PageModel
{
    public IReadOnlyList<NeighbourRow> Rows { get; private set; } = [];
    public WeightUnit Unit => HttpContext.Weight();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var products = (await db.Board(db.Scope.County, clock.Today, null, cancel)).GroupBy(l => l.Product).ToList();
        var sold = await sense.Neighbours(db.Scope.Area, cancel);
        var crowds = await sense.Crowds(db.Scope.County, [.. products.Select(p => p.Key.Id)], cancel);
        Rows = [.. products.Select(p => new NeighbourRow(p.Key, p.FirstOrDefault(l => l.Price is not null)?.Price, sold.TryGetValue(p.Key.Id, out var price) ? price : null, crowds[p.Key.Id]))];
    }
}
