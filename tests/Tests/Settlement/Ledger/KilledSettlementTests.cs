using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Processes;

namespace Shanhuo.Tests.Settlement.Ledger;

public sealed class KilledSettlementTests
{
    [Theory, EachDatabase]
    public async Task A_settlement_that_is_killed_goes_on_and_pays_the_same_as_one_that_never_was(DatabaseKind kind)
    {
        await using var host = await County(kind);
        await KilledChild.Kill(host, SettleWork.Name, SettleWork.Settling, kind == DatabaseKind.Sqlite ? 5 : 6, () => LeftBehind.Look(host, Check));
        await host.IsSound();
        await using var whole = await County(kind);
        var lines = await SettleWork.Due(host);
        for (var sold = 0; sold < lines; sold += SettleWork.Lines) await SettleWork.Sell(whole);
        await whole.In(s => s.GetRequiredService<LedgerRound>().Run(ManyLines.County, null, default));
        Assert.Equal((await whole.Balances()).OrderBy(b => b.Key, StringComparer.Ordinal), (await host.Balances()).OrderBy(b => b.Key, StringComparer.Ordinal));
    }

    [Theory, EachDatabase]
    public async Task Three_processes_that_settle_the_same_lines_at_once_settle_them_once(DatabaseKind kind)
    {
        await using var host = await County(kind);
        for (var i = 0; i < 6; i++) await SettleWork.Sell(host);
        var processes = Enumerable.Range(0, 3).Select(_ => Program(host, "settle-due")).ToList();
        foreach (var process in processes)
        {
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
            process.Dispose();
        }
        await LeftBehind.Look(host, Check);
        Assert.Equal(6 * SettleWork.Lines, await host.Db(db => db.JournalEntries.CountAsync(e => e.Cause == Cause.Line)));
        using var verify = Program(host, "verify");
        await verify.WaitForExitAsync();
        Assert.Equal(0, verify.ExitCode);
    }

    // A line is settled when, and only when, it has its one entry.
    private static async Task Check(ShanhuoDb db)
    {
        var settled = await db.OrderLines.Where(l => l.IsSettled).OrderBy(l => l.Id).Select(l => (long?)l.Id).ToListAsync();
        Assert.Equal(settled, await db.JournalEntries.Where(e => e.Cause == Cause.Line).OrderBy(e => e.LineId).Select(e => e.LineId).ToListAsync());
    }

    private static async Task<TestHost> County(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await host.Db(db => ManyLines.Found(db, SmallCounty.Example));
        return host;
    }

    private static Process Program(TestHost host, string command)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Shanhuo.Web.dll"), command, "--county", "620525", "--data", host.Folder]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SHANHUO_DB"] = host.Connection;
        return Process.Start(start)!;
    }
}
