using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Recalls;

/// <summary>A lot to be taken out of sale.</summary>
/// <param name="RequestId">Once.</param>
/// <param name="LotId">In scope.</param>
/// <param name="Reason">4 to 500 characters.</param>
internal sealed record RecallLot(Guid RequestId, long LotId, string? Reason);

/// <summary>Takes a lot and all that was made of it out of sale, undoes what nobody has paid, and writes down whom to call.</summary>
/// <remarks>The lots are marked first, each by the statement that every sale must get past. Who sold before that is seen by the question that follows and stands on the list; who comes after is refused. So no order slips between.</remarks>
internal sealed class RecallLotHandler(ShanhuoDb db, Ids ids, TimeProvider clock, Recall recall, GiveBack back, RecallRules rules, Offers.OfferBook offers)
{
    private const string Why = "a recall reaches everything of the lot, whoever keeps or sold it";

    /// <summary>Recalls it, or asks a second person where the rules do.</summary>
    public async Task<Outcome<LotRecall>> Ask(RecallLot request, CancellationToken cancel)
    {
        var (county, reason) = (db.Scope.County, request.Reason?.Trim() ?? "");
        if (reason.Length is < 4 or > 500) return new Refusal("recall.why", Place.Input("Reason"));
        if (await db.Lots.AsNoTracking().SingleOrDefaultAsync(l => l.County == county && l.Id == request.LotId, cancel) is not { } lot) return new Refusal("market.lot-unknown", Place.None, request.LotId);
        if (lot.RecallId is not null) return await Already();
        var id = ids.Next();
        await using (var change = await db.Database.BeginTransactionAsync(cancel))
        {
            var asked = new LotRecall { Id = id, County = county, RequestId = request.RequestId, Area = lot.Area, LotId = lot.Id, LotCode = lot.Code, Reason = reason, AskedMs = clock.NowMs, AskedAccountId = db.Scope.AccountId };
            db.LotRecalls.Add(asked);
            db.Record(ids, clock, "decision", "recall", 0, reason: reason);
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateException)
            {
                await change.RollbackAsync(cancel);
                db.ChangeTracker.Clear();
                return await Already();
            }
            if (!rules.SecondPerson) await PutInForce(asked, cancel);
            await change.CommitAsync(cancel);
        }
        return await Follow(id, cancel);

        // Whoever was first may have been stopped before all of it was done.
        async Task<Outcome<LotRecall>> Already()
        {
            var recalls = await db.LotRecalls.AsNoTracking().Where(r => r.County == county && (r.RequestId == request.RequestId || r.LotId == lot.Id || r.Id == lot.RecallId)).Select(r => new { r.Id, r.RequestId }).ToListAsync(cancel);
            foreach (var one in recalls) await Follow(one.Id, cancel);
            return recalls.Find(r => r.RequestId == request.RequestId) is { } same ? await db.LotRecalls.AsNoTracking().SingleAsync(r => r.County == county && r.Id == same.Id, cancel) : new Refusal("recall.already", Place.None, lot.Code);
        }
    }

    /// <summary>The second person's word.</summary>
    public async Task<Outcome<LotRecall>> Confirm(long recallId, CancellationToken cancel)
    {
        var (county, account) = (db.Scope.County, db.Scope.AccountId);
        await using (var change = await db.Database.BeginTransactionAsync(cancel))
        {
            // The row is taken first, so that two who confirm come one after the other.
            if (await db.LotRecalls.Where(r => r.County == county && r.Id == recallId).ExecuteUpdateAsync(set => set.SetProperty(r => r.Reason, r => r.Reason), cancel) == 0) return new Refusal("recall.unknown");
            var asked = await db.LotRecalls.SingleAsync(r => r.County == county && r.Id == recallId, cancel);
            if (asked.InForceMs is null)
            {
                if (asked.AskedAccountId == account) return new Refusal("recall.second");
                asked.SecondAccountId = account;
                db.Record(ids, clock, "decision", "recall", 0, reason: asked.Reason);
                await PutInForce(asked, cancel);
                await change.CommitAsync(cancel);
            }
        }
        // Also where it is in force: whoever put it there may have been stopped before all of it was done.
        return await Follow(recallId, cancel);
    }

    /// <summary>Undoes the orders of a recall that nobody has paid; may be repeated, and does nothing then.</summary>
    public async Task UndoUnpaid(AreaCode county, long recallId, CancellationToken cancel)
    {
        var unpaid = await (from c in db.RecallCalls where c.County == county && c.RecallId == recallId && c.State == CallState.Open join o in db.Unfiltered<Order>(Why) on new { c.County, Id = c.OrderId } equals new { o.County, o.Id } where o.State == OrderState.Unpaid orderby c.Id select c.Id).ToListAsync(cancel);
        foreach (var call in unpaid)
        {
            db.ChangeTracker.Clear();
            await Undo(county, call, cancel);
        }
    }

    private async Task<LotRecall> Follow(long recallId, CancellationToken cancel)
    {
        var county = db.Scope.County;
        db.ChangeTracker.Clear();
        var done = await db.LotRecalls.AsNoTracking().SingleAsync(r => r.County == county && r.Id == recallId, cancel);
        if (done.InForceMs is null) return done;
        await UndoUnpaid(county, done.Id, cancel);
        // Pages that lie in memory are told.
        var products = await db.Unfiltered<Lot>(Why).Where(l => l.County == county && l.RecallId == recallId).Select(l => l.ProductId).Distinct().ToListAsync(cancel);
        await offers.ShowAnew(county, o => products.Contains(o.ProductId), cancel);
        return done;
    }

    private async Task PutInForce(LotRecall asked, CancellationToken cancel)
    {
        var (county, id) = (asked.County, asked.Id);
        asked.InForceMs = clock.NowMs;
        var marked = new List<long>();
        // What was made of it before its row was taken is seen by the next look; after that nothing more can be made of it.
        for (var all = await recall.MadeOf(county, asked.LotId, cancel); all.Keys.Except(marked).ToList() is { Count: > 0 } more; all = await recall.MadeOf(county, asked.LotId, cancel))
            foreach (var lot in more)
            {
                await db.Unfiltered<Lot>(Why).Where(l => l.County == county && l.Id == lot && l.RecallId == null).ExecuteUpdateAsync(set => set.SetProperty(l => l.RecallId, id).SetProperty(l => l.OpenKey, (string?)null), cancel);
                marked.Add(lot);
            }
        var sold = await (from line in db.OrderLines
                          join lot in db.Unfiltered<Lot>(Why) on new { line.County, Id = line.LotId } equals new { lot.County, Id = (long?)lot.Id }
                          join order in db.Unfiltered<Order>(Why) on new { line.County, Id = line.OrderId } equals new { order.County, order.Id }
                          where line.County == county && lot.RecallId == id && order.State != OrderState.Cancelled
                          select new { line.OrderId, lot.Code, Quantity = line.Grams + line.Pieces }).ToListAsync(cancel);
        foreach (var order in sold.GroupBy(s => s.OrderId).OrderBy(g => g.Key))
            db.RecallCalls.Add(new RecallCall { Id = ids.Next(), County = county, RecallId = id, OrderId = order.Key, Lots = string.Join(' ', order.Select(o => o.Code).Distinct().Order(StringComparer.Ordinal)), Quantity = order.Sum(o => o.Quantity) });
        await db.SaveChangesAsync(cancel);
    }

    private async Task Undo(AreaCode county, long callId, CancellationToken cancel)
    {
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        var orderId = await db.RecallCalls.Where(c => c.County == county && c.Id == callId).Select(c => c.OrderId).SingleAsync(cancel);
        if (await db.Unfiltered<Order>(Why).Where(o => o.County == county && o.Id == orderId && o.State == OrderState.Unpaid).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel) == 0) return;
        var order = await db.Unfiltered<Order>(Why).SingleAsync(o => o.County == county && o.Id == orderId, cancel);
        var lines = await db.OrderLines.Where(l => l.County == county && l.OrderId == orderId).ToListAsync(cancel);
        // What cannot be put back stays on the list of calls.
        if (await back.Undo(order, lines, "recalled", cancel) is not null) return;
        var call = await db.RecallCalls.SingleAsync(c => c.County == county && c.Id == callId, cancel);
        call.State = CallState.Undone;
        db.RecallMarks.Add(new RecallMark { Id = ids.Next(), County = county, RequestId = OrderLots.Request(callId, 1), CallId = callId, State = CallState.Undone, AccountId = db.Scope.AccountId, AtMs = clock.NowMs });
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
    }
}
