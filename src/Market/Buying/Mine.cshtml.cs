using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Buying;

/// <summary>An order of one's own in the list.</summary>
internal sealed record MyOrder(string Number, DateOnly PlacedDay, OrderState State, Fen Sum, string Key);

/// <summary>What a signed-in buyer ordered, from whatever county, newest first.</summary>
internal sealed class MinePage(ShanhuoDb db, Secrets secrets) : PageModel
{
    public const int PageSize = 20;
    private const string Why = "a buyer sees the own orders, whoever sold them";

    [BindProperty(SupportsGet = true)] public long? Before { get; set; }
    public IReadOnlyList<MyOrder> Rows { get; private set; } = [];
    public long? Next { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        long? me = db.Scope.AccountId;
        var mine = db.Unfiltered<Delivery>(Why).Where(d => d.BuyerAccountId == me);
        if (Before is { } before) mine = mine.Where(d => d.OrderId < before);
        var found = await mine.OrderByDescending(d => d.OrderId).Take(PageSize + 1).Select(d => new { d.County, d.OrderId }).ToListAsync(cancel);
        if (found.Count > PageSize) (Next, found) = (found[PageSize - 1].OrderId, found[..PageSize]);
        var rows = new List<(long Id, MyOrder Row)>();
        foreach (var county in found.GroupBy(f => f.County))
        {
            var (of, ids) = (county.Key, county.Select(f => f.OrderId).ToList());
            var sums = await db.Unfiltered<OrderLine>(Why).Where(l => l.County == of && EF.Parameter(ids).Contains(l.OrderId)).GroupBy(l => l.OrderId).Select(g => new { g.Key, Sum = g.Sum(l => (long)l.Goods + (long)l.Freight) }).ToDictionaryAsync(g => g.Key, g => g.Sum, cancel);
            foreach (var order in await db.Unfiltered<Order>(Why).Where(o => o.County == of && EF.Parameter(ids).Contains(o.Id)).Select(o => new { o.Id, o.Number, o.PlacedDay, o.State }).ToListAsync(cancel))
                rows.Add((order.Id, new MyOrder(order.Number, order.PlacedDay, order.State, new Fen(sums.GetValueOrDefault(order.Id)), OrderKey.Of(secrets, of, order.Id))));
        }
        Rows = [.. rows.OrderByDescending(r => r.Id).Select(r => r.Row)];
    }
}
