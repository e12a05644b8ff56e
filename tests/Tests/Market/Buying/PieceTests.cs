using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Agents;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Agents;
using Shanhuo.Tests.Market.Intakes;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Buying;

/// <summary>Goods that are counted are sold in whole units of whole pieces, and an offer of a grade sells nothing of another.</summary>
public sealed class PieceTests
{
    private const long Pairs = 711, BlanketLot = 331;

    // Five blankets, sold two by two.
    private static Task Blankets(SalesHost host) => host.Db(async db =>
    {
        db.Lots.Add(new Lot { Id = BlanketLot, County = SmallCounty.County, Code = "L-331", Area = SmallCounty.VillageA, PlaceId = SmallCounty.StationA, ProductId = SmallCounty.Blanket, Grade = "1", CooperativeId = SmallCounty.Cooperative, IntakeStationId = SmallCounty.StationA, OpenedDay = SmallCounty.Day, BestBefore = SmallCounty.Day.AddDays(3000), Available = 5, TakenIn = 5 });
        db.LotGrowers.Add(new LotGrower { County = SmallCounty.County, LotId = BlanketLot, HouseholdId = SmallCounty.Ma, Village = SmallCounty.VillageA, Quantity = 5, Value = 5 * 30_000 });
        db.Offers.Add(new Offer { Id = Pairs, County = SmallCounty.County, RequestId = Guid.CreateVersion7(), Area = SmallCounty.Township, Code = "blanket-711", ProductId = SmallCounty.Blanket, Grade = "1", SellerId = SmallCounty.Cooperative, Kind = OfferKind.Fixed, State = OfferState.Open, Title = "前山羊绒毯两条装", TitleEn = "Two Qianshan blankets", PerUnit = 2, Price = new Fen(60_000), ByAccountId = 1, AtMs = 0 });
        await db.SaveChangesAsync();
    });

    [Theory, EachDatabase]
    public async Task Goods_by_the_piece_are_bought_in_whole_units_and_cost_freight_by_the_weight_of_a_piece(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await Blankets(host);
        Assert.Equal("market.offer-short", (await Window.Place(host, Window.Order(3, offer: Pairs))).Refused?.Code);
        var placed = (await Window.Place(host, Window.Order(2, offer: Pairs, to: Window.ToLanzhou))).Value;
        var line = await host.Db(db => db.OrderLines.SingleAsync());
        // 120,000 of goods; four kilograms and the packing are five, 8.00 and four times 1.50 within the province.
        Assert.Equal((0, 4, 2, 120_000, 1_400), (line.Grams, line.Pieces, line.Units, line.Goods.Value, line.Freight.Value));
        Assert.Equal(new Fen(121_400), placed.Payment.Amount);
        // One blanket is left, which is no pair.
        Assert.Equal(1, await host.Available(BlanketLot));
        Assert.Equal("market.offer-sold-out", (await Window.Place(host, Window.Order(1, offer: Pairs))).Refused?.Code);
        Assert.Equal(-4, await host.Db(db => db.LotMoves.Where(m => m.CauseId == line.Id).SumAsync(m => m.Quantity)));
        Assert.Null(await Parcels.Pay(host, placed.Payment));
        Assert.Null(await Parcels.Move(host, placed.OrderId, OrderStep.Cancel));
        Assert.Equal((5, 0), (await host.Available(BlanketLot), await Parcels.BuyersMoney(host, placed.OrderId)));
    }

    [Theory, EachDatabase]
    public async Task The_pages_count_pieces_in_both_languages(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await Blankets(host);
        await using var site = await PaidSite.Start(host);
        foreach (var (language, unit, goods) in new[] { ("zh", "¥600.00 / 2 条", "羊绒毯 × 2"), ("en", "¥600.00 / 2 piece", "Cashmere blanket × 2") })
        {
            var buyer = new Visitor(new Uri(site.Address), language);
            Assert.Contains(unit, (await buyer.Get("/shop/620525/blanket-711")).Text, StringComparison.Ordinal);
            var cart = await buyer.Get($"/shop/cart/put?county=620525&offer={Pairs}&units=1");
            var quoted = await buyer.Submit(await buyer.Get(cart.Page.QuerySelector("a.button[href*='/shop/checkout']")!.GetAttribute("href")!), "main form", new() { ["Form.Name"] = "王小明", ["Form.Phone"] = "13900001234", ["Form.Province"] = "62", ["Form.Address"] = "兰州市某路1号", ["step"] = "quote" });
            Assert.Contains("¥611.00", quoted.Text, StringComparison.Ordinal);
            var order = await buyer.Submit(quoted, "main form", new() { ["Form.Method"] = "cod", ["step"] = "pay" });
            Assert.Contains(goods, order.Text, StringComparison.Ordinal);
            Assert.Contains("¥611.00", order.Text, StringComparison.Ordinal);
        }
        Assert.Equal(1, await host.Available(BlanketLot));
    }

    [Theory, EachDatabase]
    public async Task A_villager_has_pieces_ordered_at_the_station(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        await Blankets(host);
        Task<Outcome<AgentSlip>> Draft(int units) => host.Do((DraftOrderHandler draft) => draft.Handle(new DraftOrder(Guid.CreateVersion7(), SmallCounty.Ma, [new Wish(Pairs, units)], ""), CancellationToken.None), Morning.StationA);
        Assert.Equal("market.offer-short", (await Draft(3)).Refused?.Code);
        var slip = (await Draft(1)).Value;
        // Two kilograms and the packing are three: 2.00 and twice 0.50 to the station; the fee at its most.
        Assert.Equal((new Fen(60_000), new Fen(300), new Fen(60_300), new Fen(1_000)), (slip.Goods, slip.Freight, slip.Amount, slip.Fee));
        Assert.Equal(SlipState.Done, (await host.Yes(slip.Id, null, paper: true)).Value.State);
        Assert.Equal((0L, 2L, 3L), (await host.Db(db => db.OrderLines.Select(l => l.Grams).SingleAsync()), await host.Db(db => db.OrderLines.Select(l => l.Pieces).SingleAsync()), await host.Available(BlanketLot)));
    }

    [Theory, EachDatabase]
    public async Task An_offer_of_a_grade_is_sold_out_though_another_grade_lies_there(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        await Window.Open(host, o => o.Grade = null, 702, promise: false);
        await Window.Leave(host, 700);
        await host.Db(async db =>
        {
            db.Lots.Add(new Lot { Id = 342, County = SmallCounty.County, Code = "L-342", Area = SmallCounty.VillageA, PlaceId = SmallCounty.StationA, ProductId = SmallCounty.Apricot, Grade = "2", CooperativeId = SmallCounty.Cooperative, IntakeStationId = SmallCounty.StationA, OpenedDay = SmallCounty.Day, BestBefore = SmallCounty.Day.AddDays(400), Available = 50_000, TakenIn = 50_000 });
            await db.SaveChangesAsync();
        });
        Assert.Equal("market.offer-short", (await Window.Place(host, Window.Order(2))).Refused?.Code);
        Assert.Null((await Window.Place(host, Window.Order())).Refused);
        Assert.Equal("market.offer-sold-out", (await Window.Place(host, Window.Order())).Refused?.Code);
        Assert.Equal((200, 50_000), (await host.Available(SmallCounty.Lot), await host.Available(342)));
        await using var site = await PaidSite.Start(host);
        Assert.Contains("卖完了", (await new Visitor(new Uri(site.Address), "zh").Get("/shop/620525/almond-701")).Text, StringComparison.Ordinal);
        // An offer of no grade takes either.
        Assert.Null((await Window.Place(host, Window.Order(3, offer: 702))).Refused);
        Assert.Equal((200, 48_500), (await host.Available(SmallCounty.Lot), await host.Available(342)));
    }
}
