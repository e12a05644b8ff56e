using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Payouts;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Processes;

namespace Shanhuo.Tests.Settlement.Payouts;

public sealed class KilledPayoutTests
{
    [Theory, EachDatabase]
    public async Task A_pay_out_that_is_killed_goes_on_and_nothing_is_lost_doubled_or_unbalanced(DatabaseKind kind)
    {
        await using var host = await PayoutCounty.Start(kind);
        var before = await host.Db(db => db.LedgerAccounts.Where(a => a.Role == "household").SumAsync(a => (long)a.Balance));
        await KilledChild.Kill(host, PayoutWork.Name, PayoutWork.Making, kind == DatabaseKind.Sqlite ? 3 : 4, () => LeftBehind.Look(host, db => Check(db, before)));
        // The last round was ended: each has one file, one allowance and its two payments.
        var rounds = await host.Db(db => db.JournalEntries.CountAsync(e => e.CauseKey.StartsWith("round-")));
        Assert.True(rounds > 0);
        Assert.Equal((rounds, rounds * 2, rounds, rounds * 2), await host.Db(async db => (await db.PayoutFiles.CountAsync(), await db.PayoutLines.CountAsync(), await db.CashAllowances.CountAsync(), await db.CashPayments.CountAsync())));
        Assert.Equal(rounds * (PayoutWork.CashToLi + PayoutWork.CashToZhang), await host.Db(db => db.CashPayments.SumAsync(p => (long)p.Amount)));
        Assert.Equal(0, await host.Db(db => db.PayoutLines.CountAsync(l => l.State == LineState.Open)));
        // Ma got all by the bank.
        Assert.Equal((0, 30_000 + rounds * PayoutWork.Credits[0]), (await PayoutCounty.Owed(host, SmallCounty.Ma), await host.Db(db => db.PayoutLines.Where(l => l.State == LineState.Paid).SumAsync(l => (long)l.Amount))));
    }

    private static async Task Check(ShanhuoDb db, long before)
    {
        var files = await db.PayoutFiles.AsNoTracking().OrderBy(f => f.Number).ToListAsync();
        var lines = await db.PayoutLines.AsNoTracking().ToListAsync();
        var cash = await db.CashPayments.AsNoTracking().ToListAsync();
        var allowances = await db.CashAllowances.AsNoTracking().ToListAsync();
        Assert.Equal(Enumerable.Range(1, files.Count), files.Select(f => f.Number));
        Assert.Equal(files.Count, files.DistinctBy(f => f.RequestId).Count());
        Assert.All(files, f => Assert.Equal((f.Lines, f.Total.Value), (lines.Count(l => l.FileId == f.Id), lines.Where(l => l.FileId == f.Id).Sum(l => l.Amount.Value))));
        // What lies in clearing is what the bank has not answered yet.
        foreach (var file in files) Assert.Equal(lines.Where(l => l.FileId == file.Id && l.State == LineState.Open).Sum(l => l.Amount.Value), await LeftBehind.Balance(db, MakePayoutFileHandler.Clearing, file.Code));
        Assert.Equal(cash.Count, cash.DistinctBy(p => p.RequestId).Count());
        Assert.All(allowances, a => Assert.Equal(a.Spent.Value, cash.Where(p => p.AllowanceId == a.Id).Sum(p => p.Amount.Value)));
        // The box holds what was brought there, less what was paid and what went back.
        Assert.Equal(-allowances.Where(a => a.State == AllowanceState.Released).Sum(a => a.Left.Value), await LeftBehind.Balance(db, "cash", "V-01"));
        // What households were credited is what they have: owed, on the way, paid by the bank or in cash.
        var credited = before + PayoutWork.Credits.Sum() * await db.JournalEntries.CountAsync(e => e.CauseKey.StartsWith("round-"));
        var balances = await db.LedgerAccounts.Where(a => a.Role == "household").Select(a => (long)a.Balance).ToListAsync();
        Assert.All(balances, b => Assert.True(b >= 0));
        Assert.Equal(credited, balances.Sum() + lines.Where(l => l.State != LineState.Returned).Sum(l => l.Amount.Value) + cash.Sum(p => p.Amount.Value));
    }
}
