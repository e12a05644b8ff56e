using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Shipping;

/// <summary>A line to pack.</summary>
internal sealed record PackLine(OrderLine Line, Product Product, string? Lot, bool ByWeight, LineWeight? Weight)
{
    public long Quantity => Line.Grams + Line.Pieces;
}

/// <summary>An order to pack.</summary>
/// <param name="Order">Placed.</param>
/// <param name="Delivery">Hidden.</param>
/// <param name="Lines">In their order.</param>
/// <param name="Stays">Why it must not leave yet; null: it may.</param>
internal sealed record PackOrder(Order Order, Delivery Delivery, IReadOnlyList<PackLine> Lines, Refusal? Stays);

/// <summary>To whom a parcel goes, in the clear.</summary>
internal sealed record Addressee(string Name, string Phone, string Address);

/// <summary>What this person has to pack: orders of ours in the own area, of the own offers or the own station, oldest first.</summary>
internal sealed class PackingBook(ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets, Leaving leaving)
{
    private const string Why = "whoever packs an order must know how the seller's offer stands and from which lots it is taken";

    /// <summary>Orders on one page, and most on one packing list.</summary>
    public const int Most = 200;

    /// <summary>Those of this person: whose goods lie in the own area, and which the own organisation sells or took.</summary>
    public IQueryable<Order> Mine
    {
        get
        {
            var (county, own) = (db.Scope.County, db.Scope.OrganisationId);
            var orders = db.Orders.Where(o => o.County == county);
            if (own is null) return orders;
            return orders.Where(o => o.StationId == own || o.SellerId == own);
        }
    }

    /// <summary>Those to pack.</summary>
    /// <param name="pickup">Only those fetched at this station; null: all.</param>
    /// <param name="zone">Only those sent to this freight zone; null: all.</param>
    /// <param name="ready">Without those that surely stay (goods, money or group are not there), so that they take nobody's place on a list; <see cref="Leaving"/> has the last word.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<List<PackOrder>> Read(long? pickup, string? zone, bool ready, CancellationToken cancel)
    {
        var county = db.Scope.County;
        var wanted = from o in Mine.AsNoTracking()
                     where o.State == OrderState.Placed
                     join d in db.Unfiltered<Delivery>(Why).AsNoTracking() on new { o.County, OrderId = o.Id } equals new { d.County, d.OrderId }
                     select new { Order = o, Delivery = d };
        if (pickup is { } station) wanted = wanted.Where(w => w.Delivery.PickupId == station);
        if (ready)
        {
            var (offers, lines, payments) = (db.Unfiltered<Offer>(Why), db.OrderLines, db.Payments);
            wanted = wanted.Where(w => !w.Order.IsWaiting
                && !lines.Any(l => l.County == county && l.OrderId == w.Order.Id && offers.Any(f => f.County == county && f.Id == l.OfferId && (f.Round == GroupRound.Failing || f.Round == GroupRound.Failed)))
                && (!payments.Any(p => p.County == county && p.OrderId == w.Order.Id && p.Part == PaymentPart.Deposit) || payments.Any(p => p.County == county && p.OrderId == w.Order.Id && p.Part == PaymentPart.Balance && p.State == PaymentState.Paid)));
        }
        if (zone is { } to) wanted = wanted.Where(w => w.Delivery.Zone == to && w.Delivery.PickupId == null);
        var rows = await wanted.OrderBy(w => w.Order.IsWaiting).ThenBy(w => w.Order.PlacedDay).ThenBy(w => w.Order.Id).Take(Most).ToListAsync(cancel);
        return await Whole(county, [.. rows.Select(r => (r.Order, r.Delivery))], cancel);
    }

    /// <summary>One of them; null: it is not this person's.</summary>
    public async Task<PackOrder?> One(long orderId, CancellationToken cancel)
    {
        if (await Mine.AsNoTracking().SingleOrDefaultAsync(o => o.Id == orderId, cancel) is not { } order) return null;
        var delivery = await db.Unfiltered<Delivery>(Why).AsNoTracking().SingleOrDefaultAsync(d => d.County == order.County && d.OrderId == orderId, cancel);
        return delivery is null ? null : (await Whole(order.County, [(order, delivery)], cancel))[0];
    }

    /// <summary>Names, phones and addresses in the clear; each order's look is on record, once for each person.</summary>
    public async Task<Dictionary<long, Addressee>> Reveal(IReadOnlyList<PackOrder> orders, CancellationToken cancel)
    {
        var (county, account) = (db.Scope.County, db.Scope.AccountId);
        var orderIds = orders.Select(o => o.Order.Id).ToList();
        if (orderIds.Count == 0) return [];
        var seen = await db.DeliveryLooks.Where(l => l.County == county && l.AccountId == account && orderIds.Contains(l.OrderId)).Select(l => l.OrderId).ToListAsync(cancel);
        foreach (var order in orders.Where(o => !seen.Contains(o.Order.Id)))
        {
            db.DeliveryLooks.Add(new DeliveryLook { County = county, OrderId = order.Order.Id, AccountId = account, AtMs = clock.NowMs });
            db.Record(ids, clock, "look", "delivery", 0, fields: "name,phone,address", reason: order.Order.Number);
        }
        await db.SaveChangesAsync(cancel);
        return orders.ToDictionary(o => o.Order.Id, o => new Addressee(Show(o, "name", o.Delivery.NameHidden), Show(o, "phone", o.Delivery.PhoneHidden), Show(o, "address", o.Delivery.AddressHidden)));

        string Show(PackOrder order, string column, string hidden) => secrets.Reveal(hidden, Delivery.Binding(column, order.Order.Id));
    }

    private async Task<List<PackOrder>> Whole(AreaCode county, List<(Order Order, Delivery Delivery)> rows, CancellationToken cancel)
    {
        var orderIds = rows.Select(r => r.Order.Id).ToList();
        if (orderIds.Count == 0) return [];
        var lines = (await (from l in db.OrderLines.AsNoTracking()
                            where l.County == county && orderIds.Contains(l.OrderId)
                            join p in db.Products on l.ProductId equals p.Id
                            join t in db.Unfiltered<Lot>(Why) on new { l.County, Id = l.LotId } equals new { t.County, Id = (long?)t.Id } into ts
                            from lot in ts.DefaultIfEmpty()
                            join f in db.Unfiltered<Offer>(Why) on new { l.County, Id = l.OfferId } equals new { f.County, Id = (long?)f.Id } into fs
                            from offer in fs.DefaultIfEmpty()
                            join w in db.LineWeights on new { l.County, l.Id } equals new { w.County, Id = w.LineId } into ws
                            from weight in ws.DefaultIfEmpty()
                            orderby l.Number
                            select new { Line = l, Product = p, Lot = lot.Code, ByWeight = (bool?)offer.ByWeight, Weight = weight }).ToListAsync(cancel)).ToLookup(l => l.Line.OrderId, l => new PackLine(l.Line, l.Product, l.Lot, l.ByWeight ?? false, l.Weight));
        var stay = await leaving.WhyNot(county, [.. rows.Select(r => r.Order)], cancel);
        return [.. rows.Select(r => new PackOrder(r.Order, r.Delivery, [.. lines[r.Order.Id]], stay.GetValueOrDefault(r.Order.Id)))];
    }
}
