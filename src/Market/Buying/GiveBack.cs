using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Api;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;

namespace Shanhuo.Market.Buying;

/// <summary>Undoes an order before it leaves: goods back to their lots and offers, open payments closed, paid ones on their way back to the buyer, programs told. Call with an open transaction that holds the order's row.</summary>
internal sealed class GiveBack(ShanhuoDb db, Ids ids, TimeProvider clock, OrderLots lots, Announce announce)
{
    /// <summary>Undoes it.</summary>
    /// <param name="order">Tracked; becomes cancelled.</param>
    /// <param name="lines">All its lines, tracked.</param>
    /// <param name="reason">Reason of a buyer's refund.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="keepPaid">What was paid stays with the seller (a deposit that is lost).</param>
    public async Task<Refusal?> Undo(Order order, IReadOnlyList<OrderLine> lines, string reason, CancellationToken cancel, bool keepPaid = false)
    {
        (order.State, order.IsWaiting) = (OrderState.Cancelled, false);
        // Lines of one wish that came out of several lots tell its units once.
        foreach (var offer in lines.Where(l => l.OfferId is not null && l.Units > 0).GroupBy(l => l.OfferId!.Value).OrderBy(g => g.Key))
        {
            var (id, units, now) = (offer.Key, offer.Sum(l => l.Units), clock.NowMs);
            await db.Unfiltered<Offer>("a station gives back units of its cooperative's offer").Where(o => o.County == order.County && o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Sold, o => o.Sold - units).SetProperty(o => o.ChangedMs, now), cancel);
        }
        foreach (var line in lines.OrderBy(l => l.LotId))
        {
            if (await lots.PutBack(line, clock.Today, cancel) is { } no) return no;
            line.Waits = WaitReason.None;
        }
        var back = await Back(order, cancel);
        foreach (var payment in await db.Payments.Where(p => p.County == order.County && p.OrderId == order.Id).ToListAsync(cancel))
            if (payment.State == PaymentState.Open) payment.State = PaymentState.Closed;
            else if (payment.State == PaymentState.Paid && !keepPaid && payment.Amount.Value - back[payment.Id].Sum() is > 0 and var left) Refund(payment, new Fen(left), OrderLots.Request(payment.Id, 9), reason);
        await announce.Add(order.County, [order], Announce.Cancelled, cancel);
        return null;
    }

    /// <summary>Gives a buyer money back, out of what was paid for the order, the last payment first.</summary>
    /// <param name="order">An order of ours; for others nothing is done: their platform pays back.</param>
    /// <param name="amount">Above zero.</param>
    /// <param name="requestId">The claim.</param>
    /// <param name="reason">For the buyer and the institution.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task Pay(Order order, Fen amount, Guid requestId, string reason, CancellationToken cancel)
    {
        var paid = await db.Payments.Where(p => p.County == order.County && p.OrderId == order.Id && p.State == PaymentState.Paid).OrderByDescending(p => p.Id).ToListAsync(cancel);
        if (paid.Count == 0) return;
        var back = await Back(order, cancel);
        var left = amount.Value;
        foreach (var payment in paid)
        {
            var some = Math.Min(left, payment.Amount.Value - back[payment.Id].Sum());
            if (some <= 0) continue;
            Refund(payment, new Fen(some), Of(requestId, payment.Id), reason);
            if ((left -= some) == 0) return;
        }
        throw new InvalidOperationException($"Order {order.Number}: more is given back than was paid.");
    }

    private async Task<ILookup<long, long>> Back(Order order, CancellationToken cancel)
    {
        var rows = await db.BuyerRefunds.Where(r => r.County == order.County && r.OrderId == order.Id).Select(r => new { r.PaymentId, r.Amount }).ToListAsync(cancel);
        // Those of the same change are not yet in the database.
        rows.AddRange(db.ChangeTracker.Entries<BuyerRefund>().Where(e => e.State == EntityState.Added && e.Entity.OrderId == order.Id).Select(e => new { e.Entity.PaymentId, e.Entity.Amount }));
        return rows.ToLookup(r => r.PaymentId, r => r.Amount.Value);
    }

    // One claim may be paid out of two payments.
    private static Guid Of(Guid requestId, long paymentId) => new(SHA256.HashData([.. requestId.ToByteArray(), .. BitConverter.GetBytes(paymentId)])[..16]);

    private void Refund(Payment payment, Fen amount, Guid requestId, string reason)
    {
        var id = ids.Next();
        db.BuyerRefunds.Add(new BuyerRefund { County = payment.County, Id = id, RequestId = requestId, PaymentId = payment.Id, OrderId = payment.OrderId, Number = $"SR{id:0000000000000000000}", Amount = amount, Reason = reason, AtMs = clock.NowMs });
    }
}
