using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Payouts;
using Shanhuo.Tests.Databases;
using static Shanhuo.Tests.Settlement.Payouts.PayoutCounty;

namespace Shanhuo.Tests.Settlement.Payouts;

/// <summary>Pays out round after round, as the county does: money is credited, goes into a file, is released, the bank pays one line and sends one back, and a station pays cash. Every step is asked for again after a kill, as people do who saw no answer.</summary>
internal static class PayoutWork
{
    public const string Name = "payouts", Making = "make";

    /// <summary>Credited in a round to Ma, Li and Zhang.</summary>
    public static readonly long[] Credits = [30_000, 20_000, 10_000];

    /// <summary>Paid in cash in a round to Li, whose bank line came back, and to Zhang, who has no account.</summary>
    public const long CashToLi = 15_000, CashToZhang = 4_000;

    public static async Task Round(TestHost host, Action<string> at)
    {
        // The bank accounts of Ma and Li may be used since the day after the county was made.
        if (host.Clock.Today == SmallCounty.Day) host.Clock.Days(1);
        var credited = await host.Db(db => db.JournalEntries.CountAsync(e => e.Cause == Cause.PoolPaid && e.CauseKey.StartsWith("round-")));
        var isOver = await host.Db(db => db.CashAllowances.CountAsync(a => a.State == AllowanceState.Closed)) == credited;
        var round = isOver ? credited + 1 : credited;
        if (isOver)
        {
            at("credit");
            await LedgerOf.Enter(host, Cause.PoolPaid, $"round-{round}", SmallCounty.Day, null, ("growers", "L-1", -Credits.Sum()), ("household", "H-101", Credits[0]), ("household", "H-102", Credits[1]), ("household", "H-103", Credits[2]));
        }
        at(Making);
        var file = (await Make(host, Request(round, 1))).Value;
        at("release");
        Assert.Null((await Release(host, file.Id)).Refused);
        var lines = await host.Db(db => db.PayoutLines.Where(l => l.FileId == file.Id).ToDictionaryAsync(l => l.HouseholdId, l => l.Number));
        at("paid");
        Assert.Null((await Results(host, file.Id, new LineResult(lines[SmallCounty.Ma], true, ""))).Refused);
        at("returned");
        Assert.Null((await Results(host, file.Id, new LineResult(lines[SmallCounty.Li], false, "户名不符"))).Refused);
        at("allowance");
        var allowance = (await host.In(s => s.GetRequiredService<CashAtStation>().Handle(new ProposeAllowance(Request(round, 2), SmallCounty.StationA, new Fen(25_000), 3), default), First)).Value;
        at("allow");
        if (allowance.State == AllowanceState.Proposed) Assert.Null((await host.In(s => s.GetRequiredService<CashAtStation>().Handle(new DecideAllowance(allowance.Id, true), default), Second)).Refused);
        at("cash");
        Assert.Null((await Pay(host, allowance.Id, SmallCounty.Li, CashToLi, Request(round, 3))).Refused);
        at("more cash");
        Assert.Null((await host.In(s => s.GetRequiredService<CashAtStation>().Handle(new PayCash(Request(round, 4), allowance.Id, SmallCounty.Zhang, new Fen(CashToZhang), Code), default), First)).Refused);
        at("back");
        Assert.Null((await host.In(s => s.GetRequiredService<CashAtStation>().Handle(new CloseAllowance(allowance.Id), default), First)).Refused);
    }

    private static Guid Request(int round, int step) => new(round, (short)step, 2, 0, 0, 0, 0, 0, 0, 0, 0);
}
