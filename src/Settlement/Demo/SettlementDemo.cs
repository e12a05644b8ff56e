using Shanhuo.Kernel;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Pools;

namespace Shanhuo.Settlement.Demo;

/// <summary>Settles the invented sales with the code that pays real money: lines, refunds, pools; and seals the ledger.</summary>
internal sealed class SettlementDemo(SettleLines lines, PayPools pools, Sealer sealer) : ISeedDemo
{
    public int Order => 40;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        var report = await lines.Settle(county.Code, county.Today, null, cancel);
        if (report.Stuck.Count > 0) throw new InvalidOperationException(report.Stuck[0].ToString());
        await pools.Pay(county.Code, null, cancel);
        await sealer.SealAll(county.Code, cancel);
    }
}
