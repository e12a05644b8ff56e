using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Agents;
using Shanhuo.Market.Api;
using Shanhuo.Market.Bulk;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Buying;

/// <summary>Serves orders in their order of arrival in one transaction: the goods of all of them leave their lots with one statement a lot. So a rush costs one commit for many buyers, and nobody overtakes.</summary>
internal sealed class CheckoutBatch(ShanhuoDb db, Ids ids, TimeProvider clock, OfferBook offers, OrderLots schemes, Secrets secrets, Announce announce, Conclude conclude)
{
    private FreightTable freights = FreightTable.Shipped;
    private readonly List<Order> orders = [];
    private readonly List<Order> groups = [];
    private readonly List<OrderLine> lines = [];
    private readonly List<LotMove> moves = [];
    private readonly List<Delivery> deliveries = [];
    private readonly List<Payment> payments = [];
    private readonly Dictionary<long, long> fromLots = [];
    private Dictionary<string, int> unpaid = [];

    /// <summary>Serves them.</summary>
    /// <returns>An answer for each; null: somebody outside took goods meanwhile, nothing is done, try again.</returns>
    public async Task<Outcome<Placed>[]?> Do(AreaCode county, IReadOnlyList<WebOrder> wanted, CancellationToken cancel)
    {
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        var answers = new Outcome<Placed>?[wanted.Count];
        var known = await Known(county, [.. wanted.Select(w => w.RequestId)], cancel);
        var book = await offers.Read(county, [.. wanted.SelectMany(w => w.Wishes).Select(w => w.OfferId).Distinct()], cancel);
        freights = await db.FreightOf(county, cancel);
        unpaid = await Unpaid(county, [.. wanted.Where(IsOwn).Select(w => PhoneKey(w)).Distinct()], cancel);
        var first = new Dictionary<Guid, int>();
        for (var i = 0; i < wanted.Count; i++)
        {
            var request = wanted[i].RequestId;
            if (known.TryGetValue(request, out var before)) answers[i] = before;
            else if (first.TryGetValue(request, out var twin)) answers[i] = answers[twin];
            else
            {
                answers[i] = await Serve(county, wanted[i], book, cancel);
                first.Add(request, i);
            }
        }
        if (!await conclude.Take(cancel) || !await TakeGoods(county, book.Values, cancel)) return null;
        await db.InsertAll(orders, cancel);
        await db.InsertAll(lines, cancel);
        await db.InsertAll(moves, cancel);
        await db.InsertAll(deliveries, cancel);
        await db.InsertAll(payments, cancel);
        await announce.Add(county, orders, Announce.Placed, cancel);
        await CountGroups(county, cancel);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return [.. answers.Select(a => a!.Value)];
    }

    private async Task<Outcome<Placed>> Serve(AreaCode county, WebOrder wanted, Dictionary<long, StandingOffer> book, CancellationToken cancel)
    {
        var (now, today) = (clock.NowMs, clock.Today);
        var asked = new List<(StandingOffer Offer, int Units)>();
        if (wanted.Wishes.DistinctBy(w => w.OfferId).Count() != wanted.Wishes.Count) return new Refusal("market.cart-twice");
        for (var i = 0; i < wanted.Wishes.Count; i++)
        {
            var wish = wanted.Wishes[i];
            var field = Place.Input($"Wishes[{i}].Units");
            if (!book.TryGetValue(wish.OfferId, out var offer)) return new Refusal("market.offer-unknown", field);
            if (wish.Units < 1 || wish.Units > offer.Offer.MostPerOrder) return new Refusal("market.offer-most", field, offer.Offer.MostPerOrder);
            if (OfferStanding.WhyNot(wanted.Agreed is not null && offer.Offer.State == OfferState.Agreed ? offer.Facts with { State = OfferState.Open } : offer.Facts, now, today, wish.Units) is { } closed) return closed with { Where = field };
            asked.Add((offer, wish.Units));
        }
        if (asked.Count == 0) return new Refusal("market.cart-empty");
        if (asked.Any(a => a.Offer.Offer.SellerId != asked[0].Offer.Offer.SellerId)) return new Refusal("market.cart-sellers");
        if (!Total(county, freights, wanted, asked, today).Ok(out var total, out var no)) return no;
        if (IsOwn(wanted) && unpaid.GetValueOrDefault(PhoneKey(wanted)) >= freights.MostUnpaid) return new Refusal("market.order-unpaid-many", Place.Input("Phone"), freights.MostUnpaid);
        if (wanted.Shown is { } shown && shown != total.Sum) return new Refusal("market.cart-changed", Place.None, shown, total.Sum);
        if (wanted.Agreed is { } agreed && await conclude.WhyNot(agreed, cancel) is { } over) return over;
        var outcome = await Write(county, wanted, asked, total, cancel);
        if (wanted.Agreed is not null && outcome.Ok(out var placed, out _)) conclude.Add(wanted.Agreed, placed.OrderId);
        return outcome;
    }

    /// <summary>What an order costs, goods and freight; the same figure for the page and for the order.</summary>
    internal static Outcome<(Fen Goods, FreightQuote Freight, Fen Sum, Fen Now)> Total(AreaCode county, FreightTable freights, WebOrder wanted, IReadOnlyList<(StandingOffer Offer, int Units)> asked, DateOnly today)
    {
        wanted = AtLeader(wanted, asked);
        long goods = 0, now = 0, grams = 0;
        foreach (var (offer, units) in asked)
        {
            var price = checked(offer.Offer.Price.Value * units);
            goods = checked(goods + price);
            now += offer.Offer.DepositPpm is { } ppm ? new Rate(ppm).Of(new Fen(price)).Value : price;
            grams += units * offer.Offer.PerUnit * (offer.Product.ByPiece ? offer.Product.PieceGrams : 1);
        }
        var from = asked.Max(a => a.Offer.Offer.DeliverFrom is { } day && day > today ? day : today);
        var visits = asked.All(a => a.Offer.Offer.Kind == OfferKind.Visit);
        FreightQuote freight;
        if (wanted.Agreed is { } agreed)
        {
            freight = new FreightQuote("agreed", agreed.Freight, agreed.PromisedDay);
            now = agreed.DepositPpm is { } deposit ? new Rate(deposit).Of(new Fen(goods)).Value : goods;
        }
        else if (visits) freight = new FreightQuote("none", Fen.Zero, asked.Max(a => a.Offer.Offer.DeliverFrom ?? today));
        else if (!freights.Quote(county, wanted.To.PickupId is null ? wanted.To.Place : "", grams, asked.Any(a => a.Offer.Product.Cold), from).Ok(out freight!, out var no)) return no;
        var sum = new Fen(goods) + freight.Amount;
        return (new Fen(goods), freight, sum, now == goods ? sum : new Fen(now));
    }

    private async Task<Outcome<Placed>> Write(AreaCode county, WebOrder wanted, List<(StandingOffer Offer, int Units)> asked, (Fen Goods, FreightQuote Freight, Fen Sum, Fen Now) total, CancellationToken cancel)
    {
        var (now, today, id, asWished) = (clock.NowMs, clock.Today, ids.Next(), wanted);
        var seller = asked[0].Offer.Offer;
        wanted = AtLeader(wanted, asked);
        var order = new Order
        {
            Id = id, County = county, RequestId = wanted.RequestId, Area = seller.Area, Channel = wanted.Channel, Number = $"W{today:yyMMdd}-{id % 10_000_000_000:0000000000}", Campaign = asked.Select(a => a.Offer.Offer.Campaign).FirstOrDefault(c => c is not null),
            PlacedDay = today, State = wanted.Method == "cod" || total.Now == Fen.Zero ? OrderState.Placed : OrderState.Unpaid, StationId = wanted.StationId, SellerId = seller.SellerId, Buyer = wanted.Agreed?.Buyer ?? "",
        };
        var mine = new List<OrderLine>();
        foreach (var (offer, units) in asked)
        {
            var quantity = units * offer.Offer.PerUnit;
            var goods = new Fen(checked(offer.Offer.Price.Value * units));
            mine.Add(new OrderLine
            {
                Id = ids.Next(), County = county, OrderId = id, Number = mine.Count + 1, ProductId = offer.Product.Id, Grams = offer.Product.ByPiece ? 0 : quantity, Pieces = offer.Product.ByPiece ? quantity : 0, Units = units,
                Goods = goods, Freight = Fen.Zero, Commission = new Rate(offer.Offer.CommissionPpm).Of(goods), OfferId = offer.Offer.Id, Grade = offer.Offer.Grade, Waits = offer.Offer.Harvest ? WaitReason.Harvest : WaitReason.None,
            });
        }
        PlaceOrderHandler.ShareFreight(total.Freight.Amount, mine);
        var fees = Webster.Apportion(wanted.AgentFee, mine.Select(l => l.Goods.Value).ToArray());
        for (var i = 0; i < mine.Count; i++) mine[i].Commission += fees[i];
        var whole = new List<OrderLine>();
        var taken = new List<(OpenLot Lot, long Quantity)>();
        for (var i = 0; i < asked.Count; i++)
        {
            var (offer, units) = asked[i];
            if (offer.Offer.Harvest) { whole.Add(mine[i]); continue; }
            // Two offers of a cart may draw on the same lot: each had enough, both together have not.
            if (Parts(offer, units) is not { } parts) return Undo(new Refusal("market.offer-short", Place.Input($"Wishes[{i}].Units"), offer.Left));
            foreach (var (lot, quantity) in parts) { lot.Available -= quantity; taken.Add((lot, quantity)); }
            if (await schemes.Freeze(order, parts[0].Lot.Id, today, cancel) is { } no) return Undo(no);
            var next = mine.Count + whole.Count + 1;
            whole.AddRange(LineSplit.Divide(mine[i], [.. parts.OrderBy(p => p.Lot.Code, StringComparer.Ordinal).Select(p => new LotPart(p.Lot.Id, p.Quantity))], offer.Product.ByPiece, ref next, ids.Next));
        }
        foreach (var (offer, units) in asked) offer.Taken += units;
        foreach (var (lot, quantity) in taken) fromLots[lot.Id] = fromLots.GetValueOrDefault(lot.Id) + quantity;
        order.IsWaiting = whole.Any(l => l.LotId is null);
        for (var i = 0; i < whole.Count; i++)
            if (whole[i].LotId is { } lot)
                moves.Add(new LotMove { Id = ids.Next(), County = county, RequestId = OrderLots.Request(whole[i].Id, 1), LotId = lot, Kind = MoveKind.Sold, Quantity = -(whole[i].Grams + whole[i].Pieces), Day = today, CauseId = whole[i].Id, ByAccountId = wanted.BuyerAccountId ?? 0 });
        var minutes = wanted.Method == "cash" ? freights.CashHours * 60 : asked.Any(a => a.Offer.Offer.Kind == OfferKind.Flash) ? freights.FlashPayMinutes : freights.PayMinutes;
        // On delivery all is paid at once, whenever that is.
        var (amount, until) = wanted.Method == "cod" ? (total.Sum, Payment.NoEndMs) : (total.Now, wanted.Agreed?.PayUntilMs ?? now + minutes * 60_000L);
        var payment = new Payment { County = county, Id = ids.Next(), OrderId = id, Part = amount == total.Sum ? PaymentPart.Whole : PaymentPart.Deposit, Method = wanted.Method, Number = $"SH{id:0000000000000000000}A", Amount = amount, CreatedMs = now, PayUntilMs = until };
        if (IsOwn(asWished)) unpaid[PhoneKey(wanted)] = unpaid.GetValueOrDefault(PhoneKey(wanted)) + 1;
        // Nothing is to be paid before the balance.
        if (amount == Fen.Zero) (payment.State, payment.PaidMs) = (PaymentState.Paid, now);
        orders.Add(order);
        if (wanted.StationId != asWished.StationId) groups.Add(order);
        lines.AddRange(whole);
        payments.Add(payment);
        deliveries.Add(ToDelivery(order, wanted, total.Freight));
        return new Placed(id, order.Number, payment);

        Refusal Undo(Refusal no)
        {
            foreach (var (lot, quantity) in taken) lot.Available += quantity;
            return no;
        }
    }

    // What a neighbour orders of a community group in the window is an order of the group, other than what was agreed with one buyer: its leader's station has sold it, hands it over and gets the commission.
    private static WebOrder AtLeader(WebOrder wanted, IReadOnlyList<(StandingOffer Offer, int Units)> asked) =>
        wanted is { StationId: null, Agreed: null } && asked.Select(a => a.Offer.Offer).FirstOrDefault(o => o is { Kind: OfferKind.Community, PickupId: not null }) is { } group ? wanted with { Channel = "agent", StationId = group.PickupId, To = wanted.To with { PickupId = group.PickupId } } : wanted;

    // The leader's commission stands on the lines; the task repeats it for the month. Orders that a leader has typed are counted by the list.
    private async Task CountGroups(AreaCode county, CancellationToken cancel)
    {
        if (groups.Count == 0) return;
        var stations = groups.Select(g => g.StationId!.Value).Distinct().ToList();
        var seats = await db.OrganisationFacts.Where(o => EF.Parameter(stations).Contains(o.Id)).Select(o => new { o.Id, o.Area }).ToDictionaryAsync(o => o.Id, o => o.Area, cancel);
        foreach (var order in groups)
        {
            var mine = lines.Where(l => l.OrderId == order.Id).ToList();
            db.AgentTasks.Add(new AgentTask { County = county, Id = ids.Next(), Area = seats[order.StationId!.Value], StationId = order.StationId.Value, Task = "group", CauseId = order.Id, Amount = new Fen(mine.Sum(l => l.Goods.Value)), Fee = new Fen(mine.Sum(l => l.Commission.Value)), Day = order.PlacedDay });
        }
    }

    // Whole units out of the lot that expires first; null: there are not so many.
    private static List<(OpenLot Lot, long Quantity)>? Parts(StandingOffer offer, long units)
    {
        var parts = new List<(OpenLot, long)>();
        foreach (var lot in offer.Lots)
        {
            var some = Math.Min(units, lot.Available / offer.Offer.PerUnit);
            if (some == 0) continue;
            parts.Add((lot, some * offer.Offer.PerUnit));
            if ((units -= some) == 0) return parts;
        }
        return null;
    }

    private Delivery ToDelivery(Order order, WebOrder wanted, FreightQuote freight)
    {
        var to = wanted.To;
        return new Delivery
        {
            County = order.County, OrderId = order.Id, Area = order.Area, Mode = to.PickupId is null ? DeliveryMode.Home : DeliveryMode.Pickup, PickupId = to.PickupId,
            NameHidden = secrets.Hide(to.Name, Delivery.Binding("name", order.Id)), PhoneHidden = secrets.Hide(to.Phone, Delivery.Binding("phone", order.Id)), AddressHidden = secrets.Hide(to.Address, Delivery.Binding("address", order.Id)),
            PhoneMask = Secrets.Mask(to.Phone), PhoneKey = PhoneKey(wanted), BuyerAccountId = wanted.BuyerAccountId, Zone = freight.Zone, Province = to.Place is { Length: >= 2 } place ? place[..2] : null, PromisedDay = freight.PromisedDay,
        };
    }

    // Offers before lots and each by its id, as everybody does who takes both, so that two never wait for each other.
    private async Task<bool> TakeGoods(AreaCode county, IEnumerable<StandingOffer> book, CancellationToken cancel)
    {
        var now = clock.NowMs;
        foreach (var offer in book.Where(o => o.Taken > 0).OrderBy(o => o.Offer.Id))
        {
            var (id, units) = (offer.Offer.Id, offer.Taken);
            if (await db.Unfiltered<Offer>("a buyer is nobody, and the goods are counted for all").Where(o => o.County == county && o.Id == id && (o.State == OfferState.Open || o.State == OfferState.Agreed) && o.Round != GroupRound.Failing && o.Round != GroupRound.Failed && (o.Cap == null || o.Sold + units <= o.Cap)).ExecuteUpdateAsync(set => set.SetProperty(o => o.Sold, o => o.Sold + units).SetProperty(o => o.ChangedMs, now), cancel) == 0) return false;
        }
        var day = clock.Today;
        foreach (var (lotId, quantity) in fromLots.OrderBy(l => l.Key))
            if (await db.Unfiltered<Lot>("a buyer is nobody, and the goods are counted for all").Where(l => l.County == county && l.Id == lotId && l.ClosedDay == null && l.RecallId == null && l.Available >= quantity)
                .ExecuteUpdateAsync(set => set.SetProperty(l => l.Available, l => l.Available - quantity).SetProperty(l => l.SealedDay, l => l.SealedDay ?? day).SetProperty(l => l.OpenKey, (string?)null), cancel) == 0) return false;
        return true;
    }

    // Stations and programs answer for those for whom they order.
    private static bool IsOwn(WebOrder wanted) => wanted.Channel == "pavilion" && wanted.Method != "cod";

    private string PhoneKey(WebOrder wanted) => secrets.LookUp(wanted.To.Phone, Delivery.Table + ":phone");

    // Orders that wait for their money, by phone.
    private async Task<Dictionary<string, int>> Unpaid(AreaCode county, List<string> phones, CancellationToken cancel) =>
        phones.Count == 0 ? [] : await (from delivery in db.Deliveries
                                        join order in db.Orders on new { delivery.County, Id = delivery.OrderId } equals new { order.County, order.Id }
                                        where delivery.County == county && EF.Parameter(phones).Contains(delivery.PhoneKey) && order.State == OrderState.Unpaid
                                        group delivery by delivery.PhoneKey into some
                                        select new { some.Key, Count = some.Count() }).ToDictionaryAsync(s => s.Key, s => s.Count, cancel);

    private async Task<Dictionary<Guid, Outcome<Placed>>> Known(AreaCode county, List<Guid> requests, CancellationToken cancel)
    {
        var found = await (from order in db.Orders
                           join payment in db.Payments on new { order.County, OrderId = order.Id } equals new { payment.County, payment.OrderId }
                           where order.County == county && EF.Parameter(requests).Contains(order.RequestId) && payment.Part != PaymentPart.Balance
                           select new { order.RequestId, order.Id, order.Number, payment }).AsNoTracking().ToListAsync(cancel);
        return found.ToDictionary(f => f.RequestId, f => (Outcome<Placed>)new Placed(f.Id, f.Number, f.payment));
    }
}
