using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Agents;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Agents;
using Shanhuo.Tests.Market.Shipping;

namespace Shanhuo.Tests.Market.Buying;

/// <summary>P4: never oversold, nothing stuck. Buyers from the web, villagers through their station, two more processes' worth of lanes, a counter and a platform's file all want the last units at once. <c>SHANHUO_ROUNDS=1000</c> runs all rounds that are promised; the whole test runs 20.</summary>
public sealed class OversellTests
{
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("SHANHUO_ROUNDS") ?? "20", CultureInfo.InvariantCulture);

    [Theory, EachDatabase]
    public async Task The_last_units_are_sold_once_whoever_asks_for_them(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        // A second node of the site has lanes of its own.
        using var secondNode = new CheckoutQueue(host.Services.GetRequiredService<IServiceScopeFactory>());
        var firstNode = host.Services.GetRequiredService<CheckoutQueue>();
        var desk = host.Services.GetRequiredService<PaymentDesk>();
        var chance = new Random(kind == DatabaseKind.Sqlite ? 5 : 6);
        for (var round = 0; round < Rounds; round++)
        {
            var units = chance.Next(1, 12);
            await Window.Leave(host, units * 500 + chance.Next(500));
            var before = await host.Available(SmallCounty.Lot);
            var slips = await Drafts(host, units);
            var orders = await Everybody(host, firstNode, secondNode, chance, round, slips);
            var sold = await host.Db(db => db.LotMoves.Where(m => orders.Contains(m.CauseId!.Value)).SumAsync(m => -m.Quantity));
            var left = await host.Available(SmallCounty.Lot);
            Assert.True(left >= 0 && before - left == sold, $"round {round}: {before} g were there, {sold} g sold, {left} g left");
            Assert.True(left < 500, $"round {round}: {left} g were left although 210 wanted them");
            // Nobody pays: half an hour later all that was kept for buyers is there again, and nothing else.
            var unpaid = await host.Db(db => (from line in db.OrderLines join order in db.Orders on line.OrderId equals order.Id where order.State == OrderState.Unpaid select line.Grams).SumAsync());
            host.Clock.Now = host.Clock.Now.AddMinutes(30);
            await desk.Expire(CancellationToken.None);
            // What waits for cash at a station is kept for days; these villagers give it up.
            foreach (var given in await host.Db(db => db.Orders.Where(o => o.Channel == "agent" && o.State == OrderState.Unpaid).Select(o => o.Id).ToListAsync())) Assert.Null(await Parcels.Move(host, given, OrderStep.Cancel));
            Assert.Equal(left + unpaid, await host.Available(SmallCounty.Lot));
            Assert.Equal(0, await host.Db(db => db.Orders.CountAsync(o => o.State == OrderState.Unpaid)));
        }
        // All of them had their chance.
        foreach (var channel in new[] { "pavilion", "agent", "shop", "taobao" }) Assert.NotEqual(0, await host.Db(db => db.Orders.CountAsync(o => o.Channel == channel)));
        Assert.Equal(0, await host.Db(db => db.Offers.Where(o => o.Id == Window.Almonds).Select(o => o.Sold).SingleAsync()));
    }

    // Villagers at the station who have said yes to nothing yet.
    private static async Task<List<AgentSlip>> Drafts(SalesHost host, int units)
    {
        var slips = new List<AgentSlip>();
        for (var i = 0; i < 10; i++) slips.Add((await host.Draft(Math.Min(units, i % 3 + 1))).Value);
        return slips;
    }

    // 210 who want it: 150 on the web of two nodes, 10 villagers for whom the station orders, 30 at the counter, and 20 in a file of another platform.
    private static async Task<List<long>> Everybody(SalesHost host, CheckoutQueue first, CheckoutQueue second, Random chance, int round, List<AgentSlip> slips)
    {
        var wishes = Enumerable.Range(0, 180).Select(i => (Index: i, Units: chance.Next(1, 4))).ToList();
        var known = await host.Db(db => db.OrderLines.Select(l => l.Id).ToListAsync());
        // Each round another of them is a moment earlier; a villager's yes is written down before the order is placed and needs a longer one.
        Task Turn(int who) => Task.Delay(round % 4 == who ? 0 : round % 4 == 3 ? chance.Next(40, 160) : chance.Next(10, 60));
        var web = wishes.Where(w => w.Index < 150).Select(async w => { await Turn(0); return (await (w.Index % 2 == 0 ? first : second).Place(Window.Order(w.Units), CancellationToken.None)).Refused; }).ToList();
        var agent = slips.Select(slip => (Slip: slip, Turn: Turn(3))).Select(s => Task.Run(async () =>
        {
            await s.Turn;
            var after = (await host.Yes(s.Slip.Id, null, paper: true)).Value;
            return after.State == SlipState.Done ? null : new Refusal(after.Refused ?? "none");
        })).ToList();
        var counter = wishes.Where(w => w.Index >= 150).Select(w => (w.Units, Turn: Turn(1))).Select(w => Task.Run(async () =>
        {
            await w.Turn;
            return (await host.Do((PlaceOrderHandler place) => place.Handle(new PlaceOrder(Guid.CreateVersion7(), "shop", "", null, Fen.Zero, 1, true, [new PlaceLine(SmallCounty.Apricot, "1", null, w.Units * 500, new Fen(5000))]), CancellationToken.None))).Refused;
        })).ToList();
        var fileTurn = Turn(2);
        var file = Task.Run(async () =>
        {
            await fileTurn;
            var csv = "主订单编号,子订单编号,商家编码,购买数量,买家实付金额,买家应付邮费,订单状态,订单付款时间\r\n" + string.Concat(Enumerable.Range(1, 20).Select(i => $"{round * 100 + i + 900000},{round}-{i},XR500,1,29.00,3.00,买家已付款，等待卖家发货,2026-11-20\r\n"));
            Assert.True((await host.Import(csv, $"round{round}.csv")).Value.Committed);
            return (Refusal?)null;
        });
        var refusals = (await Task.WhenAll([.. web, .. agent, .. counter, file])).OfType<Refusal>().ToList();
        Assert.All(refusals, no => Assert.Contains(no.Code, new[] { "market.offer-sold-out", "market.offer-short", "market.order-short", "market.lot-short" }));
        return await host.Db(db => db.OrderLines.Where(l => !known.Contains(l.Id)).Select(l => l.Id).ToListAsync());
    }

    [Theory, EachDatabase]
    public async Task A_flash_sale_serves_in_order_of_arrival_and_charges_nobody_without_goods(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host, o => { o.Cap = 100; o.Campaign = "mayor"; o.MostPerOrder = 1; }, kind: Shanhuo.Market.Offers.OfferKind.Flash);
        var queue = host.Services.GetRequiredService<CheckoutQueue>();
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => queue.Place(Window.Order(), CancellationToken.None)).ToList());
        Assert.All(answers.Take(100), a => Assert.Null(a.Refused));
        Assert.All(answers.Skip(100), a => Assert.Equal("market.offer-sold-out", a.Refused?.Code));
        Assert.Equal((100, 100), await host.Db(async db => (await db.Orders.CountAsync(), await db.Payments.CountAsync())));
    }

    [Theory, EachDatabase]
    public async Task The_same_request_again_is_the_same_order(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var request = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Window.Place(host, Window.Order(2, request: request))));
        Assert.Single(answers.Select(a => a.Value.OrderId).Distinct());
        Assert.Equal(answers[0].Value.OrderId, (await Window.Place(host, Window.Order(2, request: request))).Value.OrderId);
        Assert.Equal(99_000, await host.Available(SmallCounty.Lot));
    }
}
