using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Agents;
using Shanhuo.Market.Intakes;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Demo;

/// <summary>The village station brings a household seed; the household says at the station that it is false and has its money back, its supplier a warning; a second report still waits.</summary>
internal sealed class AgentDemo(ShanhuoDb db, CurrentScope acting, BringSupplyHandler bring, ApproveSlipHandler approve, ReportHandler reports) : ISeedDemo
{
    private static readonly Lazy<Upload> Bill = new(() =>
    {
        using var stream = typeof(AgentDemo).Assembly.GetManifestResourceStream("demo/bill.jpg")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new Upload(FileKind.Photo(content)!, content);
    });

    public int Order => 50;

    public async Task Seed(DemoCounty county, CancellationToken cancel)
    {
        if (county.Code != DemoCounty.Zhangjiachuan) return;
        var household = (await DemoSignIns.ScopeOf(db, "household", cancel)).HouseholdId!.Value;
        var station = await DemoSignIns.ScopeOf(db, "station", cancel);
        foreach (var (kind, goods, price, licence, daysAgo) in new[] { ("seed", "玉米种 5 斤", 12_000, "甘种证000123", 40), ("feed", "羊饲料 1 袋", 9_800, null, 6) })
        {
            county.Clock.Day = county.Today.AddDays(-daysAgo);
            acting.Scope = station;
            var slip = (await bring.Handle(new BringSupply(Guid.CreateVersion7(), household, kind, goods, new Fen(price), "关山农资门市部（虚构）", licence, "0938000000", Bill.Value), cancel)).Value;
            slip = (await approve.Handle(new ApproveSlip(slip.Id, DemoSignIns.Code, null), cancel)).Value;
            county.Clock.Day = county.Clock.Day.AddDays(3);
            var report = (await reports.File(Guid.CreateVersion7(), slip.Id, Bill.Value, cancel)).Value;
            if (kind != "seed") continue;
            county.Clock.Day = county.Clock.Day.AddDays(2);
            acting.Scope = await DemoSignIns.ScopeOf(db, "staff", cancel);
            if (await reports.Close(new CloseReport(report.Id, "fake", slip.Amount, "查过了，是假种子，钱已退", "warn"), cancel) is { } no) throw new InvalidOperationException(no.ToString());
        }
    }
}
