using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Market;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement.Ledger;

/// <summary>Settles, pays pools and seals, as the program does every minute, with 99 more lines each time.</summary>
internal static class SettleWork
{
    public const string Name = "settle", Settling = "settle";

    /// <summary>Whole orders: of three lines each two orders are made.</summary>
    public const int Lines = 99;

    public static async Task Round(TestHost host, Action<string> at)
    {
        if (!await host.Db(db => db.OrderLines.AnyAsync(l => l.DueDay != null && !l.IsSettled)))
        {
            at("sell");
            await Sell(host);
        }
        at(Settling);
        await host.In(s => s.GetRequiredService<LedgerRound>().Run(ManyLines.County, null, default));
    }

    public static Task Sell(TestHost host) => host.Db(async db =>
    {
        await using var change = await db.Database.BeginTransactionAsync();
        await ManyLines.Sell(db, await Due(host), Lines);
        await change.CommitAsync();
    });

    /// <summary>Lines that are due or were.</summary>
    public static Task<int> Due(TestHost host) => host.Db(db => db.OrderLines.CountAsync(l => l.DueDay != null));
}
