using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;

namespace Shanhuo.Market.Cash;

/// <summary>Money to collect for an order that is paid on delivery.</summary>
internal sealed record ToCollect(long PaymentId, string Number, DateOnly PlacedDay, OrderState State, string PhoneMask, Fen Amount);

/// <summary>Money to give back to a buyer who paid in cash or by bank transfer.</summary>
/// <param name="Buyer">Name of a bulk buyer; else empty.</param>
/// <param name="Transfer">The bank's number of the transfer by which it came and goes back; null: cash.</param>
/// <param name="ReleasedBy">Who released it; null: nobody yet.</param>
internal sealed record ToHandBack(long RefundId, string Number, string Buyer, string PhoneMask, Fen Amount, string Reason, string? Transfer, long? ReleasedBy)
{
    public bool NeedsRelease => Transfer is not null || Amount.Value > CashRules.Shipped.SecondPersonAbove;
}

/// <summary>What this person has to collect and to give back: county staff all of the county, an organisation that of its own offers, of orders it took and of those fetched at it.</summary>
internal sealed class CashBook(ShanhuoDb db)
{
    private const string Why = "whoever sells, takes or hands over an order handles its cash";

    /// <summary>Rows of a list.</summary>
    public const int Most = 100;

    private IQueryable<Order> Mine
    {
        get
        {
            var (county, own) = (db.Scope.County, db.Scope.OrganisationId);
            var orders = db.Unfiltered<Order>(Why).Where(o => o.County == county);
            if (own is null) return db.Scope.Role == Role.CountyStaff ? orders : orders.Where(o => false);
            var deliveries = db.Unfiltered<Delivery>(Why);
            return orders.Where(o => o.StationId == own || o.SellerId == own || deliveries.Any(d => d.County == o.County && d.OrderId == o.Id && d.PickupId == own));
        }
    }

    /// <summary>May this person handle the cash of an order?</summary>
    public Task<bool> IsMine(long orderId, CancellationToken cancel) => Mine.AnyAsync(o => o.Id == orderId, cancel);

    /// <summary>Open payments on delivery, the oldest first.</summary>
    public async Task<List<ToCollect>> Collect(CancellationToken cancel)
    {
        var (county, mine) = (db.Scope.County, Mine);
        return await (from p in db.Payments
                      where p.County == county && p.State == PaymentState.Open && p.Method == "cod"
                      join o in mine on new { p.County, Id = p.OrderId } equals new { o.County, o.Id }
                      join d in db.Unfiltered<Delivery>(Why) on new { p.County, p.OrderId } equals new { d.County, d.OrderId }
                      where o.State != OrderState.Cancelled
                      orderby p.PayUntilMs, p.Id
                      select new ToCollect(p.Id, o.Number, o.PlacedDay, o.State, d.PhoneMask, p.Amount)).Take(Most).ToListAsync(cancel);
    }

    /// <summary>Refunds of cash and of transfers that wait, the oldest first.</summary>
    public async Task<List<ToHandBack>> HandBack(CancellationToken cancel)
    {
        var (county, mine) = (db.Scope.County, Mine);
        return await (from r in db.BuyerRefunds
                      where r.State == BuyerRefundState.Due && r.County == county
                      join p in db.Payments on new { r.County, Id = r.PaymentId } equals new { p.County, p.Id }
                      where p.Method == "cod" || p.Method == "cash" || p.Method == "transfer"
                      join o in mine on new { r.County, Id = r.OrderId } equals new { o.County, o.Id }
                      join d in db.Unfiltered<Delivery>(Why) on new { r.County, r.OrderId } equals new { d.County, d.OrderId } into ds
                      from delivery in ds.DefaultIfEmpty()
                      orderby r.Id
                      select new ToHandBack(r.Id, o.Number, o.Buyer, delivery.PhoneMask ?? "", r.Amount, r.Reason, p.Method == "transfer" ? p.TransactionId ?? "" : null, r.ReleasedAccountId)).Take(Most).ToListAsync(cancel);
    }
}
