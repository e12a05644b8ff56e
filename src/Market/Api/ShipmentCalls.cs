using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Shipping;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Api;

/// <summary>Where the goods of an order are. Whoever placed it reads; only its seller writes, and only its seller learns the address.</summary>
internal static class ShipmentCalls
{
    public static async Task<IResult> Read(string number, HttpContext http, ShanhuoDb db, OrderAccess access, Secrets secrets, Ids ids, TimeProvider clock, CancellationToken cancel)
    {
        if (await access.Find(number, cancel) is not { } mine || await Delivery(mine, access, cancel) is not { } found) return ApiProblem.Refuse(http, new Refusal("api.unknown"));
        var (delivery, station) = found;
        ShipToAnswer? to = null;
        var key = (ApiKey)http.Items[typeof(ApiKey)]!;
        if (mine.IsSeller && key.Rights.HasFlag(ApiRights.Shipments) && mine.Order.State is OrderState.Placed or OrderState.Shipped)
        {
            var id = mine.Order.Id;
            to = new ShipToAnswer(secrets.Reveal(delivery.NameHidden, Buying.Delivery.Binding("name", id)), secrets.Reveal(delivery.PhoneHidden, Buying.Delivery.Binding("phone", id)), delivery.Zone, secrets.Reveal(delivery.AddressHidden, Buying.Delivery.Binding("address", id)));
            db.Record(ids, clock, "reveal", "buyer-address", 0, reason: $"{mine.Order.Number}, {key.Name} …{key.Tail}");
            await db.SaveChangesAsync(cancel);
        }
        return ApiJson.Ok(new ShipmentAnswer(OrderCalls.Word(mine.Order.State), delivery.Carrier, delivery.Waybill, delivery.PromisedDay, station, to));
    }

    public static async Task<IResult> Write(string number, HttpContext http, OrderAccess access, CancellationToken cancel)
    {
        if (!(await ApiJson.Read<ShipmentAsked>(http.Request, cancel)).Ok(out var asked, out var no)) return ApiProblem.Refuse(http, no);
        if (await access.Find(number, cancel) is not { } mine) return ApiProblem.Refuse(http, new Refusal("api.unknown"));
        if (!mine.IsSeller) return ApiProblem.Refuse(http, new Refusal("api.not-seller"));
        var (carrier, waybill, delivered) = asked.Body;
        if (await access.In(s => Ship(s, mine.Order, carrier, waybill, delivered, cancel)) is { } refused) return ApiProblem.Refuse(http, refused);
        var (order, (delivery, station)) = ((await access.Find(number, cancel))!.Order, (await Delivery(mine, access, cancel))!.Value);
        return ApiJson.Ok(new ShipmentAnswer(OrderCalls.Word(order.State), delivery.Carrier, delivery.Waybill, delivery.PromisedDay, station, null));
    }

    private static async Task<Refusal?> Ship(IServiceProvider services, Order order, string? carrier, string? waybill, bool delivered, CancellationToken cancel)
    {
        var db = services.GetRequiredService<ShanhuoDb>();
        var delivery = await db.Deliveries.AsNoTracking().SingleAsync(d => d.County == order.County && d.OrderId == order.Id, cancel);
        if (!ShipOrderHandler.Parcel(carrier ?? delivery.Carrier, waybill ?? delivery.Waybill, delivery.Mode).Ok(out var parcel, out var no)) return no with { Where = Place.Input(no.Where.Column!.ToLowerInvariant()) };
        var move = services.GetRequiredService<MoveOrderHandler>();
        if ((await move.Handle(order.Id, OrderStep.Ship, cancel, parcel)).Refused is { } stays) return stays;
        return delivered ? (await move.Handle(order.Id, OrderStep.Deliver, cancel)).Refused : null;
    }

    private static Task<(Delivery Delivery, string? Station)?> Delivery(MyOrder mine, OrderAccess access, CancellationToken cancel) => access.In<(Delivery, string?)?>(async s =>
    {
        var db = s.GetRequiredService<ShanhuoDb>();
        var (county, id) = (mine.Order.County, mine.Order.Id);
        if (await db.Deliveries.AsNoTracking().SingleOrDefaultAsync(d => d.County == county && d.OrderId == id, cancel) is not { } delivery) return null;
        var station = delivery.PickupId is { } place ? await db.OrganisationFacts.Where(o => o.Id == place).Select(o => o.Code).SingleOrDefaultAsync(cancel) : null;
        return (delivery, station);
    });
}
