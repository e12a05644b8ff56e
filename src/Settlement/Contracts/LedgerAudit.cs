using System.Data;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Contracts;

/// <summary>Checks a county's ledger against its hash chain, and everything that is derived from it against its entries.</summary>
public sealed class LedgerAudit
{
    private readonly ShanhuoDb db;
    private readonly RebuildLedger rebuild;

    internal LedgerAudit(ShanhuoDb db, RebuildLedger rebuild) => (this.db, this.rebuild) = (db, rebuild);

    private const string Why = "a chain is sealed and checked whole";

    /// <summary>Number and hash of the last sealed entry.</summary>
    public async Task<LedgerHead> Head(AreaCode county, CancellationToken cancel)
    {
        var last = await db.Unfiltered<Seal>(Why).AsNoTracking().Where(s => s.County == county).OrderByDescending(s => s.Number).FirstOrDefaultAsync(cancel);
        return last is null ? Chain.Head(0, Chain.Beginning) : Chain.Head(last.Number, last.Hash);
    }

    /// <summary>Makes balances and the figures of the overview anew from the entries, which are never touched.</summary>
    public Task Rebuild(AreaCode county, CancellationToken cancel)
    {
        TakeTime();
        return rebuild.Rebuild(county, cancel);
    }

    /// <summary>Reads the whole ledger as it stands now and names the first fault.</summary>
    /// <param name="county">County.</param>
    /// <param name="printed">A head from a pay-out file, statement or backup; null: none is at hand.</param>
    /// <param name="progress">Told the entries looked at so far.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<VerifyReport> Verify(AreaCode county, LedgerHead? printed, IProgress<long>? progress, CancellationToken cancel)
    {
        // One view of the database, whatever is settled meanwhile; on SQLite a reader that does not keep writers out.
        TakeTime();
        await using var view = await db.Database.BeginTransactionAsync(db.IsSqlite ? IsolationLevel.ReadUncommitted : IsolationLevel.RepeatableRead, cancel);
        var check = new ChainCheck(db, county, printed);
        var fault = await check.Run(progress, cancel) ?? await check.Balances(cancel) ?? await OverviewSums.FirstFault(db, county, cancel);
        return new VerifyReport(check.Head, check.Entries, check.Unsealed, fault);
    }

    // A query over a whole ledger takes as long as it takes; it is stopped by whoever asked for it.
    private void TakeTime() => db.Database.SetCommandTimeout(0);
}
