using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Shipping;

/// <summary>An order leaves with its parcel; one that has left can have its number put right.</summary>
internal sealed class ShipOrderHandler(ShanhuoDb db, PackingBook book, MoveOrderHandler move)
{
    /// <summary>Ships it.</summary>
    /// <param name="orderId">One of this person's.</param>
    /// <param name="carrier">1 to 30 characters; may be empty where it goes to a station with our own car.</param>
    /// <param name="waybill">6 to 40 letters, digits and hyphens; likewise.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Refusal?> Handle(long orderId, string? carrier, string? waybill, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (!await book.Mine.AnyAsync(o => o.Id == orderId, cancel) || await db.Unfiltered<Delivery>("who packs an order carries it to its buyer").AsNoTracking().SingleOrDefaultAsync(d => d.County == county && d.OrderId == orderId, cancel) is not { } delivery) return new Refusal("market.order-unknown");
        if (!Parcel(carrier, waybill, delivery.Mode).Ok(out var parcel, out var no)) return no;
        return (await move.Handle(orderId, OrderStep.Ship, cancel, parcel)).Refused;
    }

    /// <summary>Reads what was typed or stood in a file.</summary>
    public static Outcome<Parcel> Parcel(string? carrier, string? waybill, DeliveryMode mode)
    {
        var (by, number) = ((carrier ?? "").Trim(), Numerals.Narrow(waybill ?? "").Trim().ToUpperInvariant());
        if (mode == DeliveryMode.Pickup && number.Length == 0) return by.Length <= 30 ? new Parcel(by, "") : new Refusal("ship.carrier", Place.Input("Carrier"));
        if (by.Length is 0 or > 30) return new Refusal("ship.carrier", Place.Input("Carrier"));
        return number.Length is >= 6 and <= 40 && number.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? new Parcel(by, number) : new Refusal("ship.waybill", Place.Input("Waybill"), number);
    }
}
