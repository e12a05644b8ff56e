using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Api;

/// <summary>An order, and what the asker has to do with it.</summary>
/// <param name="Order">As it stood.</param>
/// <param name="IsSeller">Its goods are offers of the asker.</param>
/// <param name="IsPlacer">The asker placed it for a buyer.</param>
internal sealed record MyOrder(Order Order, bool IsSeller, bool IsPlacer);

/// <summary>Which orders a program meets: those of offers that its organisation sells, and those that it placed. All others are unknown to it, whatever their area.</summary>
internal sealed class OrderAccess(ShanhuoDb db, IServiceScopeFactory scopes)
{
    private const string Why = "whose order it is is looked at by seller and placer, not by area";

    private AreaCode County => db.Scope.County;

    private long Own => db.Scope.OrganisationId!.Value;

    /// <summary>The order with this number; null: there is none, or it is not for the asker.</summary>
    public async Task<MyOrder?> Find(string number, CancellationToken cancel)
    {
        if (number.Length > 40) return null;
        var (county, own) = (County, Own);
        if (await db.Unfiltered<Order>(Why).AsNoTracking().SingleOrDefaultAsync(o => o.County == county && (o.Channel == "api" || o.Channel == "pavilion" || o.Channel == "agent" || o.Channel == "bulk") && o.Number == number, cancel) is not { } order) return null;
        // An order has one seller. In two steps: joined, SQLite would go through all lines by their offers.
        var offerId = await db.Unfiltered<OrderLine>(Why).Where(l => l.County == county && l.OrderId == order.Id).OrderBy(l => l.Number).Select(l => l.OfferId).FirstOrDefaultAsync(cancel);
        var seller = offerId is { } known && await db.Unfiltered<Offer>(Why).AnyAsync(o => o.County == county && o.Id == known && o.SellerId == own, cancel);
        var placer = await db.ApiRequests.AnyAsync(r => r.County == county && r.RequestId == order.RequestId && r.OrganisationId == own, cancel);
        return seller || placer ? new MyOrder(order, seller, placer) : null;
    }

    /// <summary>Orders of own offers, newest first; one more than the page has.</summary>
    public async Task<List<Order>> Sold(ApiPage page, CancellationToken cancel)
    {
        var (county, own) = (County, Own);
        return await db.Unfiltered<Order>(Why).AsNoTracking().Where(o => o.County == county && o.SellerId != null && o.SellerId == own && o.Id < page.Before).OrderByDescending(o => o.Id).Take(page.Limit + 1).ToListAsync(cancel);
    }

    /// <summary>Orders that the asker placed, likewise, each with the id by which the pages go.</summary>
    public async Task<List<(Order Order, long Id)>> Placed(ApiPage page, CancellationToken cancel)
    {
        var (county, own) = (County, Own);
        return [.. (await (from request in db.ApiRequests
                           join order in db.Unfiltered<Order>(Why) on new { request.County, request.RequestId } equals new { order.County, order.RequestId }
                           where request.County == county && request.OrganisationId == own && request.Id < page.Before
                           orderby request.Id descending
                           select new { order, request.Id }).AsNoTracking().Take(page.Limit + 1).ToListAsync(cancel)).Select(o => (o.order, o.Id))];
    }

    /// <summary>Works on an order that was found to be the asker's, in its whole county: its goods lie where its lots are, not where its seller sits.</summary>
    public Task<T> In<T>(Func<IServiceProvider, Task<T>> work) => scopes.In(County, work);
}
