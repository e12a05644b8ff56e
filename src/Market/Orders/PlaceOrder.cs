using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Orders;

/// <summary>A line of an order by hand.</summary>
/// <param name="ProductId">Product.</param>
/// <param name="Grade">Only this grade; null: any. Not asked where a lot is named.</param>
/// <param name="LotId">This lot; null: first expired, first out.</param>
/// <param name="Quantity">Grams, or pieces for goods by the piece.</param>
/// <param name="Price">Per kilogram or piece.</param>
/// <param name="Packaging">Recorded cost.</param>
/// <param name="Processing">Recorded cost.</param>
/// <param name="Commission">Recorded cost.</param>
/// <param name="Promotion">Recorded cost.</param>
internal sealed record PlaceLine(long ProductId, string? Grade, long? LotId, long Quantity, Fen Price, Fen Packaging = default, Fen Processing = default, Fen Commission = default, Fen Promotion = default);

/// <summary>An order by hand: a walk-in at the counter, or a bulk buyer.</summary>
/// <param name="RequestId">Once.</param>
/// <param name="Channel"><c>shop</c> or <c>bulk</c>.</param>
/// <param name="Buyer">Name for the slip; may be empty at the counter.</param>
/// <param name="Campaign">Code, or null.</param>
/// <param name="Freight">Paid by the buyer for the whole order.</param>
/// <param name="Parcels">1 to 1000.</param>
/// <param name="AtCounter">Handed over at once.</param>
/// <param name="Lines">At least one.</param>
internal sealed record PlaceOrder(Guid RequestId, string Channel, string Buyer, string? Campaign, Fen Freight, int Parcels, bool AtCounter, IReadOnlyList<PlaceLine> Lines)
{
    /// <summary>The goods had left before it was told: also those of a lot that was recalled since, whose recall then finds this order.</summary>
    public bool HasLeft { get; init; }
}

/// <summary>Takes the goods, freezes the scheme, and where they were handed over at once lets the order be settled in the same change.</summary>
internal sealed class PlaceOrderHandler(ShanhuoDb db, Ids ids, TimeProvider clock, Events events, OrderLots lots)
{
    /// <summary>The channels on which orders are written by hand.</summary>
    public static IReadOnlyList<string> Channels { get; } = ["shop", "bulk"];

    public async Task<Outcome<Order>> Handle(PlaceOrder request, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await Placed(county, request.RequestId, cancel) is { } placed) return placed;
        if (Check(request) is { } wrong) return wrong;
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        try
        {
            var outcome = await Place(county, request, cancel);
            if (outcome.Refused is null)
            {
                await change.CommitAsync(cancel);
                return outcome;
            }
            await change.RollbackAsync(cancel);
            db.ChangeTracker.Clear();
            // The same request, sent at the same moment, may have taken the goods that this one misses.
            return await Placed(county, request.RequestId, cancel) is { } same ? same : outcome;
        }
        catch (DbUpdateException)
        {
            // The same request came from a second click: its order is the answer to both.
            await change.RollbackAsync(cancel);
            db.ChangeTracker.Clear();
            if (await Placed(county, request.RequestId, cancel) is { } first) return first;
            throw;
        }
    }

    private static Refusal? Check(PlaceOrder request)
    {
        if (!Channels.Contains(request.Channel)) return new Refusal("market.order-channel", Field("Channel"), request.Channel);
        if (request.Channel == "bulk" && request.Buyer.Length == 0) return new Refusal("market.order-buyer", Field("Buyer"));
        if (request.Buyer.Length > 80) return new Refusal("market.order-long", Field("Buyer"), 80);
        if (request.Campaign?.Length > 40) return new Refusal("market.order-long", Field("Campaign"), 40);
        if (request.Freight < Fen.Zero) return new Refusal("market.order-money", Field("Freight"), request.Freight);
        if (request.Parcels is < 1 or > 1000) return new Refusal("market.order-parcels", Field("Parcels"), request.Parcels);
        if (request.Lines.Count is 0 or > 50) return new Refusal("market.order-empty", Field("Lines[0].ProductId"));
        for (var i = 0; i < request.Lines.Count; i++)
        {
            var line = request.Lines[i];
            if (line.Quantity is <= 0 or > 1_000_000_000) return new Refusal("market.order-quantity", Field($"Lines[{i}].Quantity"));
            if (line.Price < Fen.Zero || line.Price.Value > 100_000_000) return new Refusal("market.order-money", Field($"Lines[{i}].Price"), line.Price);
            foreach (var (name, cost) in new[] { ("Packaging", line.Packaging), ("Processing", line.Processing), ("Commission", line.Commission), ("Promotion", line.Promotion) })
                if (cost < Fen.Zero) return new Refusal("market.order-money", Field($"Lines[{i}].{name}"), cost);
        }
        return null;
    }

    private static Place Field(string field) => Kernel.Place.Input(field);

    private async Task<Outcome<Order>> Place(AreaCode county, PlaceOrder request, CancellationToken cancel)
    {
        var day = clock.Today;
        var id = ids.Next();
        var order = new Order
        {
            Id = id, County = county, RequestId = request.RequestId, Area = db.Scope.Area, Channel = request.Channel, Number = $"{(request.Channel == "bulk" ? 'B' : 'S')}{day:yyMMdd}-{id % 100_000_000:00000000}",
            StationId = await OwnStation(cancel), Campaign = request.Campaign is { Length: > 0 } campaign ? campaign : null, Buyer = request.Buyer, PlacedDay = day, Parcels = request.Parcels,
        };
        if (request.AtCounter) (order.State, order.ShippedDay, order.ReceivedDay) = (OrderState.Received, day, day);
        db.Orders.Add(order);
        var lines = new List<OrderLine>();
        var returns = new Dictionary<long, int>();
        foreach (var wish in request.Lines)
        {
            var at = lines.Count;
            if (await lots.Product(wish.ProductId, cancel) is not { } product || product.County != county) return new Refusal("market.order-product", Field($"Lines[{at}].ProductId"));
            returns[product.Id] = product.ReturnDays;
            var goods = Rounding.HalfEven((Int128)wish.Quantity * wish.Price.Value, product.ByPiece ? 1 : 1000);
            lines.Add(new OrderLine
            {
                Id = ids.Next(), County = county, OrderId = order.Id, Number = at + 1, ProductId = product.Id, Grams = product.ByPiece ? 0 : wish.Quantity, Pieces = product.ByPiece ? wish.Quantity : 0, Units = product.ByPiece ? wish.Quantity : 1,
                Goods = new Fen(goods), Freight = Fen.Zero, Packaging = wish.Packaging, Processing = wish.Processing, Commission = wish.Commission, Promotion = wish.Promotion,
            });
        }
        ShareFreight(request.Freight, lines);
        db.OrderLines.AddRange(lines);
        for (var i = 0; i < request.Lines.Count; i++)
            if (await Serve(order, lines[i], request.Lines[i], lines, i, day, request.HasLeft, cancel) is { } no) return Refused(no);
        var due = OrderDue.Mark(order, lines, p => returns[p], new Dictionary<long, Fen>(), day);
        await db.SaveChangesAsync(cancel);
        if (due && await events.Raise(new LinesDue(county, [order.Id]), cancel) is { } unsettled) return Refused(unsettled);
        await db.SaveChangesAsync(cancel);
        return order;
    }

    private async Task<Refusal?> Serve(Order order, OrderLine line, PlaceLine wish, List<OrderLine> lines, int at, DateOnly day, bool hasLeft, CancellationToken cancel)
    {
        IReadOnlyList<LotPart> parts;
        if (wish.LotId is { } lotId)
        {
            if (!await db.LotsToSell.AnyAsync(l => l.County == order.County && l.Id == lotId && l.ProductId == wish.ProductId, cancel)) return new Refusal("market.lot-unknown", Field($"Lines[{at}].LotId"), lotId);
            parts = [new LotPart(lotId, wish.Quantity)];
        }
        else
        {
            var found = await LotStock.FirstExpired(db, order.County, wish.ProductId, wish.Quantity, day, cancel, wish.Grade, sellerId: db.Scope.Role == Role.Cooperative ? db.Scope.OrganisationId : null);
            if (found.Missing > 0)
            {
                var product = await lots.Product(wish.ProductId, cancel);
                return new Refusal("market.order-short", Field($"Lines[{at}].Quantity"), product!.Name, product.ByPiece ? found.Missing : new Grams(found.Missing).ToKilograms() + " kg");
            }
            parts = found.Parts;
        }
        var no = await lots.Freeze(order, parts[0].LotId, day, cancel) ?? await lots.Take(order, line, parts, lines, day, cancel, hasLeft);
        return no?.Where.Column switch
        {
            "Lot" => no with { Where = Field($"Lines[{at}].LotId") },
            "Quantity" => no with { Where = Field($"Lines[{at}].Quantity") },
            _ => no,
        };
    }

    /// <summary>The order's freight over its lines by goods, by equal weights where all goods are nothing.</summary>
    internal static void ShareFreight(Fen freight, List<OrderLine> lines)
    {
        var weights = lines.Select(l => l.Goods.Value).ToArray();
        if (weights.All(w => w == 0)) Array.Fill(weights, 1);
        var parts = Webster.Apportion(freight, weights);
        for (var i = 0; i < lines.Count; i++) lines[i].Freight = parts[i];
    }

    private Refusal Refused(Refusal no)
    {
        db.ChangeTracker.Clear();
        return no;
    }

    private Task<Order?> Placed(AreaCode county, Guid request, CancellationToken cancel) => db.Orders.SingleOrDefaultAsync(o => o.County == county && o.RequestId == request, cancel);

    /// <summary>The station for which this person works, if it is one.</summary>
    private async Task<long?> OwnStation(CancellationToken cancel) =>
        db.Scope.OrganisationId is { } own && await db.OrganisationFacts.AnyAsync(o => o.Id == own && (o.Kind == OrganisationKind.Centre || o.Kind == OrganisationKind.TownshipStation || o.Kind == OrganisationKind.VillageStation), cancel) ? own : null;
}
