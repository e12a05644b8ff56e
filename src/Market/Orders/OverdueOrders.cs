using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;
using Shanhuo.Market.Channels;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Orders;

/// <summary>Orders that the carrier has delivered and that nobody confirmed within the days of their channel: they are taken as received.</summary>
internal sealed class OverdueOrdersHandler(ShanhuoDb db, TimeProvider clock, ChannelBook channels, MoveOrderHandler move, ILogger<OverdueOrdersHandler> log)
{
    /// <summary>How many there are.</summary>
    public async Task<int> Count(AreaCode county, CancellationToken cancel)
    {
        var sum = 0;
        foreach (var (channel, last) in await Deadlines(county, cancel)) sum += await Overdue(county, channel, last).CountAsync(cancel);
        return sum;
    }

    /// <summary>Takes them as received, one order a transaction.</summary>
    /// <returns>How many; one that is refused stays in the list.</returns>
    public async Task<int> Handle(AreaCode county, CancellationToken cancel)
    {
        var done = 0;
        foreach (var (channel, last) in await Deadlines(county, cancel))
            foreach (var id in await Overdue(county, channel, last).OrderBy(o => o.Id).Select(o => o.Id).ToListAsync(cancel))
            {
                cancel.ThrowIfCancellationRequested();
                db.ChangeTracker.Clear();
                try
                {
                    if ((await move.Handle(id, OrderStep.Receive, cancel)).Refused is null) done++;
                }
                catch (Exception e) when (!cancel.IsCancellationRequested)
                {
                    // One that cannot be settled keeps no other waiting.
                    log.LogError(e, "Order {Order} is overdue and could not be taken as received; it stays in the list.", id);
                }
            }
        return done;
    }

    private async Task<List<(string Channel, DateOnly Last)>> Deadlines(AreaCode county, CancellationToken cancel) =>
        [.. (await channels.DueDays(county, cancel)).Select(c => (c.Key, clock.Today.AddDays(-c.Value)))];

    private IQueryable<Order> Overdue(AreaCode county, string channel, DateOnly last) =>
        db.Orders.Where(o => o.County == county && o.Channel == channel && o.State == OrderState.Shipped && o.DeliveredDay <= last);
}
