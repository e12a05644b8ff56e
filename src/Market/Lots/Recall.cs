using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Orders;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Lots;

/// <summary>A lot on the way of a recall.</summary>
/// <param name="Steps">Makings between it and the lot that was asked about; negative: it was made from it.</param>
internal sealed record RecalledLot(long Id, string Code, long PlaceId, long ProductId, DateOnly OpenedDay, long Available, int Steps);

/// <summary>An order that got goods of a lot.</summary>
internal sealed record RecalledOrder(long Id, string Channel, string Number, string Buyer, DateOnly PlacedDay, string Lot, long Quantity);

/// <summary>A hand-over that went into a lot.</summary>
/// <param name="Name">Null: not in the asker's area.</param>
internal sealed record RecalledIntake(long HouseholdId, string Code, string? Name, long StationId, DateOnly Day, string Lot, long Quantity);

/// <summary>All that hangs together with a lot.</summary>
/// <param name="Lots">It and all it was made from and into, by steps.</param>
/// <param name="Orders">Of it and all made from it.</param>
/// <param name="Intakes">Of it and all it was made from.</param>
internal sealed record RecallStory(IReadOnlyList<RecalledLot> Lots, IReadOnlyList<RecalledOrder> Orders, IReadOnlyList<RecalledIntake> Intakes);

/// <summary>Follows a lot both ways: forward to every lot made of it and the orders that got them, back to every lot it was made of and the households and stations that handed in.</summary>
/// <remarks>Goes step by step over the index of moves by lot. A lot is visited once, so even a circle, which cannot be made, would end.</remarks>
internal sealed class Recall(ShanhuoDb db)
{
    private const string Why = "a recall must reach everything of the lot, whoever keeps it; the lot that is asked about is one the asker meets";
    private const int AtOnce = 500;

    /// <summary>The story of a lot that the asker meets; null: none.</summary>
    public async Task<RecallStory?> Of(long lotId, CancellationToken cancel)
    {
        if (await db.MyLots.AsNoTracking().SingleOrDefaultAsync(l => l.Id == lotId, cancel) is not { } lot) return null;
        var county = lot.County;
        var forward = await Follow(county, lotId, MoveKind.UsedFor, cancel);
        var back = await Follow(county, lotId, MoveKind.MadeFrom, cancel);
        var steps = forward.Concat(back.Select(b => KeyValuePair.Create(b.Key, -b.Value))).DistinctBy(p => p.Key).ToDictionary(p => p.Key, p => p.Value);
        var lots = new List<RecalledLot>();
        foreach (var some in steps.Keys.Chunk(AtOnce))
            lots.AddRange((await db.Unfiltered<Lot>(Why).AsNoTracking().Where(l => l.County == county && some.Contains(l.Id)).ToListAsync(cancel)).Select(l => new RecalledLot(l.Id, l.Code, l.PlaceId, l.ProductId, l.OpenedDay, l.Available, steps[l.Id])));
        lots = [.. lots.OrderBy(l => l.Steps).ThenBy(l => l.Id)];
        var codes = lots.ToDictionary(l => l.Id, l => l.Code);
        return new RecallStory(lots, await Orders(county, [.. forward.Keys], codes, cancel), await Intakes(county, [.. back.Keys], codes, cancel));
    }

    /// <summary>A lot and all that was made of it, with the makings between; by id, so in the order in which they came to be.</summary>
    public async Task<SortedDictionary<long, int>> MadeOf(AreaCode county, long lotId, CancellationToken cancel) => new(await Follow(county, lotId, MoveKind.UsedFor, cancel));

    private async Task<Dictionary<long, int>> Follow(AreaCode county, long from, MoveKind kind, CancellationToken cancel)
    {
        var seen = new Dictionary<long, int> { [from] = 0 };
        var edge = new List<long> { from };
        for (var step = 1; edge.Count > 0; step++)
        {
            var next = new List<long>();
            foreach (var some in edge.Chunk(AtOnce))
                foreach (var other in await db.LotMoves.Where(m => m.County == county && some.Contains(m.LotId) && m.Kind == kind && m.CauseId != null).Select(m => m.CauseId!.Value).Distinct().ToListAsync(cancel))
                    if (seen.TryAdd(other, step)) next.Add(other);
            edge = next;
        }
        return seen;
    }

    private async Task<List<RecalledOrder>> Orders(AreaCode county, List<long> lots, Dictionary<long, string> codes, CancellationToken cancel)
    {
        var found = new List<RecalledOrder>();
        foreach (var some in lots.Chunk(AtOnce))
        {
            var orders = db.Unfiltered<Order>(Why);
            var rows = await (from l in db.OrderLines where l.County == county && l.LotId != null && some.Contains(l.LotId.Value) join o in orders on new { l.County, Id = l.OrderId } equals new { o.County, o.Id } where o.State != Contracts.OrderState.Cancelled select new { o.Id, o.Channel, o.Number, o.Buyer, o.PlacedDay, Lot = l.LotId!.Value, Quantity = l.Grams + l.Pieces }).ToListAsync(cancel);
            found.AddRange(rows.Select(r => new RecalledOrder(r.Id, r.Channel, r.Number, r.Buyer, r.PlacedDay, codes[r.Lot], r.Quantity)));
        }
        return [.. found.OrderBy(o => o.PlacedDay).ThenBy(o => o.Id)];
    }

    private async Task<List<RecalledIntake>> Intakes(AreaCode county, List<long> lots, Dictionary<long, string> codes, CancellationToken cancel)
    {
        var found = new List<RecalledIntake>();
        foreach (var some in lots.Chunk(AtOnce))
        {
            var rows = await db.Unfiltered<Intake>(Why).Where(i => i.County == county && i.LotId != null && some.Contains(i.LotId.Value) && i.State == IntakeState.Confirmed).Select(i => new { i.HouseholdId, i.StationId, i.Day, Lot = i.LotId!.Value, i.Pieces, i.Net }).ToListAsync(cancel);
            var households = rows.Select(r => r.HouseholdId).Distinct().ToList();
            var known = await db.HouseholdCodes.Where(h => households.Contains(h.Id)).ToDictionaryAsync(h => h.Id, h => h.Code, cancel);
            var named = await db.HouseholdFacts.Where(h => households.Contains(h.Id)).ToDictionaryAsync(h => h.Id, h => h.HeadName, cancel);
            found.AddRange(rows.Select(r => new RecalledIntake(r.HouseholdId, known.GetValueOrDefault(r.HouseholdId, ""), named.GetValueOrDefault(r.HouseholdId), r.StationId, r.Day, codes[r.Lot], r.Pieces > 0 ? r.Pieces : r.Net.Value)));
        }
        return [.. found.OrderBy(i => i.Day).ThenBy(i => i.Code, StringComparer.Ordinal)];
    }
}
