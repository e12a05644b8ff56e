using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Api;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Payments;

/// <summary>Money has come in, as an institution or a station says: before the goods were given up the order is paid; after that the money goes back. Said again it changes nothing.</summary>
internal sealed class TakePaymentHandler(ShanhuoDb db, TimeProvider clock, GiveBack back, Announce announce)
{
    /// <summary>Takes it.</summary>
    /// <param name="number">Our number of the payment.</param>
    /// <param name="method">By which way it came.</param>
    /// <param name="transactionId">The institution's number, or that of the slip.</param>
    /// <param name="amount">What came.</param>
    /// <param name="currency"><c>CNY</c>.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Null: it is in the books, now or before. <c>market.pay-unknown</c>, <c>-method</c>, <c>-amount</c>, <c>-currency</c>, <c>-twice</c>: nothing was changed, somebody must look.</returns>
    public async Task<Refusal?> Handle(string number, string method, string transactionId, Fen amount, string currency, CancellationToken cancel)
    {
        var found = await db.Payments.AsNoTracking().SingleOrDefaultAsync(p => p.Number == number, cancel);
        if (found is null) return new Refusal("market.pay-unknown", Place.None, number);
        if (found.Method != method) return new Refusal("market.pay-method", Place.None, number, method, found.Method);
        if (currency != "CNY") return new Refusal("market.pay-currency", Place.None, number, currency);
        if (amount != found.Amount) return new Refusal("market.pay-amount", Place.None, number, amount, found.Amount);
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        var (county, orderId) = (found.County, found.OrderId);
        // The order's row is taken first, by everybody who changes an order.
        await db.Orders.Where(o => o.County == county && o.Id == orderId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel);
        var payment = await db.Payments.SingleAsync(p => p.Number == number, cancel);
        if (payment.State == PaymentState.Paid) return payment.TransactionId == transactionId ? null : new Refusal("market.pay-twice", Place.None, number, transactionId);
        var order = await db.Orders.SingleAsync(o => o.County == county && o.Id == orderId, cancel);
        var late = payment.State == PaymentState.Closed || order.State == OrderState.Cancelled;
        (payment.State, payment.TransactionId, payment.PaidMs) = (PaymentState.Paid, transactionId, clock.NowMs);
        if (late) await back.Pay(order, await Saved(payment, cancel), OrderLots.Request(payment.Id, 8), "late-payment", cancel);
        else if (order.State == OrderState.Unpaid) order.State = OrderState.Placed;
        if (!late) await announce.Add(county, [order], Announce.Paid, cancel);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return null;
    }

    // What is given back is looked up among what is paid.
    private async Task<Fen> Saved(Payment payment, CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        return payment.Amount;
    }
}
