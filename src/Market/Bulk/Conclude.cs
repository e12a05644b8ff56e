using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;

namespace Shanhuo.Market.Bulk;

/// <summary>Names the day of a standing order.</summary>
internal sealed record StandingDayKey(AreaCode County, long StandingOrderId, DateOnly Day);

/// <summary>What goes into the books in the same change as an agreed order: the contract with its request, or the day of a standing order. So neither is ever there without the order.</summary>
internal sealed class Conclude(ShanhuoDb db)
{
    private readonly List<(Agreed Agreed, long OrderId)> concluded = [];

    /// <summary>Why it can no more be concluded; null: it can.</summary>
    public async Task<Refusal?> WhyNot(Agreed agreed, CancellationToken cancel)
    {
        if (agreed.Contract is { } c && !await db.QuoteRequests.AnyAsync(q => q.County == c.County && q.Id == c.QuoteId && q.State == QuoteState.Quoted && q.Versions == c.Version, cancel)) return new Refusal("bulk.replaced");
        if (agreed.Standing is { } s && !await db.StandingDays.AnyAsync(d => d.County == s.County && d.StandingOrderId == s.StandingOrderId && d.Day == s.Day && d.State == StandingDayState.Due, cancel)) return new Refusal("standing.day-over");
        return null;
    }

    /// <summary>To be concluded with this order.</summary>
    public void Add(Agreed agreed, long orderId) => concluded.Add((agreed, orderId));

    /// <summary>Concludes all; false: somebody came between, nothing holds, try again.</summary>
    public async Task<bool> Take(CancellationToken cancel)
    {
        foreach (var (agreed, orderId) in concluded)
        {
            if (agreed.Contract is { } c)
            {
                if (await db.QuoteRequests.Where(q => q.County == c.County && q.Id == c.QuoteId && q.State == QuoteState.Quoted && q.Versions == c.Version)
                    .ExecuteUpdateAsync(set => set.SetProperty(q => q.State, QuoteState.Accepted).SetProperty(q => q.AcceptedVersion, c.Version).SetProperty(q => q.OrderId, orderId).SetProperty(q => q.ContractId, c.Id), cancel) == 0) return false;
                c.OrderId = orderId;
                db.Contracts.Add(c);
            }
            if (agreed.Standing is { } s && await db.StandingDays.Where(d => d.County == s.County && d.StandingOrderId == s.StandingOrderId && d.Day == s.Day && d.State == StandingDayState.Due)
                .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, StandingDayState.Ordered).SetProperty(d => d.OrderId, orderId), cancel) == 0) return false;
        }
        return true;
    }
}
