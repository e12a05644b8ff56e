using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Orders;
using Shanhuo.Registry;
using Shanhuo.Registry.Households;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement.Ledger;

public sealed class AllowanceTests
{
    [Theory, EachDatabase]
    public async Task A_budget_is_used_in_order_of_settlement_pays_what_is_left_and_is_restored_by_refunds(DatabaseKind kind)
    {
        await using var host = await Sold(kind);
        await Allow(host, "programme", AllowanceKind.Budget, 500);
        // 5% of 58.00 goods sold in the pavilion is 2.90 each; the budget of 5.00 covers the first and 2.10 of the second.
        var first = await SmallCounty.Sell(host, 1_000, 5_800, channel: "pavilion");
        var second = await SmallCounty.Sell(host, 1_000, 5_800, channel: "pavilion");
        await host.Settle();
        Assert.Equal((-290, -210), ((await host.Entry(Cause.Line, $"{first}"))["programme"], (await host.Entry(Cause.Line, $"{second}"))["programme"]));
        Assert.Equal(500, await Used(host));
        await Refund(host, 1, first, 2_900);
        await host.Settle();
        Assert.Equal(500 - 145, await Used(host));
        await Refund(host, 2, first, 2_900);
        await host.Settle();
        Assert.Equal(210, await Used(host));
        await SmallCounty.Sell(host, 1_000, 5_800, channel: "pavilion");
        await host.Settle();
        Assert.Equal(500, await Used(host));
        await host.IsSound();
    }

    [Theory, EachDatabase]
    public async Task A_bearer_at_its_limit_reduces_what_the_growers_get(DatabaseKind kind)
    {
        await using var host = await Sold(kind);
        await Allow(host, "risk-fund", AllowanceKind.Limit, 1_000);
        // 30.00 are due to the growers, 5.00 less costs are there.
        var line = await SmallCounty.Sell(host, 1_000, 500);
        await host.Settle();
        var entry = await host.Entry(Cause.Line, $"{line}");
        Assert.Equal((-1_000, 500 - 25 - 80 - 50 + 1_000), (entry["risk-fund"], entry["growers/L-1"]));
        await host.IsSound();
    }

    [Theory, EachDatabase]
    public async Task An_order_with_fixed_amounts_waits_for_the_lot_of_its_last_line(DatabaseKind kind)
    {
        await using var host = await Sold(kind);
        var line = await SmallCounty.Sell(host, 1_000, 5_800);
        await host.Db(async db =>
        {
            var order = await db.OrderLines.Where(l => l.Id == line).Select(l => l.OrderId).SingleAsync();
            db.OrderLines.Add(new OrderLine { Id = 9, County = Ledgers.County, OrderId = order, Number = 2, ProductId = SmallCounty.Apricot, Grams = 500, Pieces = 0, Goods = new Fen(5_800), Freight = Fen.Zero });
            await db.SaveChangesAsync();
        });
        Assert.Equal(0, (await host.Settle()).Lines);
        await host.Db(db => db.OrderLines.Where(l => l.Id == 9).ExecuteUpdateAsync(set => set.SetProperty(l => l.LotId, SmallCounty.Lot)));
        // The other line is not due yet; this one bears its half of the station's 0.80 all the same.
        Assert.Equal(1, (await host.Settle()).Lines);
        Assert.Equal(40, (await host.Entry(Cause.Line, $"{line}"))["station/V-01"]);
    }

    [Theory, EachDatabase]
    public async Task A_step_for_poor_households_applies_to_a_lot_of_none_but_poor_households(DatabaseKind kind)
    {
        await using var host = await Sold(kind);
        await host.Db(db => db.SchemeVersions.ExecuteUpdateAsync(set => set.SetProperty(v => v.Document, """
            { "name": "p", "steps": [ { "to": "growers", "from": "programme", "rate": "5%", "of": "goods", "when": { "poor": true } }, { "to": "growers", "rest": true } ] }
            """)));
        await Register(host, SmallCounty.Ma);
        await SmallCounty.Sell(host, 1_000, 1_000);
        await host.Settle();
        Assert.DoesNotContain("programme", (await host.Balances()).Keys);
        await Register(host, SmallCounty.Li);
        await SmallCounty.Sell(host, 1_000, 1_000);
        await host.Settle();
        Assert.Equal(-50, (await host.Balances())["programme"]);
    }

    private static Task Register(TestHost host, long household) => host.Db(db =>
    {
        db.HouseholdStatuses.Add(new HouseholdStatus { Id = household, HouseholdId = household, Status = "registered", Since = new(2020, 1, 1) });
        return db.SaveChangesAsync();
    });

    private static Task Allow(TestHost host, string role, AllowanceKind kind, long fen) => host.Db(db =>
    {
        db.Allowances.Add(new Allowance { County = Ledgers.County, Role = role, Owner = "", Kind = kind, Limit = new Fen(fen) });
        return db.SaveChangesAsync();
    });

    private static Task Refund(TestHost host, long id, long line, long fen) => host.Db(db =>
    {
        db.RefundClaims.Add(new RefundClaim { Id = id, County = Ledgers.County, RequestId = Guid.CreateVersion7(), LineId = line, Amount = new Fen(fen), Day = SmallCounty.Day });
        return db.SaveChangesAsync();
    });

    private static Task<long> Used(TestHost host) => host.Db(async db => (await db.Allowances.SingleAsync()).Used.Value);

    private static async Task<TestHost> Sold(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        return host;
    }
}
