using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement.Ledger;

public sealed class RefundsTests
{
    [Theory, EachDatabase]
    public async Task A_full_refund_before_pay_out_takes_back_exactly_what_was_paid_sunk_costs_aside(DatabaseKind kind)
    {
        await using var host = await Sold(kind);
        var line = await SmallCounty.Sell(host, 1_000, 5_800, 800);
        await host.Settle();
        Assert.Null(await Claim(host, line, 2_000));
        Assert.Null(await Claim(host, line, 4_600));
        // Freight 8.00 and packaging 0.50 were spent: the risk fund carries them.
        Assert.Equal(new Dictionary<string, long> { ["carrier"] = 800, ["packaging"] = 50, ["risk-fund"] = -850 }.OrderBy(p => p.Key), (await host.Balances()).OrderBy(p => p.Key));
        Assert.Equal("settlement.refund-amount", (await Claim(host, line, 1))?.Code);
        await host.IsSound();
    }

    [Theory, EachDatabase]
    public async Task After_pay_out_nobody_is_asked_for_money_the_bearer_of_refunds_pays(DatabaseKind kind)
    {
        await using var host = await Sold(kind);
        var line = await SmallCounty.Sell(host, 1_000, 5_800, 800);
        await host.Settle();
        host.Clock.Days(8);
        await host.PayPools();
        Assert.Null(await Claim(host, line, 6_600));
        var balances = await host.Balances();
        Assert.Equal((1_800, 1_200, 234), (balances["household/H-101"], balances["household/H-102"], balances[$"village/{SmallCounty.VillageA}"]));
        Assert.Equal(-850 - 3_000 - 234, balances["risk-fund"]);
        await host.PayPools();
        Assert.Equal(balances.OrderBy(p => p.Key), (await host.Balances()).OrderBy(p => p.Key));
        await host.IsSound();
    }

    [Theory, EachDatabase]
    public async Task What_a_household_is_at_fault_for_is_set_off_against_its_later_sales(DatabaseKind kind)
    {
        await using var host = await Sold(kind);
        var line = await SmallCounty.Sell(host, 1_000, 5_800, 800);
        await host.Settle();
        host.Clock.Days(8);
        await host.PayPools();
        Assert.Null(await Claim(host, line, 6_600, SmallCounty.Ma));
        Assert.Equal(1_800 - 3_000, (await host.Balances())["household/H-101"]);
        Assert.Equal(-850 - 234, (await host.Balances())["risk-fund"]);
        await SmallCounty.Sell(host, 1_000, 5_800, 800);
        await host.Settle();
        host.Clock.Days(8);
        await host.PayPools();
        Assert.Equal(1_800 - 3_000 + 1_800, (await host.Balances())["household/H-101"]);
        await host.IsSound();
    }

    [Theory, EachDatabase]
    public async Task A_refund_of_a_line_that_is_not_settled_waits_for_it(DatabaseKind kind)
    {
        await using var host = await Sold(kind);
        var line = await SmallCounty.Sell(host, 1_000, 5_800);
        Assert.Null(await Claim(host, line, 5_800));
        Assert.Empty(await host.Balances());
        var report = await host.Settle();
        Assert.Equal((1, 1), (report.Lines, report.Refunds));
        Assert.Equal(50, (await host.Balances())["packaging"]);
        await host.IsSound();
    }

    private static async Task<TestHost> Sold(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        return host;
    }

    private static Task<Refusal?> Claim(TestHost host, long line, long fen, long? faultHousehold = null) => host.In(async s =>
    {
        var (db, id) = (s.GetRequiredService<ShanhuoDb>(), s.GetRequiredService<Ids>().Next());
        db.RefundClaims.Add(new RefundClaim { Id = id, County = SmallCounty.County, RequestId = Guid.CreateVersion7(), LineId = line, Amount = new Fen(fen), Day = host.Clock.Today, FaultHouseholdId = faultHousehold });
        if (await s.GetRequiredService<Events>().Raise(new RefundClaimed(SmallCounty.County, id), default) is { } no) return no;
        await db.SaveChangesAsync();
        return null;
    });
}
