using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Shop;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Api;

/// <summary>Orders and their payments.</summary>
internal static class OrderCalls
{
    public static async Task<IResult> Place(HttpContext http, ShanhuoDb db, OnceOnly once, CheckoutQueue queue, PaymentDesk desk, OrderAccess access, CancellationToken cancel)
    {
        if (!(await ApiJson.Read<OrderAsked>(http.Request, cancel)).Ok(out var asked, out var no)) return ApiProblem.Refuse(http, no);
        var (body, county) = (asked.Body, db.Scope.County);
        if (!(await OfferCalls.Wishes(db, body.Items, cancel)).Ok(out var wishes, out no) || !(await To(db, body.To, await OfferCalls.AreVisits(db, wishes, cancel), cancel)).Ok(out var to, out no)) return ApiProblem.Refuse(http, no);
        if (!desk.Methods.Contains(body.Method)) return ApiProblem.Refuse(http, new Refusal("market.pay-none", Kernel.Place.Input("method"), body.Method));
        if (!(await once.RequestId(http.Request, asked.Bytes, cancel)).Ok(out var requestId, out no)) return ApiProblem.Refuse(http, no);
        var order = new WebOrder(requestId, county, "api", wishes, to, body.Method, body.ShownFen is { } fen ? new Fen(fen) : null, StationId: db.Scope.Role == Role.Station ? db.Scope.OrganisationId : null);
        if (!(await queue.Place(order, cancel)).Ok(out var placed, out no)) return ApiProblem.Refuse(http, no);
        http.Response.Headers.Location = "/api/v1/orders/" + placed.Number;
        return ApiJson.Ok(await Tell((await access.Find(placed.Number, cancel))!, access, cancel), StatusCodes.Status201Created);
    }

    public static async Task<IResult> Page(string? role, string? cursor, string? limit, HttpContext http, OrderAccess access, CancellationToken cancel)
    {
        if (!ApiPage.Read(cursor, limit).Ok(out var page, out var no)) return ApiProblem.Refuse(http, no);
        if (role is not (null or "seller" or "placer")) return ApiProblem.Refuse(http, new Refusal("api.role", Kernel.Place.Input("role")));
        var rows = role == "placer" ? await access.Placed(page, cancel) : [.. (await access.Sold(page, cancel)).Select(o => (Order: o, o.Id))];
        var next = page.Cut(rows, r => r.Id);
        return ApiJson.Ok(new OrderPageAnswer([.. rows.Select(r => new OrderRowAnswer(r.Order.Number, Word(r.Order.State), r.Order.PlacedDay))], next));
    }

    public static async Task<IResult> One(string number, HttpContext http, OrderAccess access, CancellationToken cancel) =>
        await access.Find(number, cancel) is { } mine ? ApiJson.Ok(await Tell(mine, access, cancel)) : ApiProblem.Refuse(http, new Refusal("api.unknown"));

    public static async Task<IResult> Payment(string number, HttpContext http, OrderAccess access, Secrets secrets, PaymentAddresses addresses, CancellationToken cancel)
    {
        if (await access.Find(number, cancel) is not { } mine) return ApiProblem.Refuse(http, new Refusal("api.unknown"));
        var (county, id) = (mine.Order.County, mine.Order.Id);
        var payments = await access.In(s => s.GetRequiredService<ShanhuoDb>().Payments.AsNoTracking().Where(p => p.County == county && p.OrderId == id).OrderBy(p => p.Id).ToListAsync(cancel));
        return ApiJson.Ok(new PaymentsAnswer(
            [.. payments.Select(p => new PaymentAnswer(p.Number, Word(p.Part), p.Method, p.Amount.Value, Word(p.State), ApiJson.Instant(p.PayUntilMs), ApiJson.Instant(p.PaidMs)))],
            mine.IsPlacer ? $"{addresses.Base}/shop/order/{OrderKey.Of(secrets, county, id)}" : null));
    }

    public static async Task<IResult> Received(string number, HttpContext http, OrderAccess access, CancellationToken cancel)
    {
        if (await access.Find(number, cancel) is not { } mine) return ApiProblem.Refuse(http, new Refusal("api.unknown"));
        // Receipt makes the money due: it is the buyer's word, which only the program that serves the buyer can bring.
        if (!mine.IsPlacer) return ApiProblem.Refuse(http, new Refusal("api.not-buyer"));
        if ((await access.In(s => s.GetRequiredService<MoveOrderHandler>().Handle(mine.Order.Id, OrderStep.Receive, cancel))).Refused is { } no) return ApiProblem.Refuse(http, no);
        return ApiJson.Ok(await Tell((await access.Find(number, cancel))!, access, cancel));
    }

    /// <summary>A state as it is written.</summary>
    public static string Word<T>(T state) where T : struct, Enum => state.ToString().ToLowerInvariant();

    private static async Task<OrderAnswer> Tell(MyOrder mine, OrderAccess access, CancellationToken cancel)
    {
        var order = mine.Order;
        var lines = await access.In(s => s.GetRequiredService<ShanhuoDb>().LinesOf(order, cancel));
        var codes = await access.In(async s =>
        {
            var products = lines.Select(l => l.Line.ProductId).Distinct().ToList();
            return await s.GetRequiredService<ShanhuoDb>().Products.Where(p => EF.Parameter(products).Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Code, cancel);
        });
        return new OrderAnswer(order.Number, Word(order.State), mine.IsSeller, mine.IsPlacer, order.PlacedDay, order.ShippedDay, order.DeliveredDay, order.ReceivedDay, lines.Sum(l => l.Line.Goods.Value + l.Line.Freight.Value),
            [.. lines.Select(l => new LineAnswer(l.Line.Number, codes.GetValueOrDefault(l.Line.ProductId, ""), l.Lot, l.Line.Grams + l.Line.Pieces, OfferCalls.Measure(l.ByPiece), l.Line.Goods.Value, l.Line.Freight.Value, l.Refunded.Value))]);
    }

    private static async Task<Outcome<Recipient>> To(ShanhuoDb db, RecipientAsked to, bool visits, CancellationToken cancel)
    {
        long? station = null;
        var (county, last) = (db.Scope.County, db.Scope.County.Last);
        if (to.Station is { } code)
        {
            station = await db.OrganisationFacts.Where(o => o.Code == code && o.Area >= county && o.Area <= last && (o.Kind == OrganisationKind.Centre || o.Kind == OrganisationKind.TownshipStation || o.Kind == OrganisationKind.VillageStation)).Select(o => (long?)o.Id).SingleOrDefaultAsync(cancel);
            if (station is null) return new Refusal("checkout.pickup-unknown", Kernel.Place.Input("to.station"));
        }
        var outcome = new CheckoutForm { Name = to.Name, Phone = to.Phone, Province = to.Province, Address = to.Address, PickupId = station }.ToRecipient(county.ToString()[..6], visits);
        return outcome.Refused is { } no ? no with { Where = Kernel.Place.Input("to." + no.Where.Column!.ToLower(CultureInfo.InvariantCulture)) } : outcome;
    }
}
