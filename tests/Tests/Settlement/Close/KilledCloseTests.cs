using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Close;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Processes;
using Shanhuo.Voice;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Tests.Settlement.Close;

public sealed class KilledCloseTests
{
    [Theory, EachDatabase]
    public async Task A_close_that_is_killed_goes_on_and_nothing_is_lost_doubled_or_unbalanced(DatabaseKind kind)
    {
        await using var host = await CloseCounty.Year(kind);
        var before = await Households(host);
        await KilledChild.Kill(host, CloseWork.Name, CloseWork.Posting, kind == DatabaseKind.Sqlite ? 1 : 2, () => LeftBehind.Look(host, db => Check(db, before)));
        Assert.Equal(0, await host.Db(db => db.Closes.CountAsync(c => c.State == CloseState.Proposed)));
        Assert.True(await host.Db(db => db.Closes.AnyAsync(c => c.State == CloseState.Confirmed)));
    }

    private static async Task Check(ShanhuoDb db, long before)
    {
        var closes = await db.Closes.AsNoTracking().OrderBy(c => c.From).ToListAsync();
        var posted = closes.Where(c => c.State == CloseState.Confirmed).ToList();
        // One day after the other, each posted once; each vote has what follows from it, or neither.
        Assert.Equal(Enumerable.Range(0, posted.Count).Select(n => CloseWork.First.AddDays(n)), posted.Select(c => c.From));
        Assert.True(closes.Count(c => c.State == CloseState.Proposed) <= 1);
        Assert.Equal(closes.Select(c => c.BallotId).Order(), await db.Ballots.OrderBy(b => b.Id).Select(b => b.Id).ToListAsync());
        Assert.Equal(posted.Select(c => c.BallotId).Order(), await db.Ballots.Where(b => b.Result == BallotResult.Carried).OrderBy(b => b.Id).Select(b => b.Id).ToListAsync());
        Assert.Equal(closes.Count(c => c.State == CloseState.VotedDown), await db.Ballots.CountAsync(b => b.Result == BallotResult.NoMajority));
        Assert.Equal(posted.Count, await db.JournalEntries.CountAsync(e => e.Cause == Cause.Close));
        // To the fen: what stands on the accounts is what the plans say.
        var shares = await db.CloseShares.AsNoTracking().ToListAsync();
        Assert.All(closes, c => Assert.Equal(c.FiguresHash, CloseHash.Of("C-01", c, shares.Where(s => s.CloseId == c.Id))));
        var paid = shares.Where(s => posted.Exists(c => c.Id == s.CloseId)).ToList();
        Assert.Equal((posted.Sum(c => c.Reserve.Value), posted.Sum(c => c.Welfare.Value)), (await LeftBehind.Balance(db, "reserve", "C-01"), await LeftBehind.Balance(db, "welfare", "C-01")));
        var pools = await db.JournalEntries.CountAsync(e => e.Cause == Cause.PoolPaid && e.Day >= CloseWork.First);
        Assert.Equal(before + pools * 4_000 + paid.Sum(s => s.Paid.Value), await db.LedgerAccounts.Where(a => a.Role == "household").SumAsync(a => (long)a.Balance));
        Assert.Equal(paid.Sum(s => s.ReserveCredit.Value), await db.MemberAccountEntries.Where(e => e.Kind == StakeKind.Reserve).SumAsync(e => (long)e.Amount));
        Assert.Equal(paid.Count(s => s.ReserveCredit != Fen.Zero), await db.MemberAccountEntries.CountAsync(e => e.Kind == StakeKind.Reserve));
        // Days of the cash book that are there once, though their booking was sent again.
        var booked = await db.CashEntries.Where(e => e.Day >= CloseWork.First).GroupBy(e => e.Day).Select(g => g.Count()).ToListAsync();
        Assert.All(booked, n => Assert.Equal(1, n));
    }

    private static Task<long> Households(TestHost host) => host.Db(db => db.LedgerAccounts.Where(a => a.Role == "household").SumAsync(a => (long)a.Balance));
}
