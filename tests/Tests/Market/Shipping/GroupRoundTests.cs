using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Shipping;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Market.Shipping;

/// <summary>A group buy comes about or each buyer has the money back; never half.</summary>
public sealed class GroupRoundTests
{
    private static Task Group(SalesHost host) => Window.Open(host, o => { o.Minimum = 5; o.ClosesMs = host.Clock.Now.AddHours(2).ToUnixTimeMilliseconds(); }, kind: OfferKind.Group);

    private static Task<int> Step(SalesHost host) => host.Services.GetRequiredService<GroupRounds>().Step(CancellationToken.None);

    private static Task<GroupRound> Round(SalesHost host) => host.Db(db => db.Offers.Select(o => o.Round).SingleAsync());

    [Theory, EachDatabase]
    public async Task One_that_closes_below_its_minimum_is_undone_once_with_all_money_and_goods(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Group(host);
        var (first, second) = (await Parcels.Bought(host, 2), await Parcels.Bought(host, 2));
        Assert.Equal("market.order-group", (await Parcels.Move(host, first.OrderId, OrderStep.Ship))?.Code);
        Assert.Equal("market.order-group", (await Parcels.Move(host, first.OrderId, OrderStep.Receive))?.Code);
        Assert.Equal(0, await Step(host));
        host.Clock.Now = host.Clock.Now.AddHours(3);
        // Two processes at once, and again after it was done.
        Assert.Equal(2, (await Task.WhenAll(Task.Run(() => Step(host)), Task.Run(() => Step(host)))).Sum() + await Step(host));
        await Step(host);
        Assert.Equal((OrderState.Cancelled, OrderState.Cancelled), (await Parcels.State(host, first.OrderId), await Parcels.State(host, second.OrderId)));
        Assert.Equal((0, 0), (await Parcels.BuyersMoney(host, first.OrderId), await Parcels.BuyersMoney(host, second.OrderId)));
        Assert.Equal(["group-failed", "group-failed"], await host.Db(db => db.BuyerRefunds.Select(r => r.Reason).ToListAsync()));
        Assert.Equal((100_000, 0, GroupRound.Failed), (await host.Available(SmallCounty.Lot), await host.Db(db => db.Offers.Select(o => o.Sold).SingleAsync()), await Round(host)));
    }

    [Theory, EachDatabase]
    public async Task One_that_was_killed_half_way_goes_on_where_it_was(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Group(host);
        var (first, second) = (await Parcels.Bought(host, 1), await Parcels.Bought(host, 1));
        host.Clock.Now = host.Clock.Now.AddHours(3);
        // As a process leaves it that decided, undid one order and died.
        await host.Db(db => db.Offers.ExecuteUpdateAsync(set => set.SetProperty(o => o.Round, GroupRound.Failing)));
        Assert.Null(await Parcels.Move(host, first.OrderId, OrderStep.Cancel));
        Assert.Equal(1, await Step(host));
        Assert.Equal((0, 0, GroupRound.Failed), (await Parcels.BuyersMoney(host, first.OrderId), await Parcels.BuyersMoney(host, second.OrderId), await Round(host)));
        Assert.Equal(2, await host.Db(db => db.BuyerRefunds.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task One_that_came_about_stays_so_when_a_buyer_leaves(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Group(host);
        var (first, second) = (await Parcels.Bought(host, 3), await Parcels.Bought(host, 2));
        host.Clock.Now = host.Clock.Now.AddHours(3);
        Assert.Equal(0, await Step(host));
        Assert.Equal(GroupRound.Reached, await Round(host));
        Assert.Null(await Parcels.Move(host, second.OrderId, OrderStep.Cancel));
        Assert.Equal(0, await Step(host));
        Assert.Null(await Parcels.Move(host, first.OrderId, OrderStep.Ship));
        Assert.Equal(OrderState.Shipped, await Parcels.State(host, first.OrderId));
    }

    [Theory, EachDatabase]
    public async Task Who_has_not_paid_does_not_count_and_is_waited_for(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Group(host);
        var first = await Parcels.Bought(host, 3);
        host.Clock.Now = host.Clock.Now.AddMinutes(115);
        var late = (await Window.Place(host, Window.Order(2))).Value;
        host.Clock.Now = host.Clock.Now.AddMinutes(6);
        Assert.Equal(0, await Step(host));
        Assert.Equal(GroupRound.Open, await Round(host));
        Assert.Null(await Parcels.Pay(host, late.Payment));
        Assert.Equal(0, await Step(host));
        Assert.Equal((GroupRound.Reached, OrderState.Placed), (await Round(host), await Parcels.State(host, first.OrderId)));
    }
}

/// <summary>A deposit first, the balance before it ships.</summary>
public sealed class BalanceTests
{
    private static Task Presale(SalesHost host) => Window.Open(host, o => { o.DepositPpm = 200_000; o.Harvest = true; o.Cap = 100; o.DeliverFrom = SmallCounty.Day.AddDays(20); o.DeliverUntil = SmallCounty.Day.AddDays(30); }, kind: OfferKind.Presale);

    private static Task<Outcome<Payment>> Ask(SalesHost host, long order) => host.Do((AskBalanceHandler ask) => ask.Handle(order, CancellationToken.None));

    private static Task Serve(SalesHost host) => host.Do((Shanhuo.Market.Channels.WaitingLinesHandler waiting) => waiting.TryAgain(SmallCounty.County, CancellationToken.None));

    [Theory, EachDatabase]
    public async Task It_ships_only_when_the_balance_is_paid(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Presale(host);
        var placed = await Parcels.Bought(host, 4);
        var sum = await host.Db(db => db.OrderLines.SumAsync(l => (long)l.Goods + (long)l.Freight));
        Assert.Equal(new Fen(4 * 2900 / 5), placed.Payment.Amount);
        Assert.Equal("balance.early", (await Ask(host, placed.OrderId)).Refused?.Code);
        await Serve(host);
        Assert.Equal("market.order-balance", (await Parcels.Move(host, placed.OrderId, OrderStep.Ship))?.Code);
        Assert.Equal("market.order-balance", (await Parcels.Move(host, placed.OrderId, OrderStep.Receive))?.Code);
        var staff = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        await staff.Submit(await staff.Get("/market/shipping/balances"), $"form:has(input[value='{placed.OrderId}'])", []);
        var balance = (await Ask(host, placed.OrderId)).Value;
        Assert.Equal((sum - placed.Payment.Amount.Value, 1), (balance.Amount.Value, await host.Db(db => db.Payments.CountAsync(p => p.Part == PaymentPart.Balance))));
        Assert.Contains(balance.Amount.ToDisplay(), (await staff.Get(Parcels.Page(host, placed.OrderId))).Text);
        Assert.Equal("market.order-balance", (await Parcels.Move(host, placed.OrderId, OrderStep.Ship))?.Code);
        Assert.Null(await Parcels.Pay(host, balance));
        Assert.Null(await Parcels.Move(host, placed.OrderId, OrderStep.Ship));
        Assert.Equal(sum, await Parcels.BuyersMoney(host, placed.OrderId));
    }

    [Theory, EachDatabase]
    public async Task A_balance_that_is_not_paid_in_time_undoes_the_order_and_gives_the_deposit_back(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Presale(host);
        var placed = await Parcels.Bought(host, 4);
        host.Clock.Days(14);
        Assert.Null((await Ask(host, placed.OrderId)).Refused);
        var desk = host.Services.GetRequiredService<PaymentDesk>();
        host.Clock.Days(2);
        Assert.Equal(0, await desk.Expire(CancellationToken.None));
        host.Clock.Days(2);
        Assert.Equal((1, 0), (await desk.Expire(CancellationToken.None), await desk.Expire(CancellationToken.None)));
        Assert.Equal((OrderState.Cancelled, 0, 0), (await Parcels.State(host, placed.OrderId), await Parcels.BuyersMoney(host, placed.OrderId), await host.Db(db => db.Offers.Select(o => o.Sold).SingleAsync())));
        Assert.Equal("balance-unpaid", await host.Db(db => db.BuyerRefunds.Select(r => r.Reason).SingleAsync()));
        // What comes after all goes back too.
        Assert.Null(await Parcels.Pay(host, await host.Db(db => db.Payments.SingleAsync(p => p.Part == PaymentPart.Balance))));
        Assert.Equal(0, await Parcels.BuyersMoney(host, placed.OrderId));
    }
}
