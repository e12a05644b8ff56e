using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Pools;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement.Ledger;

/// <summary>What tests of the ledger ask of it.</summary>
internal static class Ledgers
{
    public static readonly AreaCode County = SmallCounty.County;

    public static Task<SettleReport> Settle(this TestHost host) => host.In(s => s.GetRequiredService<SettleLines>().Settle(County, host.Clock.Today, null, default));

    public static Task<long> PayPools(this TestHost host) => host.In(s => s.GetRequiredService<PayPools>().Pay(County, null, default));

    public static Task<VerifyReport> Verify(this TestHost host, LedgerHead? printed = null) => host.In(s => s.GetRequiredService<LedgerAudit>().Verify(County, printed, null, default));

    /// <summary>The chain holds, every entry sums to zero, balances and figures are what the postings sum to.</summary>
    public static async Task IsSound(this TestHost host)
    {
        var report = await host.Verify();
        Assert.True(report.First is null, $"{report.First}");
        Assert.Equal(0, (await host.Balances()).Values.Sum());
    }

    /// <summary>Balances by account name, none of zero.</summary>
    public static Task<Dictionary<string, long>> Balances(this TestHost host) => host.Db(db => db.LedgerAccounts.Where(a => a.Balance != Fen.Zero).ToDictionaryAsync(a => a.Name, a => a.Balance.Value));

    /// <summary>The rows of one entry by account name.</summary>
    public static Task<Dictionary<string, long>> Entry(this TestHost host, Cause cause, string key) => host.Db(async db => (await (
        from e in db.JournalEntries
        join p in db.Postings on new { e.County, EntryId = e.Id } equals new { p.County, p.EntryId }
        join a in db.LedgerAccounts on new { p.County, Id = p.AccountId } equals new { a.County, a.Id }
        where e.Cause == cause && e.CauseKey == key
        select new { a.Role, a.Owner, p.Amount }).ToListAsync()).GroupBy(r => r.Owner.Length == 0 ? r.Role : $"{r.Role}/{r.Owner}").ToDictionary(g => g.Key, g => g.Sum(r => r.Amount.Value)));
}
