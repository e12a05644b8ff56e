using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement.Ledger;

public sealed class SeasonTests
{
    [Theory, EachDatabase]
    public async Task A_season_through_the_database_gives_every_account_the_same_fen_as_through_files(DatabaseKind kind)
    {
        foreach (var seed in new[] { 1, 2 })
        {
            await using var host = await TestHost.Start(kind);
            var season = new Season(seed);
            await season.Enter(host);
            var report = await host.Settle();
            Assert.Equal((season.LineCount, 0), (report.Lines, report.Stuck.Count));
            host.Clock.Days(30);
            await host.PayPools();
            Assert.Equal(Season.Sums(season.Twin()).OrderBy(p => p.Key, StringComparer.Ordinal), (await host.Balances()).OrderBy(p => p.Key, StringComparer.Ordinal));
            await host.IsSound();
        }
    }

    [Theory, EachDatabase]
    public async Task Settling_and_paying_every_day_gives_the_same_fen_as_paying_once(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        var season = new Season(3, refunds: 0, spread: true, bought: false);
        await season.Enter(host);
        for (var day = 0; day < 24; day++)
        {
            await host.Settle();
            await host.PayPools();
            await host.In(s => s.GetRequiredService<Sealer>().SealAll(Ledgers.County, default));
            host.Clock.Days(1);
        }
        Assert.Equal(Season.Sums(season.Twin()).OrderBy(p => p.Key, StringComparer.Ordinal), (await host.Balances()).OrderBy(p => p.Key, StringComparer.Ordinal));
        Assert.True(await host.Db(db => db.JournalEntries.CountAsync(e => e.Cause == Cause.PoolPaid)) > 12);
        await host.IsSound();
    }

    [Theory, EachDatabase]
    public async Task Two_that_settle_the_same_lines_at_once_settle_them_once(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        var season = new Season(4, orderCount: 150, bought: false);
        await season.Enter(host);
        var reports = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => host.Settle())));
        Assert.Equal(season.LineCount, reports.Sum(r => r.Lines));
        host.Clock.Days(30);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => host.PayPools())));
        Assert.Equal(Season.Sums(season.Twin()).OrderBy(p => p.Key, StringComparer.Ordinal), (await host.Balances()).OrderBy(p => p.Key, StringComparer.Ordinal));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => host.In(s => s.GetRequiredService<Sealer>().SealAll(Ledgers.County, default)))));
        await host.IsSound();
    }

    [Theory, EachDatabase]
    public async Task Balances_and_figures_can_be_made_anew_from_the_entries(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await new Season(5).Enter(host);
        await host.Settle();
        var before = await host.Balances();
        await host.Db(db => db.LedgerAccounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.Balance, new Fen(7))));
        await host.Db(db => db.MonthSums.ExecuteDeleteAsync());
        await host.In(s => s.GetRequiredService<RebuildLedger>().Rebuild(Ledgers.County, default));
        Assert.Equal(before.OrderBy(p => p.Key, StringComparer.Ordinal), (await host.Balances()).OrderBy(p => p.Key, StringComparer.Ordinal));
        await host.IsSound();
    }
}
