using System.Net;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Shipping;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Shipping;

/// <summary>What is sold by actual weight costs what it weighed, never more than was paid, and each gram is accounted for.</summary>
public sealed class WeighTests
{
    [Theory]
    [InlineData(2900, 500, 500, 2900)]
    [InlineData(2900, 500, 501, 2900)]
    [InlineData(2900, 500, 750, 2900)]
    [InlineData(2900, 500, 485, 2813)]
    [InlineData(1, 3, 2, 1)]
    [InlineData(5, 2, 1, 2)]
    public void The_price_follows_the_weight_and_never_rises(long paid, long ordered, long actual, long price) => Assert.Equal(new Fen(price), WeightPrice.Of(new Fen(paid), ordered, actual));

    [Theory, EachDatabase]
    public async Task Money_and_grams_are_exact_whatever_the_scale_says(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host, o => { o.ByWeight = true; o.CommissionPpm = 50_000; });
        var chance = new Random(7);
        for (var round = 0; round < 12; round++)
        {
            var before = await host.Available(SmallCounty.Lot);
            var units = chance.Next(1, 5);
            var placed = await Parcels.Bought(host, units);
            var line = await host.Db(db => db.OrderLines.SingleAsync(l => l.OrderId == placed.OrderId));
            if (round == 0) Assert.Equal("market.order-unweighed", (await Parcels.Move(host, placed.OrderId, OrderStep.Ship))?.Code);
            var grams = round == 0 ? line.Grams : chance.NextInt64(line.Grams / 2 + 1, line.Grams * 3 / 2);
            var weigh = new WeighLine(Guid.CreateVersion7(), line.Id, grams);
            foreach (var _ in new[] { 1, 2 }) Assert.Null(await host.Do((WeighLineHandler handler) => handler.Handle(weigh, CancellationToken.None)));
            Assert.Equal("weigh.done", (await host.Do((WeighLineHandler handler) => handler.Handle(weigh with { RequestId = Guid.CreateVersion7() }, CancellationToken.None)))?.Code);
            var after = await host.Db(db => db.OrderLines.SingleAsync(l => l.Id == line.Id));
            var price = (long)Math.Round((decimal)line.Goods.Value * Math.Min(grams, line.Grams) / line.Grams, MidpointRounding.ToEven);
            Assert.Equal((grams, price, Math.Round(price * 0.05m, MidpointRounding.ToEven)), (after.Grams, after.Goods.Value, after.Commission.Value));
            Assert.Equal(before - grams, await host.Available(SmallCounty.Lot));
            Assert.Equal(grams, await host.Db(db => db.LotMoves.Where(m => m.CauseId == line.Id).SumAsync(m => -m.Quantity)));
            Assert.Equal(price + after.Freight.Value, await Parcels.BuyersMoney(host, placed.OrderId));
            if (round % 3 == 1)
            {
                // Given up after weighing: no fen more goes back than was paid, and no gram is lost.
                Assert.Null(await Parcels.Move(host, placed.OrderId, OrderStep.Cancel));
                Assert.Equal((0, before), (await Parcels.BuyersMoney(host, placed.OrderId), await host.Available(SmallCounty.Lot)));
                continue;
            }
            foreach (var step in new[] { OrderStep.Ship, OrderStep.Receive }) Assert.Null(await Parcels.Move(host, placed.OrderId, step));
        }
        Assert.Equal(0, await Parcels.Ledger(host));
        Assert.All(await host.Db(db => db.BuyerRefunds.Select(r => r.Reason).Distinct().ToListAsync()), reason => Assert.Contains(reason, new[] { "weight", "cancelled" }));
    }

    [Theory, EachDatabase]
    public async Task A_slip_of_the_pen_is_refused_and_changes_nothing(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host, o => o.ByWeight = true);
        var placed = await Parcels.Bought(host, 2);
        var line = await host.Db(db => db.OrderLines.Select(l => l.Id).SingleAsync());
        foreach (var grams in new[] { 0L, -1, 499, 1501 }) Assert.Equal("weigh.grams", (await host.Do((WeighLineHandler handler) => handler.Handle(new WeighLine(Guid.CreateVersion7(), line, grams), CancellationToken.None)))?.Code);
        var page = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        foreach (var (typed, says) in new[] { ("5 kg?", "“5 kg?”不是重量，请写公斤，例如 0.985。"), ("9.85", "实重要在订的重量的 50% 到 150% 之间，请再看一眼秤。") })
        {
            var wrong = await page.Submit(await page.Get($"/market/shipping/weigh/{line}"), "form:has(#Form_Grams)", new() { ["Form.Grams"] = typed });
            Assert.Equal((HttpStatusCode.UnprocessableEntity, says, typed), (wrong.Status, wrong.Page.QuerySelector(".errors li")!.TextContent, wrong.Page.QuerySelector("#Form_Grams")!.GetAttribute("value")));
        }
        Assert.Equal((1000, placed.Payment.Amount.Value), (await host.Db(db => db.OrderLines.Select(l => l.Grams).SingleAsync()), await Parcels.BuyersMoney(host, placed.OrderId)));
        await page.Submit(await page.Get($"/market/shipping/weigh/{line}"), "form:has(#Form_Grams)", new() { ["Form.Grams"] = "0.985" });
        Assert.Equal(985, await host.Db(db => db.OrderLines.Select(l => l.Grams).SingleAsync()));
    }

    [Theory, EachDatabase]
    public async Task Who_pays_on_delivery_is_asked_for_less(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host, o => o.ByWeight = true);
        var placed = (await Window.Place(host, Window.Order(2, "cod"))).Value;
        var line = await host.Db(db => db.OrderLines.Select(l => l.Id).SingleAsync());
        Assert.Null(await host.Do((WeighLineHandler handler) => handler.Handle(new WeighLine(Guid.CreateVersion7(), line, 900), CancellationToken.None)));
        Assert.Equal((placed.Payment.Amount - new Fen(580), 0), await host.Db(async db => (await db.Payments.Select(p => p.Amount).SingleAsync(), await db.BuyerRefunds.CountAsync())));
    }
}
