using Shanhuo.Kernel;

namespace Shanhuo.Market.Agreements;

/// <summary>Goods delivered under an agreement.</summary>
/// <param name="IntakeId">The intake.</param>
/// <param name="Day">Its day.</param>
/// <param name="Quantity">Grams or pieces.</param>
/// <param name="Grade">Grade.</param>
/// <param name="Price">What was agreed at the scale.</param>
internal readonly record struct Delivered(long IntakeId, DateOnly Day, long Quantity, string Grade, Fen Price);

/// <summary>A day by which less had come than was planned.</summary>
/// <param name="Day">Of the plan.</param>
/// <param name="Due">All that was due until then.</param>
/// <param name="Came">All that had come until then.</param>
internal readonly record struct ShortDelivery(DateOnly Day, long Due, long Came);

/// <summary>Goods paid below the guaranteed price.</summary>
/// <param name="Delivery">What was delivered.</param>
/// <param name="Agreed">The guaranteed price.</param>
internal readonly record struct Underpaid(Delivered Delivery, Fen Agreed);

/// <summary>Where an agreement stands: what came, and what was broken. Pure.</summary>
internal static class AgreementProgress
{
    /// <summary>Days of the plan before <paramref name="today"/> by which less had come than was due, counted from the beginning; what comes late ends the breach only for later days.</summary>
    public static IEnumerable<ShortDelivery> Short(IEnumerable<(DateOnly Day, long Quantity)> plan, IReadOnlyCollection<Delivered> deliveries, DateOnly today)
    {
        var due = 0L;
        foreach (var (day, quantity) in plan.OrderBy(p => p.Day).TakeWhile(p => p.Day < today))
        {
            due = checked(due + quantity);
            var came = deliveries.Where(d => d.Day <= day).Sum(d => d.Quantity);
            if (came < due) yield return new ShortDelivery(day, due, came);
        }
    }

    /// <summary>Deliveries whose price was below that of their grade.</summary>
    public static IEnumerable<Underpaid> Under(IReadOnlyDictionary<string, Fen> prices, IEnumerable<Delivered> deliveries) =>
        from delivery in deliveries where prices.TryGetValue(delivery.Grade, out var agreed) && delivery.Price < agreed select new Underpaid(delivery, prices[delivery.Grade]);
}
