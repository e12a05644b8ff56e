using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Api;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Invoices;

namespace Shanhuo.Market.Orders;

/// <summary>Money to give back on a line.</summary>
/// <param name="RequestId">Once.</param>
/// <param name="LineId">The line.</param>
/// <param name="Amount">At least one fen, at most what is left of goods and freight.</param>
/// <param name="Fault">A role of <see cref="ClaimRefundHandler.Faults"/>, or null: the scheme's bearer.</param>
/// <param name="FaultHouseholdId">A grower of the line's lot whose own intake is at fault; null: none.</param>
/// <param name="Reason">One of <see cref="ClaimRefundHandler.Reasons"/>.</param>
internal sealed record ClaimRefund(Guid RequestId, long LineId, Fen Amount, string? Fault, long? FaultHouseholdId, string Reason);

/// <summary>Writes a claim down and lets settlement give the money back in the same change.</summary>
internal sealed class ClaimRefundHandler(ShanhuoDb db, Ids ids, TimeProvider clock, Refunding refunding)
{
    /// <summary>Who can be at fault (the settlement rules' list).</summary>
    public static IReadOnlyList<string> Faults { get; } = ["platform", "cooperative", "enterprise", "risk-fund", "programme", "collective", "carrier", "station", "intake-station", "host"];

    /// <summary>Why buyers get money back.</summary>
    public static IReadOnlyList<string> Reasons { get; } = ["damaged", "spoiled", "short", "wrong", "late", "changed-mind", "other"];

    public async Task<Outcome<RefundClaim>> Handle(ClaimRefund request, CancellationToken cancel)
    {
        if (await Claimed(request.RequestId, cancel) is { } earlier) return earlier;
        if (!Reasons.Contains(request.Reason)) return new Refusal("market.refund-reason", Place.Input("Reason"));
        if (request.Fault is { } fault && !Faults.Contains(fault)) return new Refusal("market.refund-fault", Place.Input("Fault"), fault);
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        try
        {
            // The order is taken first, then the line, as everybody does: claims on one order share its payments and come one after the other.
            var mine = db.OrderLines.Where(l => l.County == db.Scope.County && l.Id == request.LineId);
            await db.OrdersHere.Where(o => o.County == db.Scope.County && mine.Any(l => l.OrderId == o.Id)).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel);
            if (await mine.ExecuteUpdateAsync(set => set.SetProperty(l => l.Number, l => l.Number), cancel) == 0) return new Refusal("market.refund-line");
            if (await Claimed(request.RequestId, cancel) is { } same) return same;
            var line = await mine.SingleAsync(cancel);
            if (request.FaultHouseholdId is { } household && !await db.LotGrowers.AnyAsync(g => g.County == line.County && g.LotId == line.LotId && g.HouseholdId == household, cancel))
                return new Refusal("market.refund-household", Place.Input("FaultHousehold"));
            if (!await db.LinesToRefund.AnyAsync(l => l.County == line.County && l.Id == line.Id, cancel)) return new Refusal("market.refund-line");
            var order = await db.OrdersHere.SingleAsync(o => o.County == line.County && o.Id == line.OrderId, cancel);
            var claim = new RefundClaim { Id = ids.Next(), County = line.County, RequestId = request.RequestId, LineId = line.Id, Amount = request.Amount, Day = clock.Today, Fault = request.Fault, FaultHouseholdId = request.FaultHouseholdId, Reason = request.Reason };
            if (await refunding.Claim(order, [claim], cancel) is { } no)
            {
                db.ChangeTracker.Clear();
                return no;
            }
            await change.CommitAsync(cancel);
            return claim;
        }
        catch (DbUpdateException)
        {
            await change.RollbackAsync(cancel);
            db.ChangeTracker.Clear();
            if (await Claimed(request.RequestId, cancel) is { } first) return first;
            throw;
        }
    }

    private Task<RefundClaim?> Claimed(Guid request, CancellationToken cancel) => db.RefundClaims.SingleOrDefaultAsync(r => r.County == db.Scope.County && r.RequestId == request, cancel);
}

/// <summary>What follows from claims, by hand or from a file: the line that is wholly refunded is due, and settlement gives the money back. Call with an open transaction that holds the lines.</summary>
internal sealed class Refunding(ShanhuoDb db, TimeProvider clock, Events events, OrderLots lots, GiveBack back, Announce announce)
{
    /// <summary>Adds claims on lines of one order.</summary>
    /// <returns>A refusal: nothing of the transaction may be kept.</returns>
    public async Task<Refusal?> Claim(Order order, IReadOnlyList<RefundClaim> claims, CancellationToken cancel)
    {
        if (order.State is OrderState.Placed or OrderState.Cancelled or OrderState.Unpaid) return new Refusal("market.refund-not-left", Place.None, order.Number);
        var lines = await db.OrderLines.Where(l => l.County == order.County && l.OrderId == order.Id).OrderBy(l => l.Number).ToListAsync(cancel);
        var lineIds = lines.Select(l => l.Id).ToList();
        var refunded = (await db.RefundClaims.Where(r => r.County == order.County && lineIds.Contains(r.LineId)).GroupBy(r => r.LineId).Select(g => new { g.Key, Sum = g.Sum(r => (long)r.Amount) }).ToListAsync(cancel)).ToDictionary(g => g.Key, g => new Fen(g.Sum));
        foreach (var claim in claims)
        {
            var line = lines.Single(l => l.Id == claim.LineId);
            var left = line.Goods + line.Freight - refunded.GetValueOrDefault(line.Id);
            if (claim.Amount <= Fen.Zero || claim.Amount > left) return new Refusal("market.refund-amount", Place.Input("Amount"), claim.Amount, left);
            refunded[line.Id] = refunded.GetValueOrDefault(line.Id) + claim.Amount;
            db.RefundClaims.Add(claim);
        }
        var returns = new Dictionary<long, int>();
        foreach (var product in lines.Select(l => l.ProductId).Distinct()) returns[product] = (await lots.Product(product, cancel))?.ReturnDays ?? 0;
        var due = OrderDue.Mark(order, lines, p => returns[p], refunded, clock.Today);
        await db.SaveChangesAsync(cancel);
        if (due && await events.Raise(new LinesDue(order.County, [order.Id]), cancel) is { } unsettled) return unsettled;
        // What was invoiced is no more what was paid.
        await db.Unfiltered<InvoiceAsk>("a refund is told to whoever issued the invoice").Where(i => i.County == order.County && i.OrderId == order.Id && i.State == InvoiceState.Issued).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, InvoiceState.ToCorrect), cancel);
        await announce.Add(order.County, [order], Announce.Refunded, cancel);
        foreach (var claim in claims) await back.Pay(order, claim.Amount, claim.RequestId, "claim", cancel);
        foreach (var claim in claims)
            if (await events.Raise(new RefundClaimed(order.County, claim.Id), cancel) is { } no) return no;
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
