using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Recalls;

/// <summary>A buyer to call, masked.</summary>
/// <param name="Name">First character only; for a bulk buyer the name; empty: another platform calls.</param>
/// <param name="Phone">Last four digits; empty: none is known.</param>
/// <param name="Mark">The last mark, with who made it.</param>
internal sealed record CallRow(RecallCall Call, string Number, string Channel, OrderState OrderState, string Name, string Phone, RecallMark? Mark, string? By);

/// <summary>Name and phone of one buyer, shown on request.</summary>
internal sealed record ShownBuyer(string Name, string Phone);

/// <summary>Whom to call for a recall, how far that is, and the marks.</summary>
internal sealed class CallBook(ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets)
{
    /// <summary>Rows of a page.</summary>
    public const int PageSize = 50;

    /// <summary>A page of the calls, in the order of the orders.</summary>
    /// <param name="recallId">In the county.</param>
    /// <param name="after">Id of the last call of the page before; null: the first page.</param>
    /// <param name="most">Rows.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<List<CallRow>> Rows(long recallId, long? after, int most, CancellationToken cancel)
    {
        var county = db.Scope.County;
        var calls = db.RecallCalls.AsNoTracking().Where(c => c.County == county && c.RecallId == recallId);
        if (after is { } id) calls = calls.Where(c => c.Id > id);
        var rows = await (from c in calls
                          join o in db.Orders on new { c.County, Id = c.OrderId } equals new { o.County, o.Id }
                          join d in db.Deliveries on new { c.County, c.OrderId } equals new { d.County, d.OrderId } into ds
                          from delivery in ds.DefaultIfEmpty()
                          orderby c.Id
                          select new { Call = c, o.Number, o.Channel, o.State, o.Buyer, Hidden = delivery.NameHidden, Mask = delivery.PhoneMask }).Take(most).ToListAsync(cancel);
        var callIds = rows.Select(r => r.Call.Id).ToList();
        var marks = (callIds.Count == 0 ? [] : await db.RecallMarks.AsNoTracking().Where(m => m.County == county && callIds.Contains(m.CallId)).OrderBy(m => m.Id).ToListAsync(cancel)).GroupBy(m => m.CallId).ToDictionary(g => g.Key, g => g.Last());
        var people = marks.Values.Select(m => m.AccountId).Distinct().ToList();
        var names = await db.AccountNames(people, cancel);
        return rows.ConvertAll(r => new CallRow(r.Call, r.Number, r.Channel, r.State, r.Hidden is null ? r.Buyer : MaskName(secrets.Reveal(r.Hidden, Delivery.Binding("name", r.Call.OrderId))), r.Mask ?? "", marks.GetValueOrDefault(r.Call.Id), marks.TryGetValue(r.Call.Id, out var mark) ? names.GetValueOrDefault(mark.AccountId) : null));
    }

    /// <summary>Shows one buyer; that it was asked for is on record.</summary>
    public async Task<ShownBuyer?> Show(long callId, CancellationToken cancel)
    {
        var county = db.Scope.County;
        var found = await (from c in db.RecallCalls where c.County == county && c.Id == callId join d in db.Deliveries on new { c.County, c.OrderId } equals new { d.County, d.OrderId } select new { d.OrderId, d.NameHidden, d.PhoneHidden }).SingleOrDefaultAsync(cancel);
        if (found is null) return null;
        db.Record(ids, clock, "look", "recall-call", 0, fields: "name,phone");
        await db.SaveChangesAsync(cancel);
        return new ShownBuyer(secrets.Reveal(found.NameHidden, Delivery.Binding("name", found.OrderId)), secrets.Reveal(found.PhoneHidden, Delivery.Binding("phone", found.OrderId)));
    }

    /// <summary>Marks a call; each mark stays on record, and one that is sent again is one.</summary>
    public async Task<Refusal?> Mark(Guid requestId, long callId, CallState state, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (state is not (CallState.Called or CallState.NotReached or CallState.Returned)) return new Refusal("recall.mark");
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        // The call's row is taken first, so that a mark sent twice comes one after the other.
        if (await db.RecallCalls.Where(c => c.County == county && c.Id == callId && c.State != CallState.Undone).ExecuteUpdateAsync(set => set.SetProperty(c => c.Lots, c => c.Lots), cancel) == 0) return new Refusal("recall.call-unknown");
        if (await db.RecallMarks.AnyAsync(m => m.County == county && m.RequestId == requestId, cancel)) return null;
        await db.RecallCalls.Where(c => c.County == county && c.Id == callId).ExecuteUpdateAsync(set => set.SetProperty(c => c.State, state), cancel);
        db.RecallMarks.Add(new RecallMark { Id = ids.Next(), County = county, RequestId = requestId, CallId = callId, State = state, AccountId = db.Scope.AccountId, AtMs = clock.NowMs });
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return null;
    }

    /// <summary>The first character stays.</summary>
    public static string MaskName(string name) => name.Length == 0 ? "" : System.Globalization.StringInfo.GetNextTextElement(name) + "••";
}
