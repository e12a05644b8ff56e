using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Trace;

namespace Shanhuo.Settlement.Ledger;

/// <summary>Makes everything that is derived from entries anew: balances, overview, sums of lots, weekly prices. The entries themselves are never touched.</summary>
internal sealed class RebuildLedger(ShanhuoDb db, LedgerWriter ledger)
{
    private const string Why = "balances and figures are sums of the whole ledger";

    public async Task Rebuild(AreaCode county, CancellationToken cancel)
    {
        await using var change = await ledger.Begin(county, cancel);
        await db.Unfiltered<LedgerAccount>(Why).Where(a => a.County == county).ExecuteUpdateAsync(set => set.SetProperty(a => a.Balance, Fen.Zero), cancel);
        await db.Unfiltered<MonthSum>(Why).Where(m => m.County == county).ExecuteDeleteAsync(cancel);
        await db.Unfiltered<LotSum>(Why).Where(s => s.County == county).ExecuteDeleteAsync(cancel);
        var sums = await db.Unfiltered<Posting>(Why).Where(p => p.County == county).GroupBy(p => p.AccountId).Select(g => new { g.Key, Fen = g.Sum(p => (long)p.Amount) }).ToListAsync(cancel);
        var batch = new LedgerBatch(county, 0) { Opened = [] };
        foreach (var sum in sums) batch.Add(sum.Key, sum.Fen);
        var (months, lots) = await OverviewSums.Reckon(db, county, cancel);
        batch.Add(months, lots);
        await BulkWriter.Write(db, batch, cancel);
        await db.RecountPrices(county, cancel);
        await change.Commit(cancel);
    }
}
