using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Orders;

public sealed class PlaceOrderTests
{
    private static PlaceOrder Order(long grams, bool atCounter = true, long? lot = null, Guid? request = null) =>
        new(request ?? Guid.CreateVersion7(), atCounter ? "shop" : "bulk", "学校食堂", null, new Fen(801), 1, atCounter, [new PlaceLine(SmallCounty.Apricot, null, lot, grams, new Fen(5800), new Fen(50))]);

    [Theory, EachDatabase]
    public async Task A_counter_sale_takes_the_goods_and_is_settled_in_the_same_change(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var order = (await host.Do((PlaceOrderHandler place) => place.Handle(Order(1_500), default))).Value;
        Assert.Equal((OrderState.Received, (long?)SmallCounty.SchemeVersionId, (long?)SmallCounty.StationA), (order.State, order.SchemeVersionId, order.StationId));
        Assert.Equal(98_500, await host.Available(SmallCounty.Lot));
        var line = await host.Db(db => db.OrderLines.SingleAsync());
        Assert.Equal((8700L, 801L, true), (line.Goods.Value, line.Freight.Value, line.IsSettled));
        Assert.Equal(0, await host.Db(db => db.Postings.SumAsync(p => (long)p.Amount)));
        Assert.Equal(-9501, await host.Db(db => (from p in db.Postings join a in db.LedgerAccounts on p.AccountId equals a.Id where a.Role == "buyer" select (long)p.Amount).SumAsync()));
    }

    [Theory, EachDatabase]
    public async Task A_line_from_two_lots_is_two_lines_that_add_up_to_the_fen(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await host.SecondLot(302, "L-2", 50_000);
        var order = (await host.Do((PlaceOrderHandler place) => place.Handle(Order(133_333, false), default))).Value;
        var lines = await host.Db(db => db.OrderLines.OrderBy(l => l.Number).ToListAsync());
        Assert.Equal([(SmallCounty.Lot, 100_000L), (302L, 33_333L)], lines.Select(l => (l.LotId!.Value, l.Grams)));
        Assert.Equal((773_331L, 801L, 50L), (lines.Sum(l => l.Goods.Value), lines.Sum(l => l.Freight.Value), lines.Sum(l => l.Packaging.Value)));
        Assert.All(lines, l => Assert.Null(l.DueDay));
        Assert.Equal((0L, 16_667L), (await host.Available(SmallCounty.Lot), await host.Available(302)));
        Assert.Equal(2, await host.Db(db => db.LotMoves.CountAsync(m => m.Quantity < 0)));
        Assert.Equal(order.Id, lines[1].OrderId);
    }

    [Theory, EachDatabase]
    public async Task An_order_sent_twice_also_at_once_is_one_order(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var request = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.Do((PlaceOrderHandler place) => place.Handle(Order(1_000, request: request), default))));
        Assert.Single(answers.Select(a => a.Value.Id).Distinct());
        Assert.Equal(99_000, await host.Available(SmallCounty.Lot));
    }

    [Theory, EachDatabase]
    public async Task More_than_there_is_is_refused_and_nothing_is_taken(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        Assert.Equal("market.order-short", (await host.Do((PlaceOrderHandler place) => place.Handle(Order(100_001), default))).Refused!.Code);
        Assert.Equal("market.lot-short", (await host.Do((PlaceOrderHandler place) => place.Handle(Order(100_001, lot: SmallCounty.Lot), default))).Refused!.Code);
        Assert.Equal((100_000L, 0), (await host.Available(SmallCounty.Lot), await host.Db(db => db.Orders.CountAsync())));
    }

    [Theory, EachDatabase]
    public async Task Buyers_of_the_last_goods_at_once_never_get_more_than_there_is(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Do((PlaceOrderHandler place) => place.Handle(Order(30_000, false), default))));
        Assert.Equal(3, answers.Count(a => a.Refused is null));
        Assert.Equal(10_000, await host.Available(SmallCounty.Lot));
    }

    [Theory, EachDatabase]
    public async Task An_order_goes_placed_shipped_received_and_is_due_only_then(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var order = (await host.Do((PlaceOrderHandler place) => place.Handle(Order(1_000, false), default))).Value;
        await host.Do((MoveOrderHandler move) => move.Handle(order.Id, OrderStep.Ship, default));
        Assert.False(await host.Db(db => db.OrderLines.AnyAsync(l => l.IsSettled)));
        Assert.Equal("market.order-left", (await host.Do((MoveOrderHandler move) => move.Handle(order.Id, OrderStep.Cancel, default))).Refused!.Code);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.Do((MoveOrderHandler move) => move.Handle(order.Id, OrderStep.Receive, default))));
        Assert.All(answers, a => Assert.Null(a.Refused));
        var line = await host.Db(db => db.OrderLines.SingleAsync());
        Assert.Equal((true, SmallCounty.Day, SmallCounty.Day.AddDays(7)), (line.IsSettled, line.DueDay!.Value, line.ReturnUntil!.Value));
    }

    [Theory, EachDatabase]
    public async Task Cancelling_before_shipping_puts_the_goods_back_once(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var order = (await host.Do((PlaceOrderHandler place) => place.Handle(Order(1_000, false), default))).Value;
        for (var i = 0; i < 2; i++) Assert.Null((await host.Do((MoveOrderHandler move) => move.Handle(order.Id, OrderStep.Cancel, default))).Refused);
        Assert.Equal(100_000, await host.Available(SmallCounty.Lot));
        Assert.Equal("market.order-over", (await host.Do((MoveOrderHandler move) => move.Handle(order.Id, OrderStep.Ship, default))).Refused!.Code);
    }

    [Theory, EachDatabase]
    public async Task A_delivered_order_that_nobody_confirms_is_due_after_the_days_of_its_channel(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var order = (await host.Do((PlaceOrderHandler place) => place.Handle(Order(1_000, false), default))).Value;
        await host.Do((MoveOrderHandler move) => move.Handle(order.Id, OrderStep.Ship, default));
        await host.Do((MoveOrderHandler move) => move.Handle(order.Id, OrderStep.Deliver, default));
        host.Clock.Days(6);
        Assert.Equal(0, await host.Do((OverdueOrdersHandler overdue) => overdue.Handle(SmallCounty.County, default)));
        host.Clock.Days(1);
        Assert.Equal(1, await host.Do((OverdueOrdersHandler overdue) => overdue.Count(SmallCounty.County, default)));
        // The round that serves every minute does it; no button has to be pressed.
        await host.Do((LedgerRound round) => round.Run(SmallCounty.County, null, default));
        Assert.True(await host.Db(db => db.OrderLines.AllAsync(l => l.IsSettled)));
    }
}
