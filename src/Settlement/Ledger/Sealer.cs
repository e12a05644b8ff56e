using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Ledger;

/// <summary>Seals a county's entries into its hash chain, afterwards and in batches: the writers do not wait for it, and two sealers do not meet.</summary>
internal sealed class Sealer(ShanhuoDb db)
{
    private const string Why = "a chain is sealed and checked whole";

    /// <summary>Seals all that is committed.</summary>
    /// <returns>How many entries were sealed.</returns>
    public async Task<long> SealAll(AreaCode county, CancellationToken cancel)
    {
        var (sealing, pages) = (0L, new LedgerPages(db, county));
        while (true)
        {
            await using var change = await db.Database.BeginTransactionAsync(cancel);
            await BulkWriter.Lock(db, BulkWriter.SealLock, county, cancel);
            var last = await db.Unfiltered<Seal>(Why).AsNoTracking().Where(s => s.County == county).OrderByDescending(s => s.Number).FirstOrDefaultAsync(cancel);
            // Ids ascend in the order of commits, so nothing can turn up before the last sealed entry any more.
            var page = await pages.After(last?.EntryId ?? 0, cancel);
            if (page.Entries.Count == 0) return sealing;
            await BulkWriter.Write(db, county, Links(county, last, page.Entries), cancel);
            await change.CommitAsync(cancel);
            sealing += page.Entries.Count;
        }
    }

    private static List<Seal> Links(AreaCode county, Seal? last, IReadOnlyList<FullEntry> entries)
    {
        var (chain, number, hash) = (new Chain(), last?.Number ?? 0, last?.Hash ?? Chain.Beginning);
        var seals = new List<Seal>(entries.Count);
        foreach (var (entry, rows) in entries)
        {
            hash = chain.Link(hash, ++number, entry, rows);
            seals.Add(new Seal { County = county, Number = number, EntryId = entry.Id, Hash = hash });
        }
        return seals;
    }
}
