using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Lots;

/// <summary>A part of a lot that serves a demand.</summary>
/// <param name="LotId">The lot.</param>
/// <param name="Quantity">Grams or pieces, above zero.</param>
internal readonly record struct LotPart(long LotId, long Quantity);

/// <summary>Which lots would serve a demand; nothing is taken yet.</summary>
/// <param name="Parts">In the order in which they expire.</param>
/// <param name="Missing">Grams or pieces that no lot has; zero when the demand is met.</param>
internal sealed record Allocation(IReadOnlyList<LotPart> Parts, long Missing);

/// <summary>The only door through which goods leave a lot or come back to it. What leaves is counted by the database in one statement, so that nothing is ever sold twice, and seals the lot.</summary>
/// <remarks>Call inside the transaction that saves the reason (an order, a new lot): the quantity changes at once, the move is saved with the caller's own rows, both or neither.</remarks>
internal static class LotStock
{
    /// <summary>Takes goods for a sale.</summary>
    /// <param name="db">With an open transaction.</param>
    /// <param name="ids">For the move.</param>
    /// <param name="county">County of the lot.</param>
    /// <param name="lotId">The lot.</param>
    /// <param name="quantity">Grams, or pieces for goods by the piece; above zero.</param>
    /// <param name="requestId">One a line: the same again takes nothing more.</param>
    /// <param name="causeId">The order line.</param>
    /// <param name="day">Business day; seals the lot when it is the first.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The move; or <c>market.lot-unknown</c>, <c>market.lot-closed</c>, <c>market.lot-recalled</c>, <c>market.lot-short</c> (with what is left).</returns>
    public static Task<Outcome<LotMove>> Take(ShanhuoDb db, Ids ids, AreaCode county, long lotId, long quantity, Guid requestId, long causeId, DateOnly day, CancellationToken cancel) =>
        Take(db, ids, county, lotId, quantity, MoveKind.Sold, requestId, causeId, day, null, cancel);

    /// <summary>Takes goods for whatever reason: a sale, another lot, a gift, a loss. Of a recalled lot only what is spoiled or lost, or has left already (<paramref name="hasLeft"/>).</summary>
    public static async Task<Outcome<LotMove>> Take(ShanhuoDb db, Ids ids, AreaCode county, long lotId, long quantity, MoveKind kind, Guid requestId, long? causeId, DateOnly day, string? note, CancellationToken cancel, bool hasLeft = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        InTransaction(db);
        if (await Earlier(db, county, lotId, kind, requestId, cancel) is { } move) return move;
        var isGone = hasLeft || kind is MoveKind.Spoiled or MoveKind.Lost;
        var taken = await db.Lots.Where(l => l.County == county && l.Id == lotId && l.ClosedDay == null && l.Available >= quantity && (l.RecallId == null || isGone))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Available, l => l.Available - quantity).SetProperty(l => l.SealedDay, l => l.SealedDay ?? day).SetProperty(l => l.OpenKey, (string?)null), cancel);
        if (taken == 1) return Add(db, ids, county, lotId, kind, requestId, -quantity, causeId, day, note);
        // The same request, sent at the same moment, may have taken them.
        return await Earlier(db, county, lotId, kind, requestId, cancel) is { } same ? same : await WhyNot(db, county, lotId, quantity, cancel, isGone);
    }

    /// <summary>Puts back what a cancelled sale had taken. The lot stays sealed; a closed lot takes nothing back.</summary>
    /// <param name="db">With an open transaction.</param>
    /// <param name="ids">For the move.</param>
    /// <param name="county">County of the lot.</param>
    /// <param name="lotId">The lot.</param>
    /// <param name="quantity">Grams or pieces, above zero.</param>
    /// <param name="requestId">Another than that of the taking; the same again puts back nothing more.</param>
    /// <param name="causeId">The order line.</param>
    /// <param name="day">Business day.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<Outcome<LotMove>> PutBack(ShanhuoDb db, Ids ids, AreaCode county, long lotId, long quantity, Guid requestId, long causeId, DateOnly day, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        InTransaction(db);
        if (await Earlier(db, county, lotId, MoveKind.Sold, requestId, cancel) is { } move) return move;
        var back = await db.Lots.Where(l => l.County == county && l.Id == lotId && l.ClosedDay == null && l.Available + quantity <= l.TakenIn)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Available, l => l.Available + quantity), cancel);
        return back == 1 ? Add(db, ids, county, lotId, MoveKind.Sold, requestId, quantity, causeId, day, null) : await WhyNot(db, county, lotId, quantity, cancel);
    }

    /// <summary>Which open lots of a product would serve a demand: first expired, first out; what is past its day serves nobody.</summary>
    /// <param name="db">Only lots in the asker's area are seen.</param>
    /// <param name="county">County.</param>
    /// <param name="productId">Product.</param>
    /// <param name="quantity">Grams or pieces, above zero.</param>
    /// <param name="day">Today.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="grade">Only this grade; null: any.</param>
    /// <param name="placeId">Only what this station or organisation keeps; null: anywhere.</param>
    /// <param name="sellerId">Only what this cooperative, enterprise or station sells; null: anybody's.</param>
    /// <returns>Nothing is taken by it: another sale may come first, and then <c>Take</c> refuses.</returns>
    public static async Task<Allocation> FirstExpired(ShanhuoDb db, AreaCode county, long productId, long quantity, DateOnly day, CancellationToken cancel, string? grade = null, long? placeId = null, long? sellerId = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        var open = db.Lots.Where(l => l.County == county && l.ProductId == productId && l.ClosedDay == null && l.RecallId == null && l.BestBefore >= day && l.Available > 0);
        if (grade is not null) open = open.Where(l => l.Grade == grade);
        if (placeId is not null) open = open.Where(l => l.PlaceId == placeId);
        if (sellerId is not null) open = open.Where(l => (l.CooperativeId ?? l.PlaceId) == sellerId);
        var parts = new List<LotPart>();
        var missing = quantity;
        await foreach (var lot in open.OrderBy(l => l.BestBefore).ThenBy(l => l.OpenedDay).ThenBy(l => l.Id).Select(l => new { l.Id, l.Available }).AsAsyncEnumerable().WithCancellation(cancel))
        {
            var part = Math.Min(missing, lot.Available);
            parts.Add(new LotPart(lot.Id, part));
            if ((missing -= part) == 0) break;
        }
        return new Allocation(parts, missing);
    }

    private static Task<LotMove?> Earlier(ShanhuoDb db, AreaCode county, long lotId, MoveKind kind, Guid requestId, CancellationToken cancel) =>
        db.LotMoves.SingleOrDefaultAsync(m => m.County == county && m.RequestId == requestId && m.LotId == lotId && m.Kind == kind, cancel);

    private static LotMove Add(ShanhuoDb db, Ids ids, AreaCode county, long lotId, MoveKind kind, Guid requestId, long quantity, long? causeId, DateOnly day, string? note)
    {
        var move = new LotMove { Id = ids.Next(), County = county, RequestId = requestId, LotId = lotId, Kind = kind, Quantity = quantity, Day = day, CauseId = causeId, Note = note, ByAccountId = db.Scope.AccountId };
        db.LotMoves.Add(move);
        return move;
    }

    private static async Task<Refusal> WhyNot(ShanhuoDb db, AreaCode county, long lotId, long quantity, CancellationToken cancel, bool isGone = true)
    {
        var lot = await (from l in db.Lots
                         join p in db.Products on l.ProductId equals p.Id
                         where l.County == county && l.Id == lotId
                         select new { l.Code, l.ClosedDay, l.RecallId, l.Available, p.ByPiece }).SingleOrDefaultAsync(cancel);
        if (lot is null) return new Refusal("market.lot-unknown", Place.Input("Lot"), lotId);
        if (lot.ClosedDay is not null) return new Refusal("market.lot-closed", Place.Input("Lot"), lot.Code);
        if (lot.RecallId is not null && !isGone) return new Refusal("market.lot-recalled", Place.Input("Lot"), lot.Code);
        return new Refusal("market.lot-short", Place.Input("Quantity"), lot.Code, Shown(lot.Available), Shown(quantity));

        string Shown(long amount) => lot.ByPiece ? amount.ToString(System.Globalization.CultureInfo.InvariantCulture) : new Grams(amount).ToKilograms() + " kg";
    }

    private static void InTransaction(ShanhuoDb db)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Stock moves only inside the transaction that saves its reason.");
    }
}
