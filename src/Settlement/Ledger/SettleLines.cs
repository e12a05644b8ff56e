using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Settlement.Refunds;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Ledger;

/// <summary>Settles the due lines of a county and their refunds, each once: by event, after an import, every hour and from the command line.</summary>
internal sealed class SettleLines(ShanhuoDb db, LedgerWriter ledger, SchemeBook schemes, SettleRefunds refunds, TimeProvider clock) : IHandle<LinesDue>
{
    /// <summary>Lines in one transaction: enough that its cost is shared, few enough that others soon get their turn.</summary>
    public const int Batch = 10_000;
    private readonly LotBook lots = new(db);

    /// <summary>Settles all that is due, batch by batch, each in a transaction of its own; what was committed stays when it is stopped.</summary>
    /// <param name="county">County.</param>
    /// <param name="until">Last due day taken.</param>
    /// <param name="progress">Told the lines settled so far.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<SettleReport> Settle(AreaCode county, DateOnly until, IProgress<long>? progress, CancellationToken cancel)
    {
        var stuck = new List<Refusal>();
        var (settled, from) = (0L, default(LineFact));
        while (true)
        {
            await using var change = await ledger.Begin(county, cancel);
            // What is stuck stays unsettled, so each batch begins behind the one before.
            var due = from is null ? db.UnsettledLines(county, until)
                : db.UnsettledLines(county, until).Where(l => l.DueDay > from.DueDay || (l.DueDay == from.DueDay && (l.OrderId > from.OrderId || (l.OrderId == from.OrderId && l.Number > from.Number))));
            var page = await due.Take(Batch).ToListAsync(cancel);
            if (page.Count == 0) break;
            settled += await Write(county, page, stuck, cancel);
            await change.Commit(cancel);
            from = page[^1];
            progress?.Report(settled);
        }
        // PostgreSQL finds out after a while how full its tables have become; until then it would join a big ledger as if it were empty.
        if (settled >= Batch && !db.IsSqlite) await db.Database.ExecuteSqlRawAsync("analyze settlement_entries, settlement_postings, settlement_accounts", cancel);
        return new SettleReport(settled, await refunds.Settle(county, stuck, cancel), stuck);
    }

    /// <summary>Settles what is due of some orders inside the change that made it due.</summary>
    async Task<Refusal?> IHandle<LinesDue>.Handle(LinesDue news, CancellationToken cancel)
    {
        await ledger.Join(news.County, cancel);
        foreach (var orders in news.OrderIds.Chunk(Batch))
        {
            var page = await db.UnsettledLines(news.County, clock.Today).Where(l => orders.Contains(l.OrderId)).ToListAsync(cancel);
            // What is stuck stays in the list of what waits; it does not hold up the buyer's receipt.
            if (page.Count > 0) await Write(news.County, page, [], cancel);
        }
        return null;
    }

    private async Task<int> Write(AreaCode county, List<LineFact> page, List<Refusal> stuck, CancellationToken cancel)
    {
        await lots.Know(county, page.Select(l => l.LotId), cancel);
        var lines = new List<(LineFact Line, Scheme Scheme)>(page.Count);
        foreach (var line in page) lines.Add((line, await schemes.Of(db, line.SchemeVersionId, cancel)));
        var allowances = await AllowanceBook.Read(db, county, cancel);
        var shares = await OrderShares.Of(db, lots, lines, cancel);
        var split = new SplitLines(lots, shares, allowances);
        var (drafts, settled) = (new List<Draft>(page.Count), new List<LineFact>(page.Count));
        foreach (var (line, scheme) in lines)
        {
            if (shares.Waits(line.OrderId)) continue;
            if (split.Split(line, scheme).Ok(out var draft, out var no))
            {
                drafts.Add(draft);
                settled.Add(line);
            }
            else stuck.Add(no);
        }
        if (settled.Count == 0) return 0;
        await ledger.Write(county, drafts, cancel);
        await allowances.Save(ledger, cancel);
        await db.MarkLinesSettled(county, settled, cancel);
        return settled.Count;
    }
}
