using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Market;
using Shanhuo.Market.Channels;
using Shanhuo.Settlement;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Processes;

namespace Shanhuo.Tests.Market.Channels;

/// <summary>The program itself is killed while it imports and settles, at a random point, and started again.</summary>
public sealed class KilledImportTests
{
    private const int Orders = 300;

    [Theory, EachDatabase]
    public async Task An_import_that_is_killed_goes_on_and_nothing_is_lost_doubled_or_unbalanced(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await host.SecondLot(302, "L-2", 300_000);
        var file = Path.Combine(host.Host.Folder, "orders.csv");
        await File.WriteAllTextAsync(file, "主订单编号,子订单编号,商家编码,购买数量,买家实付金额,买家应付邮费,订单状态,订单付款时间\r\n" + string.Concat(Enumerable.Range(1, Orders).Select(i => $"{100000 + i},{i}-1,XR500,1,29.{i % 100:00},3.00,交易成功,2026-11-20\r\n")));
        var chance = new Random(kind == DatabaseKind.Sqlite ? 1 : 2);
        for (var i = 0; i < Kills.Count; i++)
        {
            using var process = Start(host, file);
            var at = chance.Next(Orders);
            while (!process.HasExited && await Done(host) < at) await Task.Yield();
            process.Kill(true);
            await process.WaitForExitAsync();
            // In one statement, for what was on its way to the server may still be committed.
            var books = await host.Db(db => db.ImportRuns.Select(r => new { r.OrdersDone, Orders = db.Set<Shanhuo.Market.Orders.Order>().Count() }).SingleOrDefaultAsync());
            Assert.Equal(books?.OrdersDone ?? 0, books?.Orders ?? 0);
        }
        using var last = Start(host, file);
        await last.WaitForExitAsync();
        Assert.Equal(0, last.ExitCode);
        Assert.Equal((Orders, Orders, Orders), await host.Db(async db => (await db.Orders.CountAsync(), await db.OrderLines.CountAsync(l => l.IsSettled), await db.LotMoves.CountAsync(m => m.Quantity < 0))));
        Assert.Equal(400_000 - Orders * 500, await host.Available(SmallCounty.Lot) + await host.Available(302));
        Assert.Equal(0, await host.Db(db => db.Postings.SumAsync(p => (long)p.Amount)));
        Assert.Equal(ImportState.Done, await host.Db(db => db.ImportRuns.Select(r => r.State).SingleAsync()));
    }

    private static Task<int> Done(SalesHost host) => host.Db(db => db.ImportRuns.Select(r => r.OrdersDone).SingleOrDefaultAsync());

    private static Process Start(SalesHost host, string file)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Shanhuo.Web.dll"), "import", file, "--channel", "taobao", "--county", "620525", "--data", host.Host.Folder]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SHANHUO_DB"] = host.Host.Connection;
        return Process.Start(start)!;
    }
}
