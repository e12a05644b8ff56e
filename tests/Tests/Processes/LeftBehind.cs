using System.Data;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Processes;

/// <summary>Looks at a ledger that a killed process has left.</summary>
internal static class LeftBehind
{
    /// <summary>One look at one moment: what a killed process had on its way to the server may still be committed between two queries.</summary>
    public static Task Look(TestHost host, Func<ShanhuoDb, Task> look) => host.Db(async db =>
    {
        await using var moment = await db.Database.BeginTransactionAsync(db.IsSqlite ? IsolationLevel.Serializable : IsolationLevel.RepeatableRead);
        Assert.Empty(await db.Postings.GroupBy(p => p.EntryId).Where(g => g.Sum(p => (long)p.Amount) != 0).Select(g => g.Key).ToListAsync());
        var postings = db.Postings;
        Assert.Empty(await db.JournalEntries.Where(e => !postings.Any(p => p.EntryId == e.Id)).Select(e => e.CauseKey).ToListAsync());
        var sums = await db.Postings.GroupBy(p => p.AccountId).Select(g => new { g.Key, Sum = g.Sum(p => (long)p.Amount) }).ToDictionaryAsync(g => g.Key, g => g.Sum);
        foreach (var account in await db.LedgerAccounts.AsNoTracking().ToListAsync()) Assert.Equal(sums.GetValueOrDefault(account.Id), account.Balance.Value);
        await look(db);
    });

    public static async Task<long> Balance(ShanhuoDb db, string role, string owner) => await db.LedgerAccounts.Where(a => a.Role == role && a.Owner == owner).SumAsync(a => (long)a.Balance);
}
