using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement.Ledger;

/// <summary>A settlement inside somebody else's change commits with it or not at all.</summary>
public sealed class JoinTests
{
    [Theory, EachDatabase]
    public async Task A_receipt_and_its_settlement_commit_in_one_save_or_neither(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        var line = await SmallCounty.Sell(host, 1_000, 5_800);
        await host.Db(db => db.OrderLines.ExecuteUpdateAsync(set => set.SetProperty(l => l.DueDay, (DateOnly?)null)));
        foreach (var saves in new[] { false, true })
        {
            await host.In(async s =>
            {
                var db = s.GetRequiredService<ShanhuoDb>();
                var received = await db.OrderLines.SingleAsync(l => l.Id == line);
                received.DueDay = SmallCounty.Day;
                Assert.Null(await s.GetRequiredService<Events>().Raise(new LinesDue(SmallCounty.County, [received.OrderId]), default));
                Assert.True(await db.JournalEntries.AnyAsync());
                if (saves) await db.SaveChangesAsync();
            });
            Assert.Equal(saves, await host.Db(db => db.JournalEntries.AnyAsync()));
            Assert.Equal(saves, await host.Db(db => db.OrderLines.AnyAsync(l => l.IsSettled && l.DueDay != null)));
        }
        await host.IsSound();
    }

    [Theory, EachDatabase]
    public async Task Inside_a_transaction_of_the_caller_nothing_stays_until_the_caller_commits(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        var line = await SmallCounty.Sell(host, 1_000, 5_800);
        await host.In(async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            var order = await db.OrderLines.Where(l => l.Id == line).Select(l => l.OrderId).SingleAsync();
            await using var change = await db.Database.BeginTransactionAsync();
            Assert.Null(await s.GetRequiredService<Events>().Raise(new LinesDue(SmallCounty.County, [order]), default));
            await db.SaveChangesAsync();
        });
        Assert.False(await host.Db(db => db.JournalEntries.AnyAsync()));
        await host.Settle();
        Assert.True(await host.Db(db => db.JournalEntries.AnyAsync()));
        await host.IsSound();
    }

    [Theory, EachDatabase]
    public async Task An_account_that_was_opened_in_a_change_that_did_not_commit_is_opened_again_by_the_next(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await host.In(async s =>
        {
            var (db, ledger) = (s.GetRequiredService<ShanhuoDb>(), s.GetRequiredService<LedgerWriter>());
            foreach (var commits in new[] { false, true })
            {
                await using var change = await db.Database.BeginTransactionAsync();
                await ledger.Post(Ledgers.County, [new Draft(Cause.Inflow, "twice", SmallCounty.Day).Post("bank", "main", -5).Post("buyer", "", 5)], default);
                if (commits) await change.CommitAsync();
            }
        });
        await host.In(s => s.GetRequiredService<Sealer>().SealAll(Ledgers.County, default));
        await host.IsSound();
        Assert.Equal(2, await host.Db(db => db.LedgerAccounts.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task Entries_of_other_parts_get_ids_in_the_order_of_commits_too(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        // A machine whose clock runs a day ahead has written the last entry.
        host.Clock.Days(1);
        await Post(host, "a");
        host.Clock.Days(-1);
        await host.In(s => s.GetRequiredService<Sealer>().SealAll(Ledgers.County, default));
        await Post(host, "b");
        await Post(host, "c");
        await host.In(s => s.GetRequiredService<Sealer>().SealAll(Ledgers.County, default));
        await host.IsSound();
        Assert.Equal(["a", "b", "c"], await host.Db(db => db.JournalEntries.OrderBy(e => e.Id).Select(e => e.CauseKey).ToListAsync()));
    }

    private static Task Post(TestHost host, string key) => host.In(async s =>
    {
        var db = s.GetRequiredService<ShanhuoDb>();
        await using var change = await db.Database.BeginTransactionAsync();
        await Journal.Post(db, new Ids(host.Clock), host.Clock, Ledgers.County, Cause.Inflow, key, SmallCounty.Day, [new Leg("buyer", "", new Fen(5)), new Leg("bank", "", new Fen(-5))], default);
        await db.SaveChangesAsync();
        await change.CommitAsync();
    });
}
