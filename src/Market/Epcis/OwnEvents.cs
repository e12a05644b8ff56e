using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Epcis;

/// <summary>Tells what happened to lots as EPCIS events, from the moves of lots and the orders themselves: nothing is kept twice. Only lots that the asker meets.</summary>
internal sealed class OwnEvents(ShanhuoDb db, TraceNames names)
{
    /// <summary>The events of moves, in their order; several moves may make one event, and some none.</summary>
    public async Task<List<OwnEvent>> OfMoves(AreaCode county, IReadOnlyList<LotMove> moves, CancellationToken cancel)
    {
        if (moves.Count == 0) return [];
        var lots = await Lots(county, [.. moves.Select(m => m.LotId).Distinct()], cancel);
        var of = await Told(county, moves, lots, cancel);
        return [.. moves.Where(m => lots.ContainsKey(m.LotId)).Select(m => Event(m, of)).OfType<OwnEvent>()];
    }

    /// <summary>The shipments of orders that have left.</summary>
    public async Task<List<OwnEvent>> OfOrders(AreaCode county, IReadOnlyList<Order> orders, CancellationToken cancel)
    {
        var left = orders.Where(o => o.ShippedDay is not null && o.State != Contracts.OrderState.Cancelled).ToList();
        if (left.Count == 0) return [];
        var ids = left.Select(o => o.Id).ToList();
        var lines = await db.OrderLines.AsNoTracking().Where(l => l.County == county && ids.Contains(l.OrderId) && l.LotId != null).OrderBy(l => l.OrderId).ThenBy(l => l.Number).ToListAsync(cancel);
        var lots = await Lots(county, [.. lines.Select(l => l.LotId!.Value).Distinct()], cancel);
        var events = new List<OwnEvent>();
        foreach (var order in left)
            if (lines.Where(l => l.OrderId == order.Id && lots.ContainsKey(l.LotId!.Value)).Select(l => (lots[l.LotId!.Value], l.Grams + l.Pieces)).ToList() is { Count: > 0 } goods)
                events.Add(EventBook.Shipment(names, order, goods));
        return events;
    }

    private OwnEvent? Event(LotMove move, Material of)
    {
        var lot = of.Lots[move.LotId];
        switch (move.Kind)
        {
            case MoveKind.Intake: return of.Intakes.TryGetValue(move.CauseId ?? 0, out var intake) ? EventBook.Intake(names, move, lot, intake) : null;
            case MoveKind.MadeFrom:
                var into = of.MadeFrom[move.LotId].ToList();
                // One event a new lot, told with its first move.
                return into[0].Id != move.Id ? null : EventBook.Making(names, move, lot, [.. into.Where(m => of.Sources.ContainsKey(m.CauseId!.Value)).Select(m => (of.Sources[m.CauseId!.Value], of.Used[(m.CauseId!.Value, move.LotId)]))]);
            case MoveKind.Sold: return of.Orders.TryGetValue(move.CauseId ?? 0, out var order) ? Picking(move, lot, order, of) : null;
            case MoveKind.Given or MoveKind.Spoiled or MoveKind.Lost or MoveKind.Sample: return EventBook.WriteOff(names, move, lot);
            default: return null;
        }
    }

    // What was put back is the taking once more, with the word that it did not happen.
    private OwnEvent? Picking(LotMove move, LotOf lot, Order order, Material of)
    {
        if (move.Quantity < 0) return EventBook.Picking(names, move, lot, order);
        return of.Taken.TryGetValue((move.LotId, move.CauseId!.Value), out var taken) ? EventBook.Undone(EventBook.Picking(names, taken, lot, order), move) : null;
    }

    private async Task<Dictionary<long, LotOf>> Lots(AreaCode county, List<long> ids, CancellationToken cancel)
    {
        var products = db.Products;
        return await (from l in db.MyLots.AsNoTracking() where l.County == county && ids.Contains(l.Id) join p in products on l.ProductId equals p.Id select new { l, p.ByPiece }).ToDictionaryAsync(r => r.l.Id, r => new LotOf(r.l, r.ByPiece), cancel);
    }

    private sealed record Material(Dictionary<long, LotOf> Lots, Dictionary<long, Intake> Intakes, ILookup<long, LotMove> MadeFrom, Dictionary<long, LotOf> Sources, Dictionary<(long Source, long Into), long> Used, Dictionary<long, Order> Orders, Dictionary<(long Lot, long Line), LotMove> Taken);

    private async Task<Material> Told(AreaCode county, IReadOnlyList<LotMove> moves, Dictionary<long, LotOf> lots, CancellationToken cancel)
    {
        var intakeIds = Causes(moves, MoveKind.Intake);
        var intakes = intakeIds.Count == 0 ? [] : await db.Unfiltered<Intake>("who meets a lot may see what went into it; households are not named").AsNoTracking().Where(i => i.County == county && intakeIds.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancel);
        var made = moves.Where(m => m.Kind == MoveKind.MadeFrom).Select(m => m.LotId).Distinct().ToList();
        var into = made.Count == 0 ? [] : await db.LotMoves.AsNoTracking().Where(m => m.County == county && made.Contains(m.LotId) && m.Kind == MoveKind.MadeFrom).OrderBy(m => m.Id).ToListAsync(cancel);
        var sourceIds = into.Select(m => m.CauseId!.Value).Distinct().ToList();
        var products = db.Products;
        var sources = sourceIds.Count == 0 ? [] : await (from l in db.Unfiltered<Lot>("who meets a lot may see which it was made from").AsNoTracking() where l.County == county && sourceIds.Contains(l.Id) join p in products on l.ProductId equals p.Id select new { l, p.ByPiece }).ToDictionaryAsync(r => r.l.Id, r => new LotOf(r.l, r.ByPiece), cancel);
        var used = sourceIds.Count == 0 ? [] : await db.LotMoves.AsNoTracking().Where(m => m.County == county && sourceIds.Contains(m.LotId) && m.Kind == MoveKind.UsedFor && m.CauseId != null && made.Contains(m.CauseId.Value)).ToListAsync(cancel);
        var lineIds = Causes(moves, MoveKind.Sold);
        var lines = lineIds.Count == 0 ? [] : await db.OrderLines.AsNoTracking().Where(l => l.County == county && lineIds.Contains(l.Id)).Select(l => new { l.Id, l.OrderId }).ToListAsync(cancel);
        var orderIds = lines.Select(l => l.OrderId).Distinct().ToList();
        var orders = orderIds.Count == 0 ? [] : await db.Unfiltered<Order>("who meets a lot may see for which order it was taken").AsNoTracking().Where(o => o.County == county && orderIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        var backLots = moves.Where(m => m is { Kind: MoveKind.Sold, Quantity: > 0 }).Select(m => m.LotId).Distinct().ToList();
        var taken = backLots.Count == 0 ? [] : await db.LotMoves.AsNoTracking().Where(m => m.County == county && backLots.Contains(m.LotId) && m.Kind == MoveKind.Sold && m.Quantity < 0 && m.CauseId != null && lineIds.Contains(m.CauseId.Value)).ToListAsync(cancel);
        return new Material(lots, intakes, into.ToLookup(m => m.LotId), sources, used.GroupBy(m => (m.LotId, m.CauseId!.Value)).ToDictionary(g => g.Key, g => -g.Sum(m => m.Quantity)), lines.Where(l => orders.ContainsKey(l.OrderId)).ToDictionary(l => l.Id, l => orders[l.OrderId]), taken.GroupBy(m => (m.LotId, m.CauseId!.Value)).ToDictionary(g => g.Key, g => g.First()));
    }

    private static List<long> Causes(IEnumerable<LotMove> moves, MoveKind kind) => [.. moves.Where(m => m.Kind == kind && m.CauseId is not null).Select(m => m.CauseId!.Value).Distinct()];
}
