using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Ledger;

/// <summary>An entry with its postings as they are sealed.</summary>
internal readonly record struct FullEntry(JournalEntry Entry, IReadOnlyList<ChainRow> Rows);

/// <summary>A page of a county's ledger in order of entry id.</summary>
/// <param name="Entries">Entries with their postings.</param>
/// <param name="Orphan">The first posting in this stretch that belongs to no entry: its entry id; null: there is none.</param>
internal sealed record LedgerPage(IReadOnlyList<FullEntry> Entries, long? Orphan);

/// <summary>Reads a county's ledger whole, page by page.</summary>
internal sealed class LedgerPages(ShanhuoDb db, AreaCode county)
{
    private const int Size = 2_000;
    private const string Why = "a chain is sealed and checked whole";
    private readonly Dictionary<long, AccountName> accounts = [];

    /// <summary>The entries behind an id; empty at the end.</summary>
    /// <param name="after">Only greater ids.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<LedgerPage> After(long after, CancellationToken cancel)
    {
        var entries = await db.Unfiltered<JournalEntry>(Why).AsNoTracking().Where(e => e.County == county && e.Id > after).OrderBy(e => e.Id).Take(Size).ToListAsync(cancel);
        // The last page also shows postings behind the last entry, which can only be invented.
        var last = entries.Count == Size ? entries[^1].Id : long.MaxValue;
        var postings = await db.Unfiltered<Posting>(Why).Where(p => p.County == county && p.EntryId > after && p.EntryId <= last).OrderBy(p => p.EntryId).ThenBy(p => p.AccountId).ThenBy(p => p.IsSunk)
            .Select(p => new PostingRow(p.EntryId, p.AccountId, p.IsSunk, (long)p.Amount)).ToListAsync(cancel);
        await Know(postings, cancel);
        var (full, at, orphan) = (new List<FullEntry>(entries.Count), 0, default(long?));
        foreach (var entry in entries)
        {
            for (; at < postings.Count && postings[at].EntryId < entry.Id; at++) orphan ??= postings[at].EntryId;
            var rows = new List<ChainRow>(12);
            for (; at < postings.Count && postings[at].EntryId == entry.Id; at++)
                rows.Add(new ChainRow(postings[at].AccountId, accounts.GetValueOrDefault(postings[at].AccountId, new("", "")), postings[at].IsSunk, postings[at].Fen));
            full.Add(new FullEntry(entry, rows));
        }
        if (at < postings.Count) orphan ??= postings[at].EntryId;
        return new LedgerPage(full, orphan);
    }

    private async Task Know(List<PostingRow> postings, CancellationToken cancel)
    {
        var missing = postings.Select(p => p.AccountId).Where(id => !accounts.ContainsKey(id)).Distinct().ToList();
        foreach (var some in missing.Chunk(10_000))
            foreach (var account in await db.Unfiltered<LedgerAccount>(Why).Where(a => a.County == county && EF.Parameter(some).Contains(a.Id)).Select(a => new { a.Id, a.Role, a.Owner }).ToListAsync(cancel))
                accounts[account.Id] = new AccountName(account.Role, account.Owner);
    }
}
