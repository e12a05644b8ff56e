using Shanhuo.Kernel;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Pools;

namespace Shanhuo.Settlement.Demo;

/// <summary>Settles the invented sales up to a day with the code that pays real money: lines, refunds, pools; and seals the ledger.</summary>
internal sealed class SettleDemo(SettleLines lines, PayPools pools, Sealer sealer)
{
    public async Task Until(DemoCounty county, DateOnly day, CancellationToken cancel)
    {
        county.Clock.Day = day;
        var report = await lines.Settle(county.Code, day, null, cancel);
        if (report.Stuck.Count > 0) throw new InvalidOperationException(report.Stuck[0].ToString());
        await pools.Pay(county.Code, null, cancel);
        await sealer.SealAll(county.Code, cancel);
    }
}

/// <summary>Last autumn's goods: settled, and paid by the first file; some accounts were wrong and came back.</summary>
internal sealed class LastSeasonDemo(SettleDemo settle, PayoutsDemo payouts) : ISeedDemo
{
    public int Order => 40;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        await settle.Until(county, county.LastSeasonPaid, cancel);
        if (county.Code != DemoCounty.Zhangjiachuan) return;
        await payouts.OpenAccounts(county, cancel);
        await payouts.PayByBank(county, 7, cancel);
    }
}

/// <summary>This autumn's first goods: settled, and paid by the second file.</summary>
internal sealed class ThisSeasonDemo(SettleDemo settle, PayoutsDemo payouts) : ISeedDemo
{
    public int Order => 44;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        await settle.Until(county, county.ThisSeasonPaid, cancel);
        if (county.Code == DemoCounty.Zhangjiachuan) await payouts.PayByBank(county, 2, cancel);
    }
}

/// <summary>Today: what is due is settled, a station has paid cash, and a third file waits for its second person.</summary>
internal sealed class TodayDemo(SettleDemo settle, PayoutsDemo payouts) : ISeedDemo
{
    public int Order => 48;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        await settle.Until(county, county.Today, cancel);
        if (county.Code == DemoCounty.Zhangjiachuan) await payouts.OfToday(county, cancel);
    }
}
