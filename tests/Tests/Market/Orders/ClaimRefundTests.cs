using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Orders;
using Shanhuo.Settlement;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Market.Orders;

public sealed class ClaimRefundTests
{
    [Theory, EachDatabase]
    public async Task Money_is_given_back_once_and_never_more_than_the_line(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var line = await Sold(host, true);
        var claim = new ClaimRefund(Guid.CreateVersion7(), line, new Fen(1000), "carrier", null, "damaged");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.Do((ClaimRefundHandler refund) => refund.Handle(claim, default))));
        Assert.Single(answers.Select(a => a.Value.Id).Distinct());
        var no = (await host.Do((ClaimRefundHandler refund) => refund.Handle(claim with { RequestId = Guid.CreateVersion7(), Amount = new Fen(4801) }, default))).Refused;
        Assert.Equal(("market.refund-amount", new Fen(4800)), (no!.Code, no.Arguments[1]));
        Assert.Null((await host.Do((ClaimRefundHandler refund) => refund.Handle(claim with { RequestId = Guid.CreateVersion7(), Amount = new Fen(4800) }, default))).Refused);
        Assert.Equal((2, 2), await host.Db(async db => (await db.RefundClaims.CountAsync(), await db.RefundClaims.CountAsync(r => r.IsSettled))));
        Assert.Equal(0, await host.Db(db => (from p in db.Postings join a in db.LedgerAccounts on p.AccountId equals a.Id where a.Role == "buyer" select (long)p.Amount).SumAsync()));
    }

    [Theory, EachDatabase]
    public async Task Two_claims_at_once_on_the_same_line_never_exceed_it(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var line = await Sold(host, true);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.Do((ClaimRefundHandler refund) => refund.Handle(new ClaimRefund(Guid.CreateVersion7(), line, new Fen(2500), null, null, "late"), default))));
        Assert.Equal(2, answers.Count(a => a.Refused is null));
    }

    [Theory, EachDatabase]
    public async Task What_has_not_left_is_cancelled_not_refunded_and_faults_are_asked_for_by_list(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var line = await Sold(host, false);
        Assert.Equal("market.refund-not-left", await Code(new(Guid.CreateVersion7(), line, new Fen(1), null, null, "late")));
        Assert.Equal("market.refund-fault", await Code(new(Guid.CreateVersion7(), line, new Fen(1), "growers", null, "late")));
        Assert.Equal("market.refund-household", await Code(new(Guid.CreateVersion7(), line, new Fen(1), null, SmallCounty.Zhang, "late")));
        Assert.Equal("market.refund-reason", await Code(new(Guid.CreateVersion7(), line, new Fen(1), null, null, "because")));

        async Task<string> Code(ClaimRefund claim) => (await host.Do((ClaimRefundHandler refund) => refund.Handle(claim, default))).Refused!.Code;
    }

    /// <summary>An order of a platform was served from lots of two cooperatives.</summary>
    [Theory, EachDatabase]
    public async Task Nobody_gives_back_or_cancels_what_another_sold_in_the_same_order(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var (own, others) = (await Sold(host, false), 0L);
        await host.SecondLot(302, "L-2", 50_000);
        await host.Db(async db =>
        {
            var line = await db.OrderLines.SingleAsync();
            await db.Lots.Where(l => l.Id == 302).ExecuteUpdateAsync(set => set.SetProperty(l => l.CooperativeId, (long?)4242));
            others = line.Id + 1;
            db.OrderLines.Add(new OrderLine { Id = others, County = line.County, OrderId = line.OrderId, Number = 2, ProductId = line.ProductId, LotId = 302, Grams = 1_000, Pieces = 0, Units = 1, Goods = new Fen(5_800), Freight = Fen.Zero });
            await db.Orders.ExecuteUpdateAsync(set => set.SetProperty(o => o.SellerId, (long?)null).SetProperty(o => o.StationId, (long?)null).SetProperty(o => o.Area, SmallCounty.Township));
            await db.SaveChangesAsync();
        });
        var order = await host.Db(db => db.Orders.Select(o => o.Id).SingleAsync());
        var seller = new Scope { Area = SmallCounty.Township, OrganisationId = SmallCounty.Cooperative, AccountId = 5, Role = Role.Cooperative };
        Assert.Equal("market.order-shared", (await host.Do((MoveOrderHandler move) => move.Handle(order, OrderStep.Cancel, default), seller)).Refused?.Code);
        Assert.Null((await host.Do((MoveOrderHandler move) => move.Handle(order, OrderStep.Ship, default), seller)).Refused);
        ClaimRefund Claim(long line) => new(Guid.CreateVersion7(), line, new Fen(100), "risk-fund", null, "damaged");
        Assert.Equal("market.refund-line", (await host.Do((ClaimRefundHandler refund) => refund.Handle(Claim(others), default), seller)).Refused?.Code);
        Assert.Null((await host.Do((ClaimRefundHandler refund) => refund.Handle(Claim(own), default), seller)).Refused);
        var visitor = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative);
        Assert.Equal((System.Net.HttpStatusCode.NotFound, System.Net.HttpStatusCode.OK), ((await visitor.Get($"/market/orders/refund/{others}")).Status, (await visitor.Get($"/market/orders/refund/{own}")).Status));
    }

    [Theory, EachDatabase]
    public async Task A_line_wholly_refunded_after_shipping_is_settled_and_taken_back(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        var line = await Sold(host, false);
        var order = await host.Db(db => db.Orders.SingleAsync());
        await host.Do((MoveOrderHandler move) => move.Handle(order.Id, OrderStep.Ship, default));
        await host.Do((ClaimRefundHandler refund) => refund.Handle(new ClaimRefund(Guid.CreateVersion7(), line, new Fen(5800), null, null, "wrong"), default));
        Assert.True(await host.Db(db => db.OrderLines.AllAsync(l => l.IsSettled)));
        Assert.True(await host.Db(db => db.RefundClaims.AllAsync(r => r.IsSettled)));
        Assert.Equal(0, await host.Db(db => db.Postings.SumAsync(p => (long)p.Amount)));
    }

    private static async Task<long> Sold(SalesHost host, bool atCounter)
    {
        await host.Do((PlaceOrderHandler place) => place.Handle(new PlaceOrder(Guid.CreateVersion7(), "shop", "", null, Fen.Zero, 1, atCounter, [new PlaceLine(SmallCounty.Apricot, null, null, 1_000, new Fen(5800))]), default));
        return await host.Db(db => db.OrderLines.Select(l => l.Id).SingleAsync());
    }
}
