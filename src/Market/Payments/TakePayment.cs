using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Api;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Payments;

/// <summary>What an institution or a station says of money that came.</summary>
/// <param name="Number">Our number of the payment.</param>
/// <param name="Method">By which way it came.</param>
/// <param name="TransactionId">The institution's number, or that of the slip.</param>
/// <param name="Amount">What came.</param>
/// <param name="Currency"><c>CNY</c>.</param>
internal sealed record PaymentTold(string Number, string Method, string TransactionId, Fen Amount, string Currency);

/// <summary>Money has come in: before the goods were given up the order is paid; after that the money goes back. Said again it changes nothing.</summary>
internal sealed class TakePaymentHandler(ShanhuoDb db, TimeProvider clock, GiveBack back, Announce announce)
{
    private readonly List<Order> paid = [];

    /// <summary>Takes one.</summary>
    public async Task<Refusal?> Handle(PaymentTold told, CancellationToken cancel) => (await Handle([told], cancel))[0];

    /// <summary>Takes some in one transaction, that of the caller where there is one.</summary>
    /// <returns>For each null: it is in the books, now or before. <c>market.pay-unknown</c>, <c>-method</c>, <c>-amount</c>, <c>-currency</c>, <c>-twice</c>: nothing of it was changed, somebody must look.</returns>
    public async Task<Refusal?[]> Handle(IReadOnlyList<PaymentTold> told, CancellationToken cancel)
    {
        await using var change = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        var numbers = told.Select(t => t.Number).ToList();
        var of = await db.Payments.Where(p => EF.Parameter(numbers).Contains(p.Number)).Select(p => new { p.County, p.OrderId }).Distinct().ToListAsync(cancel);
        var (counties, orderIds) = (of.Select(o => o.County).Distinct().ToList(), of.Select(o => o.OrderId).ToList());
        // The orders' rows are taken first, by everybody who changes an order.
        if (of.Count > 0) await db.Orders.Where(o => EF.Parameter(counties).Contains(o.County) && EF.Parameter(orderIds).Contains(o.Id)).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel);
        var payments = of.Count == 0 ? [] : await db.Payments.Where(p => EF.Parameter(numbers).Contains(p.Number)).ToDictionaryAsync(p => p.Number, cancel);
        var orders = of.Count == 0 ? [] : await db.Orders.Where(o => EF.Parameter(counties).Contains(o.County) && EF.Parameter(orderIds).Contains(o.Id)).ToDictionaryAsync(o => (o.County, o.Id), cancel);
        var answers = new Refusal?[told.Count];
        paid.Clear();
        for (var i = 0; i < told.Count; i++)
            answers[i] = payments.TryGetValue(told[i].Number, out var payment) ? await Take(told[i], payment, orders[(payment.County, payment.OrderId)], cancel) : new Refusal("market.pay-unknown", Place.None, told[i].Number);
        foreach (var county in paid.GroupBy(o => o.County)) await announce.Add(county.Key, [.. county], Announce.Paid, cancel);
        await db.SaveChangesAsync(cancel);
        if (change is not null) await change.CommitAsync(cancel);
        return answers;
    }

    private async Task<Refusal?> Take(PaymentTold told, Payment payment, Order order, CancellationToken cancel)
    {
        if (payment.Method != told.Method) return new Refusal("market.pay-method", Place.None, told.Number, told.Method, payment.Method);
        if (told.Currency != "CNY") return new Refusal("market.pay-currency", Place.None, told.Number, told.Currency);
        if (told.Amount != payment.Amount) return new Refusal("market.pay-amount", Place.None, told.Number, told.Amount, payment.Amount);
        if (payment.State == PaymentState.Paid) return payment.TransactionId == told.TransactionId ? null : new Refusal("market.pay-twice", Place.None, told.Number, told.TransactionId);
        var late = payment.State == PaymentState.Closed || order.State == OrderState.Cancelled;
        (payment.State, payment.TransactionId, payment.PaidMs) = (PaymentState.Paid, told.TransactionId, clock.NowMs);
        if (late)
        {
            // What is given back is looked up among what is paid.
            await db.SaveChangesAsync(cancel);
            await back.Pay(order, payment.Amount, OrderLots.Request(payment.Id, 8), "late-payment", cancel);
        }
        else
        {
            if (order.State == OrderState.Unpaid) order.State = OrderState.Placed;
            paid.Add(order);
        }
        return null;
    }
}
