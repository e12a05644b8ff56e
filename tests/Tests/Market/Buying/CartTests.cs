using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Shipping;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Buying;

/// <summary>A whole cart is placed or refused with words, and the goods of a lot are counted once for all offers that draw on it.</summary>
public sealed class CartTests
{
    private const long Small = Window.Almonds, Big = 702, Odd = 703;

    private static WebOrder Cart(params (long Offer, int Units)[] wishes) => Window.Order() with { Wishes = [.. wishes.Select(w => new Wish(w.Offer, w.Units))] };

    [Theory, EachDatabase]
    public async Task Packs_of_different_size_from_one_lot_are_placed_together_or_refused_together(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await Window.Open(host, o => o.PerUnit = 1000, Big, promise: false);
        await Window.Open(host, o => o.PerUnit = 700, Odd, promise: false);
        var chance = new Random(11);
        var (placed, refused) = (0, 0);
        for (var round = 0; round < 30; round++)
        {
            var there = chance.Next(1, 8) * 500;
            await Window.Leave(host, there);
            var wishes = new[] { (Small, chance.Next(0, 4)), (Big, chance.Next(0, 3)), (Odd, chance.Next(0, 3)) }.Where(w => w.Item2 > 0).OrderBy(_ => chance.Next()).ToArray();
            if (wishes.Length == 0) continue;
            var wanted = wishes.Sum(w => w.Item2 * (w.Item1 == Small ? 500 : w.Item1 == Big ? 1000 : 700));
            var answer = await Window.Place(host, Cart(wishes));
            // One lot: the cart fits or it does not.
            Assert.Equal(wanted <= there, answer.Refused is null);
            Assert.Equal(answer.Refused is null ? there - wanted : there, await host.Available(SmallCounty.Lot));
            if (answer.Refused is { } no)
            {
                Assert.Contains(no.Code, new[] { "market.offer-short", "market.offer-sold-out" });
                refused++;
            }
            else placed++;
        }
        Assert.True(placed > 3 && refused > 3, $"{placed} placed, {refused} refused");
    }

    [Theory, EachDatabase]
    public async Task The_most_of_an_order_cannot_be_passed_by_naming_the_goods_twice(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host, o => o.MostPerOrder = 1);
        Assert.Equal("market.cart-twice", (await Window.Place(host, Cart((Small, 1), (Small, 1)))).Refused?.Code);
        Assert.Equal(100_000, await host.Available(SmallCounty.Lot));
    }

    [Theory, EachDatabase]
    public async Task Nobody_keeps_all_goods_from_others_without_paying(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        // At once and one after the other: five wait, the sixth is told.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Window.Place(host, Window.Order(to: Window.ToLanzhou)))));
        Assert.Equal(5, answers.Count(a => a.Refused is null));
        Assert.All(answers.Where(a => a.Refused is not null), a => Assert.Equal("market.order-unpaid-many", a.Refused!.Code));
        Assert.Null((await Window.Place(host, Window.Order())).Refused);
        Assert.Null(await Parcels.Pay(host, answers.First(a => a.Refused is null).Value.Payment));
        Assert.Null((await Window.Place(host, Window.Order(to: Window.ToLanzhou))).Refused);
        Assert.Equal("market.order-unpaid-many", (await Window.Place(host, Window.Order(to: Window.ToLanzhou))).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task A_lot_closes_only_when_none_of_its_goods_wait_in_an_order(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var left = await host.Available(SmallCounty.Lot);
        await host.Do((WriteOffHandler write) => write.Handle(new WriteOff(Guid.CreateVersion7(), SmallCounty.County, SmallCounty.Lot, MoveKind.Given, left - 1000, "给学校"), CancellationToken.None));
        var placed = (await Window.Place(host, Window.Order(2))).Value;
        Task<Outcome<Lot>> Close() => host.Do((CloseLotHandler close) => close.Handle(new CloseLot(SmallCounty.County, SmallCounty.Lot), CancellationToken.None));
        Assert.Equal("market.lot-ordered", (await Close()).Refused?.Code);
        // Nobody paid: the goods are back, and nothing of it is stuck.
        host.Clock.Now = host.Clock.Now.AddMinutes(16);
        Assert.Equal(1, await host.Services.GetRequiredService<PaymentDesk>().Expire(CancellationToken.None));
        Assert.Equal((OrderState.Cancelled, 1000), (await Parcels.State(host, placed.OrderId), await host.Available(SmallCounty.Lot)));
        Assert.Equal("market.lot-left", (await Close()).Refused?.Code);
        await Parcels.Sent(host, 2);
        Assert.Null((await Close()).Refused);
    }

    [Theory, EachDatabase]
    public async Task A_buyer_cannot_receive_what_was_not_sent(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = (await Window.Place(host, Window.Order(1, "cod"))).Value;
        var buyer = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await buyer.Get(Parcels.Page(host, placed.OrderId));
        await buyer.Submit(page, "main form", new() { ["step"] = "receive" });
        Assert.Equal(OrderState.Placed, await Parcels.State(host, placed.OrderId));
        Assert.Null(await Parcels.Move(host, placed.OrderId, OrderStep.Ship));
        await buyer.Submit(await buyer.Get(Parcels.Page(host, placed.OrderId)), "main form", new() { ["step"] = "receive" });
        Assert.Equal(OrderState.Received, await Parcels.State(host, placed.OrderId));
    }

    [Theory, EachDatabase]
    public async Task A_presale_paid_on_delivery_asks_for_all_of_it(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host, o => { o.DepositPpm = 200_000; o.Harvest = true; o.Cap = 10; o.DeliverFrom = SmallCounty.Day.AddDays(1); o.DeliverUntil = SmallCounty.Day.AddDays(5); }, kind: OfferKind.Presale);
        var order = (await Window.Place(host, Window.Order(2, "cod"))).Value;
        var lines = await host.Db(db => db.OrderLines.Where(l => l.OrderId == order.OrderId).ToListAsync());
        Assert.Equal((PaymentPart.Whole, lines.Sum(l => l.Goods.Value + l.Freight.Value)), (order.Payment.Part, order.Payment.Amount.Value));
        host.Clock.Days(40);
        Assert.Equal(0, await host.Services.GetRequiredService<PaymentDesk>().Expire(CancellationToken.None));
    }

    [Theory, EachDatabase]
    public async Task A_harvest_is_served_by_its_sellers_own_goods_that_are_good_today(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Leave(host, 0);
        await Window.Open(host, o => { o.Harvest = true; o.Cap = 10; o.DeliverFrom = SmallCounty.Day.AddDays(1); o.DeliverUntil = SmallCounty.Day.AddDays(50); }, kind: OfferKind.Presale);
        var placed = await Parcels.Bought(host, 2);
        // Somebody else's goods, and own goods that have gone off since the order.
        await host.SecondLot(311, "L-311", 5_000);
        await host.Db(db => db.Lots.Where(l => l.Id == 311).ExecuteUpdateAsync(set => set.SetProperty(l => l.CooperativeId, SmallCounty.Enterprise)));
        await host.SecondLot(312, "L-312", 5_000, days: 10);
        host.Clock.Days(11);
        Task<int> Again() => host.Do((Shanhuo.Market.Channels.WaitingLinesHandler waiting) => waiting.TryAgain(SmallCounty.County, CancellationToken.None));
        Assert.Equal(0, await Again());
        var line = await host.Db(db => db.OrderLines.Where(l => l.OrderId == placed.OrderId).SingleAsync());
        Assert.Equal("market.waiting-lot", (await host.Do((Shanhuo.Market.Channels.WaitingLinesHandler waiting) => waiting.Give(line.Id, "L-311", CancellationToken.None)))?.Code);
        await host.SecondLot(313, "L-313", 5_000);
        Assert.Equal(1, await Again());
        Assert.Equal(313, await host.Db(db => db.OrderLines.Where(l => l.OrderId == placed.OrderId).Select(l => l.LotId!.Value).SingleAsync()));
        Assert.Equal((5_000, 4_000), (await host.Available(311), await host.Available(313)));
    }

    [Theory, EachDatabase]
    public async Task A_station_keeps_its_fee_when_the_goods_are_weighed(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host, o => { o.ByWeight = true; o.CommissionPpm = 100_000; });
        var placed = (await Window.Place(host, Window.Order(2) with { Channel = "agent", StationId = SmallCounty.StationA, AgentFee = new Fen(150) })).Value;
        Assert.Null(await Parcels.Pay(host, placed.Payment));
        var line = await host.Db(db => db.OrderLines.SingleAsync(l => l.OrderId == placed.OrderId));
        Assert.Equal(580 + 150, line.Commission.Value);
        Assert.Null(await host.Do((WeighLineHandler weigh) => weigh.Handle(new WeighLine(Guid.CreateVersion7(), line.Id, 900), CancellationToken.None)));
        Assert.Equal(522 + 150, await host.Db(db => db.OrderLines.Where(l => l.Id == line.Id).Select(l => l.Commission.Value).SingleAsync()));
    }

    [Theory, EachDatabase]
    public async Task Cash_that_waits_at_a_station_keeps_nobody_elses_refund_waiting(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var placed = await Parcels.Bought(host);
        await host.Db(async db =>
        {
            for (var i = 1; i <= 250; i++)
            {
                db.Payments.Add(new Payment { County = SmallCounty.County, Id = i, OrderId = placed.OrderId, Part = PaymentPart.Whole, Method = "cash", Number = $"SHC{i:0000000}", Amount = new Fen(100), State = PaymentState.Paid, CreatedMs = 0, PayUntilMs = 0, PaidMs = 1 });
                db.BuyerRefunds.Add(new BuyerRefund { County = SmallCounty.County, Id = i, RequestId = Guid.CreateVersion7(), PaymentId = i, OrderId = placed.OrderId, Number = $"SRC{i:0000000}", Amount = new Fen(100), Reason = "cancelled", AtMs = 0 });
            }
            await db.SaveChangesAsync();
        });
        Assert.Null(await Parcels.Move(host, placed.OrderId, OrderStep.Cancel));
        await using var site = await PaidSite.Start(host);
        // Nobody paid at the gateway, so it refuses; what counts is that it was asked.
        await site.Desk.SendRefunds(CancellationToken.None);
        Assert.Equal(1, await host.Db(db => db.BuyerRefunds.CountAsync(r => r.Tries > 0 && r.Id > 250)));
    }
}
