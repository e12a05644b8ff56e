using Microsoft.EntityFrameworkCore;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement.Ledger;

public sealed class SettleLinesTests
{
    [Theory, EachDatabase]
    public async Task A_due_line_is_split_by_its_frozen_scheme_and_settled_once(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        var line = await SmallCounty.Sell(host, 1_000, 5_800, 800);
        Assert.Equal(1, (await host.Settle()).Lines);
        // 66.00 gross: platform 5% 3.30, freight 8.00, station 0.80, packaging 0.50, growers 1 kg at 30.00; of the rest 23.40 the village 2.34, the cooperative 21.06.
        var expected = new Dictionary<string, long> { ["buyer"] = -6_600, ["platform/taobao"] = 330, ["carrier"] = 800, ["station/V-01"] = 80, ["packaging"] = 50, ["growers/L-1"] = 3_000, ["village-fund/L-1"] = 234, ["cooperative/C-01"] = 2_106 };
        Assert.Equal(expected, await host.Entry(Cause.Line, $"{line}"));
        Assert.Equal(expected, await host.Balances());
        Assert.Equal(0, (await host.Settle()).Lines);
        Assert.Equal(expected, await host.Balances());
    }

    [Theory, EachDatabase]
    public async Task Pools_pay_households_and_the_village_when_the_return_window_is_over_and_not_twice(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        await SmallCounty.Sell(host, 1_000, 5_800, 800);
        await host.Settle();
        host.Clock.Days(7);
        Assert.Equal(0, await host.PayPools());
        host.Clock.Days(1);
        Assert.Equal(1, await host.PayPools());
        Assert.Equal(0, await host.PayPools());
        var balances = await host.Balances();
        Assert.Equal((1_800, 1_200, 234), (balances["household/H-101"], balances["household/H-102"], balances[$"village/{SmallCounty.VillageA}"]));
        Assert.DoesNotContain("growers/L-1", balances.Keys);
    }
}
