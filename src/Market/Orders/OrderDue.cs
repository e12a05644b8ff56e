using Shanhuo.Kernel;

namespace Shanhuo.Market.Orders;

/// <summary>When lines become due: received, or wholly refunded after shipping, and nothing of the order waits.</summary>
internal static class OrderDue
{
    /// <summary>Marks the lines that are due and were not.</summary>
    /// <param name="order">The order.</param>
    /// <param name="lines">All its lines.</param>
    /// <param name="returnDays">Days of return of each product.</param>
    /// <param name="refunded">What was claimed back on each line so far; a line without claims may be absent.</param>
    /// <param name="day">Business day on which they are settled.</param>
    /// <returns>Is any line newly due?</returns>
    public static bool Mark(Order order, IEnumerable<OrderLine> lines, Func<long, int> returnDays, IReadOnlyDictionary<long, Fen> refunded, DateOnly day)
    {
        if (order.IsWaiting || order.SchemeVersionId is null || order.State is Contracts.OrderState.Placed or Contracts.OrderState.Cancelled or Contracts.OrderState.Unpaid) return false;
        var any = false;
        foreach (var line in lines.Where(l => l.DueDay is null && l.LotId is not null))
        {
            var over = refunded.GetValueOrDefault(line.Id) >= line.Goods + line.Freight && line.Goods + line.Freight > Fen.Zero;
            if (order.State != Contracts.OrderState.Received && !over) continue;
            line.DueDay = day;
            line.ReturnUntil = over ? day : (order.ReceivedDay ?? day).AddDays(returnDays(line.ProductId));
            any = true;
        }
        return any;
    }
}
