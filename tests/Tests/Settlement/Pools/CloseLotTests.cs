using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Pools;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Settlement.Ledger;

namespace Shanhuo.Tests.Settlement.Pools;

public sealed class CloseLotTests
{
    [Theory, EachDatabase]
    public async Task Goods_bought_at_intake_are_owed_and_paid_at_once(DatabaseKind kind)
    {
        await using var host = await Taken(kind);
        await host.Db(db => db.Lots.ExecuteUpdateAsync(set => set.SetProperty(l => l.BoughtBy, "cooperative")));
        for (var i = 0; i < 2; i++) await Raise(host, new IntakeConfirmed(Ledgers.County, 601, SmallCounty.Lot, SmallCounty.Ma, new Fen(180_000), "cooperative", Fen.Zero, SmallCounty.Day));
        var balances = await host.Balances();
        Assert.Equal((-300_000, 180_000, 120_000), (balances["cooperative/C-01"], balances["household/H-101"], balances["household/H-102"]));
        // The buyer stands in the growers' place on the lot's lines.
        await SmallCounty.Sell(host, 1_000, 5_800);
        await host.Settle();
        Assert.DoesNotContain("growers/L-1", (await host.Balances()).Keys);
        await host.IsSound();
    }

    [Theory, EachDatabase]
    public async Task An_advance_is_set_off_first_and_the_bearer_pays_what_it_exceeds_the_pool_by(DatabaseKind kind)
    {
        await using var host = await Taken(kind);
        await Raise(host, new IntakeConfirmed(Ledgers.County, 601, SmallCounty.Lot, SmallCounty.Ma, new Fen(180_000), null, new Fen(2_500), SmallCounty.Day));
        Assert.Equal(2_500, (await host.Balances())["household/H-101"]);
        await SmallCounty.Sell(host, 1_000, 5_800);
        await host.Settle();
        host.Clock.Days(8);
        await host.PayPools();
        var balances = await host.Balances();
        // The pool of 30.00 is 18.00 and 12.00; all of the 18.00 is set off.
        Assert.Equal((2_500, 1_200, -700), (balances["household/H-101"], balances["household/H-102"], balances["advances/L-1"]));
        Assert.Equal(0, await host.In(s => s.GetRequiredService<CloseLot>().BearAdvances(Ledgers.County, default)));
        await host.Db(db => db.Lots.ExecuteUpdateAsync(set => set.SetProperty(l => l.ClosedDay, SmallCounty.Day)));
        Assert.Equal(1, await host.In(s => s.GetRequiredService<CloseLot>().BearAdvances(Ledgers.County, default)));
        Assert.Equal(0, await host.In(s => s.GetRequiredService<CloseLot>().BearAdvances(Ledgers.County, default)));
        balances = await host.Balances();
        Assert.Equal(-700, balances["risk-fund"]);
        Assert.DoesNotContain("advances/L-1", balances.Keys);
        await host.IsSound();
    }

    [Theory, EachDatabase]
    public async Task Guaranteed_goods_that_nobody_bought_are_paid_by_the_bearer_of_the_scheme(DatabaseKind kind)
    {
        await using var host = await Taken(kind);
        await host.Db(db => db.SchemeVersions.ExecuteUpdateAsync(set => set.SetProperty(v => v.Document, """
            { "name": "g", "steps": [ { "to": "growers", "price": "contract", "ifShort": { "bearers": [ { "to": "enterprise", "weight": 1 }, { "to": "programme", "weight": 2 } ] } }, { "to": "enterprise", "rest": true } ] }
            """)));
        await host.Db(db => db.LotGrowers.Where(g => g.HouseholdId == SmallCounty.Ma).ExecuteUpdateAsync(set => set.SetProperty(g => g.ContractValue, g => g.Quantity * 4_000)));
        await SmallCounty.Sell(host, 90_000, 500_000);
        await host.Settle();
        var sold = (await host.Balances())["growers/L-1"];
        for (var i = 0; i < 2; i++) await Raise(host, new LotClosed(Ledgers.County, SmallCounty.Lot, 10_000, SmallCounty.Day));
        // 60 kg at 40.00 guaranteed and 40 kg at 30.00 agreed: 36.00 a kilogram.
        Assert.Equal((324_000, 36_000), (sold, (await host.Balances())["growers/L-1"] - sold));
        Assert.Equal(-24_000, (await host.Balances())["programme"]);
        await host.IsSound();
    }

    private static Task Raise<T>(TestHost host, T news) => host.In(async s =>
    {
        Assert.Null(await s.GetRequiredService<Events>().Raise(news, default));
        await s.GetRequiredService<ShanhuoDb>().SaveChangesAsync();
    });

    private static async Task<TestHost> Taken(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        return host;
    }
}
