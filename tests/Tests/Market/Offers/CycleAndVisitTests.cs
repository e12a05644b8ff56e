using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Products;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Offers;

/// <summary>Offers that end at an instant, and visits that have so many places on a day.</summary>
public sealed class CycleAndVisitTests
{
    private const long Picking = 921;

    [Theory, EachDatabase]
    public async Task A_cycle_is_ordered_until_it_closes_and_what_was_ordered_in_time_is_still_paid(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var closes = host.Clock.NowMs + 600_000;
        await Window.Open(host, o => o.ClosesMs = closes, kind: OfferKind.Cycle);
        await using var site = await PaidSite.Start(host);
        var buyer = new Visitor(new Uri(site.Address), "zh");
        host.Clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(closes - 1);
        Assert.Contains("2026-11-21 09:10", (await buyer.Get("/shop/620525/almond-701")).Text, StringComparison.Ordinal);
        var last = (await Window.Place(host, Window.Order(3))).Value;
        host.Clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(closes);
        Assert.Equal("market.offer-closed", (await Window.Place(host, Window.Order())).Refused?.Code);
        host.Clock.Now = host.Clock.Now.AddSeconds(3);
        Assert.Contains("截止", (await buyer.Get("/shop/620525/almond-701")).Page.QuerySelector(".state")!.TextContent, StringComparison.Ordinal);
        Assert.Null(await Parcels.Pay(host, last.Payment));
        Assert.Equal((OrderState.Placed, 98_500), (await Parcels.State(host, last.OrderId), await host.Available(SmallCounty.Lot)));
        Assert.Equal(last.Payment.Amount.Value, await Parcels.BuyersMoney(host, last.OrderId));
    }

    [Theory, EachDatabase]
    public async Task Money_that_comes_in_the_moment_in_which_a_cycle_closes_buys_the_goods_or_goes_back(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host, o => o.ClosesMs = host.Clock.NowMs + 1, kind: OfferKind.Cycle);
        var (chance, ends) = (new Random(6), new HashSet<OrderState>());
        for (var round = 0; round < 12; round++)
        {
            // It closes long before the time to pay is over, or with it.
            var closes = host.Clock.NowMs + (round % 2 == 0 ? 60_000 : 15 * 60_000);
            await host.Db(db => db.Offers.ExecuteUpdateAsync(set => set.SetProperty(o => o.ClosesMs, closes)));
            var before = await host.Available(SmallCounty.Lot);
            var placed = (await Window.Place(host, Window.Order(2))).Value;
            host.Clock.Now = DateTimeOffset.FromUnixTimeMilliseconds(closes + 1);
            Task<T> Soon<T>(Func<Task<T>> work) => Task.Run(async () => { await Task.Delay(chance.Next(4)); return await work(); });
            var late = Soon(() => Window.Place(host, Window.Order()));
            await Task.WhenAll(Soon(() => Parcels.Pay(host, placed.Payment)), Soon(() => host.Services.GetRequiredService<PaymentDesk>().Expire(CancellationToken.None)), late);
            Assert.Equal("market.offer-closed", (await late).Refused?.Code);
            var state = await Parcels.State(host, placed.OrderId);
            Assert.True(round % 2 == 1 || state == OrderState.Placed, $"round {round}: {state} though there was time to pay");
            Assert.Equal(state == OrderState.Placed ? (placed.Payment.Amount.Value, before - 1_000) : state == OrderState.Cancelled ? (0, before) : throw new InvalidOperationException($"{state}"), (await Parcels.BuyersMoney(host, placed.OrderId), await host.Available(SmallCounty.Lot)));
            ends.Add(state);
        }
        Assert.Contains(OrderState.Placed, ends);
    }

    [Theory, EachDatabase]
    public async Task A_day_is_visited_by_as_many_as_there_are_places_and_nobody_is_asked_for_an_address(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Merchant(host);
        // Two places on a day, taken in from a household like goods, and one on another day.
        await host.Db(async db =>
        {
            foreach (var (lot, places) in new[] { (931L, 2L), (932, 1) })
            {
                db.Lots.Add(new Lot { Id = lot, County = SmallCounty.County, Code = $"L-{lot}", Area = SmallCounty.VillageA, PlaceId = SmallCounty.StationA, ProductId = Picking, Grade = "1", CooperativeId = SmallCounty.Cooperative, IntakeStationId = SmallCounty.StationA, OpenedDay = SmallCounty.Day, BestBefore = SmallCounty.Day.AddDays(30), Available = places, TakenIn = places });
                db.LotGrowers.Add(new LotGrower { County = SmallCounty.County, LotId = lot, HouseholdId = SmallCounty.Ma, Village = SmallCounty.VillageA, Quantity = places, Value = places * 4_000 });
            }
            db.Products.Add(new Product { Id = Picking, County = SmallCounty.County, Code = "picking", Name = "摘杏子", NameEn = "Apricot picking", ByPiece = true, PieceName = "位", PieceNameEn = "person", ReturnDays = 0, ShelfDays = 30, Drawing = "almond", Category = "visit" });
            await db.SaveChangesAsync();
        });
        var day = SmallCounty.Day.AddDays(3);
        var wish = new WriteOffer(Guid.CreateVersion7(), Picking, null, SmallCounty.Cooperative, OfferKind.Visit, "前山摘杏子一天", "A day of apricot picking", 1, new Fen(5_000)) { DeliverFrom = day, DeliverUntil = day, Lot = "L-931" };
        var offer = (await host.Do((WriteOfferHandler write) => write.Handle(wish, CancellationToken.None))).Value;
        await using var site = await PaidSite.Start(host);
        var quoted = new List<(Visitor Buyer, Answer Page)>();
        for (var i = 0; i < 3; i++)
        {
            var buyer = new Visitor(new Uri(site.Address), i == 1 ? "en" : "zh");
            var cart = await buyer.Get($"/shop/cart/put?county=620525&offer={offer.Id}&units=1");
            var form = await buyer.Get(cart.Page.QuerySelector("a.button[href*='/shop/checkout']")!.GetAttribute("href")!);
            Assert.Null(form.Page.QuerySelector("#Form_Address, #Form_Province, #Form_PickupId, #Form_Paste"));
            var page = await buyer.Submit(form, "main form", new() { ["Form.Name"] = "王小明", ["Form.Phone"] = $"1390000123{i}", ["step"] = "quote" });
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains("¥50.00", page.Page.QuerySelector(".sum")!.TextContent, StringComparison.Ordinal);
            Assert.NotNull(page.Page.QuerySelector("time[datetime='2026-11-24']"));
            quoted.Add((buyer, page));
        }
        var answers = new List<Answer>();
        foreach (var (buyer, page) in quoted) answers.Add(await buyer.Submit(page, "main form", new() { ["Form.Method"] = "cod", ["step"] = "pay" }));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity], answers.Select(a => a.Status));
        Assert.Contains("卖完了", answers[2].Text, StringComparison.Ordinal);
        var deliveries = await host.Db(db => db.Deliveries.AsNoTracking().ToListAsync());
        Assert.All(deliveries, d => Assert.Equal(("none", day, null, null), (d.Zone, d.PromisedDay, d.Province, d.PickupId)));
        Assert.Equal((2, 0), (deliveries.Count, await host.Db(db => db.OrderLines.SumAsync(l => (long)l.Freight))));
        // Who gives up a place leaves it to the next; after the day there is none.
        var given = await host.Db(db => db.Orders.Select(o => o.Id).FirstAsync());
        Assert.Null(await Parcels.Move(host, given, OrderStep.Cancel));
        Assert.Null((await Window.Place(host, Window.Order(offer: offer.Id))).Refused);
        Assert.Equal("market.offer-sold-out", (await Window.Place(host, Window.Order(offer: offer.Id))).Refused?.Code);
        Assert.Equal((0, 1), (await host.Available(931), await host.Available(932)));
        host.Clock.Days(4);
        Assert.Equal("market.offer-late", (await Window.Place(host, Window.Order(offer: offer.Id))).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task Goods_beside_a_visit_are_sent_to_an_address(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await Window.Open(host, o => { o.Harvest = true; o.Cap = 5; o.DeliverFrom = o.DeliverUntil = SmallCounty.Day.AddDays(3); }, 702, OfferKind.Visit, promise: false);
        await using var site = await PaidSite.Start(host);
        var buyer = new Visitor(new Uri(site.Address), "zh");
        foreach (var offer in new[] { Window.Almonds, 702 }) await buyer.Get($"/shop/cart/put?county=620525&offer={offer}&units=1");
        var form = await buyer.Get((await buyer.Get("/shop/cart")).Page.QuerySelector("a.button[href*='/shop/checkout']")!.GetAttribute("href")!);
        Assert.NotNull(form.Page.QuerySelector("#Form_Address"));
        var wrong = await buyer.Submit(form, "main form", new() { ["Form.Name"] = "王小明", ["Form.Phone"] = "13900001234", ["Form.Province"] = "62", ["step"] = "quote" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
    }
}
