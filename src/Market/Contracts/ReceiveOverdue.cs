using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Contracts;

/// <summary>Takes delivered orders as received when their buyers have said nothing for the days of their channel, so that a silent buyer holds up nobody's money.</summary>
public sealed class ReceiveOverdue(IServiceScopeFactory scopes)
{
    /// <summary>Of one county, one order a transaction; may run in several processes at once.</summary>
    /// <param name="county">County.</param>
    /// <param name="cancel">Stops between orders.</param>
    /// <returns>How many.</returns>
    public Task<int> Handle(AreaCode county, CancellationToken cancel) => scopes.In(county, s => s.GetRequiredService<OverdueOrdersHandler>().Handle(county, cancel));
}
