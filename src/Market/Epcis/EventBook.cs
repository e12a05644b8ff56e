using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shanhuo.Kernel;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Epcis;

/// <summary>A lot and how it is counted.</summary>
internal readonly record struct LotOf(Lot Lot, bool ByPiece);

/// <summary>From which kind of record an event is told; stored with the ids that were given out.</summary>
internal enum OwnKind
{
    /// <summary>A move of a lot.</summary>
    Move,

    /// <summary>An order that left.</summary>
    Order,
}

/// <summary>An event of our own.</summary>
/// <param name="Kind">Kind of its record.</param>
/// <param name="Row">Its record.</param>
/// <param name="Body">In JSON, with its id.</param>
internal sealed record OwnEvent(OwnKind Kind, long Row, JsonObject Body)
{
    /// <summary>Its id: the hash of its content.</summary>
    public string EventId => (string)Body["eventID"]!;

    /// <summary>Says that another did not happen?</summary>
    public bool DeclaresError => Body.ContainsKey("errorDeclaration");
}

/// <summary>Which event each of our records makes: its type, step and disposition in the words of the Core Business Vocabulary 2.0. Pure.</summary>
internal static class EventBook
{
    /// <summary>What a household handed in, commissioned into its lot.</summary>
    public static OwnEvent Intake(TraceNames names, LotMove move, LotOf lot, Intake intake) => Own(names, OwnKind.Move, move.Id, intake.ApprovedMs ?? intake.ReceivedMs, new()
    {
        ["type"] = "ObjectEvent", ["action"] = "ADD", ["bizStep"] = "commissioning", ["disposition"] = "active",
        ["quantityList"] = Goods(names, (lot, move.Quantity)),
        ["readPoint"] = Id(names.Place(intake.StationId)), ["bizLocation"] = Id(names.Place(intake.StationId)),
        ["sourceList"] = new JsonArray(new JsonObject { ["type"] = "possessing_party", ["source"] = names.Farm(move.LotId, intake.HouseholdId) }),
    });

    /// <summary>A lot that was made from others.</summary>
    /// <param name="names">How things are named.</param>
    /// <param name="move">Its first move.</param>
    /// <param name="lot">The new lot.</param>
    /// <param name="from">What was used of each source.</param>
    public static OwnEvent Making(TraceNames names, LotMove move, LotOf lot, (LotOf, long)[] from) => Own(names, OwnKind.Move, move.Id, Time(move), new()
    {
        ["type"] = "TransformationEvent", ["bizStep"] = "commissioning", ["disposition"] = "active",
        ["inputQuantityList"] = Goods(names, from), ["outputQuantityList"] = Goods(names, (lot, lot.Lot.TakenIn)),
        ["readPoint"] = Id(names.Place(lot.Lot.PlaceId)), ["bizLocation"] = Id(names.Place(lot.Lot.PlaceId)),
    });

    /// <summary>What was taken from a lot for an order.</summary>
    public static OwnEvent Picking(TraceNames names, LotMove move, LotOf lot, Order order) => Own(names, OwnKind.Move, move.Id, Time(move), new()
    {
        ["type"] = "ObjectEvent", ["action"] = "OBSERVE", ["bizStep"] = "picking", ["disposition"] = "in_progress",
        ["quantityList"] = Goods(names, (lot, -move.Quantity)), ["readPoint"] = Id(names.Place(lot.Lot.PlaceId)), ["bizTransactionList"] = Bought(names, order),
    });

    /// <summary>The same event, declared not to have happened: same id, no corrective event (EPCIS 2.0, section 7.4.1.4).</summary>
    /// <param name="picked">The taking.</param>
    /// <param name="back">The move that put it back.</param>
    public static OwnEvent Undone(OwnEvent picked, LotMove back)
    {
        var body = (JsonObject)picked.Body.DeepClone();
        body["errorDeclaration"] = new JsonObject { ["declarationTime"] = Instant(Time(back)), ["reason"] = "did_not_occur", ["correctiveEventIDs"] = new JsonArray() };
        return new OwnEvent(OwnKind.Move, back.Id, body);
    }

    /// <summary>Goods that spoiled, were lost or given away.</summary>
    public static OwnEvent WriteOff(TraceNames names, LotMove move, LotOf lot) => Own(names, OwnKind.Move, move.Id, Time(move), new()
    {
        ["type"] = "ObjectEvent", ["action"] = "DELETE",
        ["bizStep"] = move.Kind == MoveKind.Spoiled ? "destroying" : "decommissioning", ["disposition"] = move.Kind == MoveKind.Spoiled ? "destroyed" : "inactive",
        ["quantityList"] = Goods(names, (lot, -move.Quantity)), ["readPoint"] = Id(names.Place(lot.Lot.PlaceId)),
    });

    /// <summary>An order that left, with all its lots. Only the day is recorded, so its time is the day's first moment.</summary>
    public static OwnEvent Shipment(TraceNames names, Order order, IReadOnlyList<(LotOf, long)> goods)
    {
        var body = new JsonObject
        {
            ["type"] = "ObjectEvent", ["action"] = "OBSERVE", ["bizStep"] = "shipping", ["disposition"] = "in_transit", ["quantityList"] = Goods(names, [.. goods]),
            ["readPoint"] = Id(names.Place(order.StationId ?? goods[0].Item1.Lot.PlaceId)), ["bizTransactionList"] = Bought(names, order),
        };
        return Own(names, OwnKind.Order, order.Id, StartOf(order.ShippedDay!.Value), body);
    }

    /// <summary>Unix milliseconds as an instant in China Standard Time.</summary>
    public static string Instant(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);

    private static OwnEvent Own(TraceNames names, OwnKind kind, long row, long ms, JsonObject body)
    {
        body["eventTime"] = Instant(ms);
        body["eventTimeZoneOffset"] = "+08:00";
        // Two write-offs of one day may be alike in all else; the record tells them apart, and so their ids.
        body["shanhuo:record"] = string.Create(CultureInfo.InvariantCulture, $"{(kind == OwnKind.Move ? "move" : "order")}-{row}");
        body["eventID"] = EventHash.Id(JsonSerializer.SerializeToElement(body), new Dictionary<string, string>(StringComparer.Ordinal) { ["shanhuo"] = names.Terms });
        return new OwnEvent(kind, row, body);
    }

    // A move knows its day; its id knows the moment at which it was written down, which is the better word when it fell on that day.
    private static long Time(LotMove move) => Ids.TimeMs(move.Id) is var ms && DateOnly.FromDateTime(Clock.ToChina(ms)) == move.Day ? ms : StartOf(move.Day);

    private static long StartOf(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(8)).ToUnixTimeMilliseconds();

    private static JsonArray Goods(TraceNames names, params (LotOf Of, long Quantity)[] goods)
    {
        var list = new JsonArray();
        foreach (var (of, quantity) in goods)
            list.Add((JsonNode)(quantity == 0 ? new JsonObject { ["epcClass"] = names.Class(of.Lot) } : of.ByPiece ? new JsonObject { ["epcClass"] = names.Class(of.Lot), ["quantity"] = quantity } : new JsonObject { ["epcClass"] = names.Class(of.Lot), ["quantity"] = quantity / 1000m, ["uom"] = "KGM" }));
        return list;
    }

    private static JsonArray Bought(TraceNames names, Order order) => new((JsonNode)new JsonObject { ["type"] = "po", ["bizTransaction"] = names.Order(order.Channel, order.Number) });

    private static JsonObject Id(string name) => new() { ["id"] = name };
}
