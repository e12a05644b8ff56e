using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Cash;

/// <summary>Who handles cash, for which organisation.</summary>
internal sealed record CashHand(long AccountId, long? OrganisationId);

/// <summary>Asks in the own scope whether this person may, and acts in that of the county, since an order may be of a seller elsewhere.</summary>
internal sealed class CashDesk(ShanhuoDb db, CashBook book, IServiceScopeFactory scopes)
{
    /// <summary>Money was collected on delivery.</summary>
    /// <param name="requestId">Once.</param>
    /// <param name="paymentId">The open payment.</param>
    /// <param name="amount">What was collected: exactly what is due.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Outcome<CashPaper>> Collect(Guid requestId, long paymentId, Fen amount, CancellationToken cancel)
    {
        var county = db.Scope.County;
        var order = await db.Payments.Where(p => p.County == county && p.Id == paymentId && p.Method == "cod").Select(p => (long?)p.OrderId).SingleOrDefaultAsync(cancel);
        if (order is null || !await book.IsMine(order.Value, cancel)) return new Refusal("cash.unknown");
        return await In(s => s.GetRequiredService<CollectCashHandler>().Collect(requestId, paymentId, amount, Hand, cancel));
    }

    /// <summary>Somebody says that a larger sum may be handed out, or a transfer sent.</summary>
    public async Task<Refusal?> Release(long refundId, CancellationToken cancel) =>
        await MayHandle(refundId, cancel) ? await In(s => s.GetRequiredService<HandBackHandler>().Release(refundId, Hand, cancel)) : new Refusal("cash.unknown");

    /// <summary>Money was handed to the buyer, or sent by the bank.</summary>
    /// <param name="requestId">Once.</param>
    /// <param name="refundId">The refund that waits.</param>
    /// <param name="reference">The bank's number of what was sent; not asked of cash.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Outcome<CashPaper>> HandBack(Guid requestId, long refundId, string? reference, CancellationToken cancel) =>
        await MayHandle(refundId, cancel) ? await In(s => s.GetRequiredService<HandBackHandler>().HandBack(requestId, refundId, reference, Hand, cancel)) : new Refusal("cash.unknown");

    private Task<T> In<T>(Func<IServiceProvider, Task<T>> work) => scopes.As(new Scope { Area = db.Scope.County, Role = Role.CountyStaff, AccountId = db.Scope.AccountId }, work);

    private CashHand Hand => new(db.Scope.AccountId, db.Scope.OrganisationId);

    private async Task<bool> MayHandle(long refundId, CancellationToken cancel)
    {
        var county = db.Scope.County;
        return await db.BuyerRefunds.Where(r => r.County == county && r.Id == refundId).Select(r => (long?)r.OrderId).SingleOrDefaultAsync(cancel) is { } order && await book.IsMine(order, cancel);
    }
}

/// <summary>Books what was collected on delivery as the order's payment, with its slip, in one transaction. What was granted to the buyer before the money came is put on the way back with it.</summary>
internal sealed class CollectCashHandler(ShanhuoDb db, Ids ids, TimeProvider clock, TakePaymentHandler take, GiveBack back)
{
    public async Task<Outcome<CashPaper>> Collect(Guid requestId, long paymentId, Fen amount, CashHand hand, CancellationToken cancel)
    {
        var county = db.Scope.County;
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        var orderId = await db.Payments.Where(p => p.County == county && p.Id == paymentId).Select(p => p.OrderId).SingleAsync(cancel);
        await db.Orders.Where(o => o.County == county && o.Id == orderId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel);
        if (await db.CashPapers.AsNoTracking().SingleOrDefaultAsync(p => p.County == county && p.RequestId == requestId, cancel) is { } earlier) return earlier;
        var order = await db.Orders.SingleAsync(o => o.County == county && o.Id == orderId, cancel);
        var payment = await db.Payments.SingleAsync(p => p.County == county && p.Id == paymentId, cancel);
        if (order.State == OrderState.Cancelled || payment.State == PaymentState.Closed) return new Refusal("cash.cancelled", Place.None, order.Number);
        if (payment.State == PaymentState.Paid) return new Refusal("cash.collected", Place.None, order.Number, payment.TransactionId ?? "");
        // On delivery all of it is due at once.
        var due = payment.Amount;
        if (amount != due) return new Refusal("cash.amount", Place.Input("Amount"), due);
        var paper = new CashPaper { Id = ids.Next(), County = county, RequestId = requestId, Area = order.Area, IsBack = false, CauseId = paymentId, OrderId = orderId, OrderNumber = order.Number, Number = $"K{paymentId}", Amount = due, AccountId = hand.AccountId, OrganisationId = hand.OrganisationId, AtMs = clock.NowMs };
        if (await take.Handle(new PaymentTold(payment.Number, payment.Method, paper.Number, due, "CNY"), cancel) is { } no) return no;
        db.CashPapers.Add(paper);
        var lines = await db.OrderLines.Where(l => l.County == county && l.OrderId == orderId).Select(l => l.Id).ToListAsync(cancel);
        var granted = await db.RefundClaims.Where(r => r.County == county && lines.Contains(r.LineId)).SumAsync(r => (long)r.Amount, cancel) - await db.BuyerRefunds.Where(r => r.County == county && r.OrderId == orderId).SumAsync(r => (long)r.Amount, cancel);
        if (granted > 0) await back.Pay(order, new Fen(granted), OrderLots.Request(paymentId, 7), "claim", cancel);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return paper;
    }
}

/// <summary>Gives cash and transfers back to buyers: of cash above the limit, and of every transfer, one person releases it and another hands it out or sends it.</summary>
internal sealed class HandBackHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <summary>The first person's word.</summary>
    public async Task<Refusal?> Release(long refundId, CashHand hand, CancellationToken cancel)
    {
        var county = db.Scope.County;
        return await db.BuyerRefunds.Where(r => r.County == county && r.Id == refundId && r.State == BuyerRefundState.Due && (r.ReleasedAccountId == null || r.ReleasedAccountId == hand.AccountId)).ExecuteUpdateAsync(set => set.SetProperty(r => r.ReleasedAccountId, hand.AccountId), cancel) == 0 ? new Refusal("cash.released") : null;
    }

    /// <summary>The buyer has it.</summary>
    public async Task<Outcome<CashPaper>> HandBack(Guid requestId, long refundId, string? reference, CashHand hand, CancellationToken cancel)
    {
        var county = db.Scope.County;
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        // The refund's row is taken first, so that two who hand it out come one after the other.
        if (await db.BuyerRefunds.Where(r => r.County == county && r.Id == refundId).ExecuteUpdateAsync(set => set.SetProperty(r => r.Tries, r => r.Tries), cancel) == 0) return new Refusal("cash.unknown");
        if (await db.CashPapers.AsNoTracking().SingleOrDefaultAsync(p => p.County == county && p.RequestId == requestId, cancel) is { } earlier) return earlier;
        var refund = await db.BuyerRefunds.SingleAsync(r => r.County == county && r.Id == refundId, cancel);
        var payment = await db.Payments.AsNoTracking().SingleAsync(p => p.County == county && p.Id == refund.PaymentId, cancel);
        if (payment.Method is not ("cod" or "cash" or "transfer")) return new Refusal("cash.unknown");
        if (refund.State != BuyerRefundState.Due) return new Refusal("cash.handed", Place.None, refund.Number);
        var byBank = payment.Method == "transfer";
        if (byBank || refund.Amount.Value > CashRules.Shipped.SecondPersonAbove)
        {
            if (refund.ReleasedAccountId is not { } first) return byBank ? new Refusal("cash.release-transfer") : new Refusal("cash.release-first", Place.None, new Fen(CashRules.Shipped.SecondPersonAbove));
            if (first == hand.AccountId) return new Refusal("cash.second");
        }
        var number = byBank ? BankReference.Read(reference) : null;
        if (byBank && number is null) return new Refusal("transfer.reference", Place.Input("Reference"));
        if (number is not null && await db.CashPapers.AnyAsync(p => p.County == county && p.Reference == number, cancel)) return new Refusal("transfer.used", Place.Input("Reference"), number);
        var order = await db.Orders.AsNoTracking().SingleAsync(o => o.County == county && o.Id == refund.OrderId, cancel);
        (refund.State, refund.DoneMs) = (BuyerRefundState.Done, clock.NowMs);
        var paper = new CashPaper { Id = ids.Next(), County = county, RequestId = requestId, Area = order.Area, IsBack = true, CauseId = refundId, OrderId = order.Id, OrderNumber = order.Number, Number = refund.Number, Amount = refund.Amount, Reference = number, AccountId = hand.AccountId, OrganisationId = hand.OrganisationId, AtMs = clock.NowMs };
        db.CashPapers.Add(paper);
        db.Record(ids, clock, "decision", byBank ? "transfer-back" : "cash-back", 0);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return paper;
    }
}
