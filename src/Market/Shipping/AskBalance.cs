using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.AfterSales;
using Shanhuo.Market.Bulk;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;

namespace Shanhuo.Market.Shipping;

/// <summary>Asks a buyer for the rest of a presale: a second payment with a time of its own. Asked again it is the same payment.</summary>
internal sealed class AskBalanceHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    private static readonly AfterSalesRules Rules = AfterSalesRules.Shipped;

    /// <summary>Asks it for one order.</summary>
    public async Task<Outcome<Payment>> Handle(long orderId, CancellationToken cancel)
    {
        var county = db.Scope.County;
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Orders.Where(o => o.County == county && o.Id == orderId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel) == 0) return new Refusal("market.order-unknown");
        var order = await db.Orders.SingleAsync(o => o.County == county && o.Id == orderId, cancel);
        var payments = await db.Payments.Where(p => p.County == county && p.OrderId == orderId).ToListAsync(cancel);
        if (payments.SingleOrDefault(p => p.Part == PaymentPart.Balance) is { } asked) return asked;
        if (order.State != OrderState.Placed || payments.SingleOrDefault(p => p.Part == PaymentPart.Deposit && p.State == PaymentState.Paid) is not { } deposit) return new Refusal("balance.none", Place.None, order.Number);
        if (order.IsWaiting && await FirstDay(order, cancel) is { } day && day > clock.Today.AddDays(Rules.BalanceBeforeDays)) return new Refusal("balance.early", Place.None, order.Number, day.AddDays(-Rules.BalanceBeforeDays).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        var sum = await db.OrderLines.Where(l => l.County == county && l.OrderId == orderId).SumAsync(l => (long)l.Goods + (long)l.Freight, cancel);
        var payment = new Payment
        {
            County = county, Id = ids.Next(), OrderId = orderId, Part = PaymentPart.Balance, Method = deposit.Method, Number = $"SH{orderId:0000000000000000000}B", Amount = new Fen(sum) - deposit.Amount,
            CreatedMs = clock.NowMs, PayUntilMs = clock.NowMs + (deposit.Method == "transfer" ? BulkRules.Shipped.TransferHours : Rules.BalanceHours) * 3_600_000L,
        };
        db.Payments.Add(payment);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return payment;
    }

    // Goods that are not there yet: the balance is asked when their days come near.
    private Task<DateOnly?> FirstDay(Order order, CancellationToken cancel) =>
        (from l in db.OrderLines
         where l.County == order.County && l.OrderId == order.Id && l.OfferId != null
         join o in db.Unfiltered<Offers.Offer>("whoever packs an order must know how the seller's offer stands") on new { l.County, Id = l.OfferId!.Value } equals new { o.County, o.Id }
         select o.DeliverFrom).MaxAsync(cancel);
}
