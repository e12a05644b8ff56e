using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Contracts;

namespace Shanhuo.Settlement.Ledger;

/// <summary>Walks along the entries and the links of the chain side by side, and stops at the first that do not fit.</summary>
internal sealed class ChainCheck(ShanhuoDb db, AreaCode county, LedgerHead? printed)
{
    private const string Why = "a chain is sealed and checked whole";
    private const int Size = 5_000;
    private readonly Chain chain = new();
    private readonly Queue<Seal> seals = [];
    private readonly Dictionary<long, long> balances = [];
    private byte[] hash = Chain.Beginning;
    private long number, fetched;

    public LedgerHead Head => Chain.Head(number, hash);
    public long Entries { get; private set; }
    public long Unsealed { get; private set; }

    public async Task<LedgerFault?> Run(IProgress<long>? progress, CancellationToken cancel)
    {
        var (pages, after) = (new LedgerPages(db, county), 0L);
        while (true)
        {
            var page = await pages.After(after, cancel);
            foreach (var (entry, rows) in page.Entries)
            {
                // A posting without an entry is named at its place in the order.
                if (page.Orphan < entry.Id) return Orphan(page.Orphan.Value);
                if (await Next(cancel) is not { } seal) Unsealed++;
                else if (await Compare(seal, entry, rows, cancel) is { } fault) return fault;
                if (rows.Sum(r => r.Fen) is not 0 and var sum) return Fault(FaultKind.Unbalanced, "settlement.ledger-unbalanced", null, entry, new Fen(sum));
                foreach (var row in rows) balances[row.AccountId] = balances.GetValueOrDefault(row.AccountId) + row.Fen;
                Entries++;
            }
            progress?.Report(Entries);
            if (page.Orphan is { } orphan) return Orphan(orphan);
            if (page.Entries.Count == 0) break;
            after = page.Entries[^1].Entry.Id;
        }
        if (await Next(cancel) is { } left) return Missing(left);
        if (printed is not null && printed.Number > number) return Cut();
        return null;
    }

    /// <summary>The first account whose balance is not the sum of its postings. Only after a run without fault.</summary>
    public async Task<LedgerFault?> Balances(CancellationToken cancel)
    {
        await foreach (var account in db.Unfiltered<LedgerAccount>(Why).AsNoTracking().Where(a => a.County == county).OrderBy(a => a.Id).AsAsyncEnumerable().WithCancellation(cancel))
        {
            balances.Remove(account.Id, out var sum);
            if (account.Balance.Value != sum) return new LedgerFault(FaultKind.Balance, null, null, new Refusal("settlement.ledger-balance", Place.None, account.Name, account.Balance, new Fen(sum)));
        }
        return balances.Count == 0 ? null : new LedgerFault(FaultKind.Balance, null, null, new Refusal("settlement.ledger-no-account", Place.None, LineKey.Of(balances.Keys.Min())));
    }

    private async Task<LedgerFault?> Compare(Seal seal, JournalEntry entry, IReadOnlyList<ChainRow> rows, CancellationToken cancel)
    {
        if (seal.Number != number + 1) return new LedgerFault(FaultKind.Missing, number + 1, null, new Refusal("settlement.ledger-link-missing", Place.None, number + 1));
        if (seal.EntryId != entry.Id)
        {
            var elsewhere = await db.Unfiltered<Seal>(Why).AnyAsync(s => s.County == county && s.EntryId == entry.Id, cancel);
            if (elsewhere && await db.Unfiltered<JournalEntry>(Why).AnyAsync(e => e.County == county && e.Id == seal.EntryId, cancel)) return Fault(FaultKind.Swapped, "settlement.ledger-swapped", seal.Number, entry);
            return elsewhere || seal.EntryId < entry.Id ? Missing(seal) : Fault(FaultKind.Invented, "settlement.ledger-invented", null, entry);
        }
        var link = chain.Link(hash, seal.Number, entry, rows);
        if (!link.AsSpan().SequenceEqual(seal.Hash)) return Fault(FaultKind.Changed, "settlement.ledger-changed", seal.Number, entry);
        if (printed is not null && printed.Number == seal.Number && printed.Hash != Chain.Head(seal.Number, link).Hash) return Cut();
        (number, hash) = (seal.Number, link);
        return null;
    }

    private async Task<Seal?> Next(CancellationToken cancel)
    {
        if (seals.Count == 0)
        {
            foreach (var seal in await db.Unfiltered<Seal>(Why).AsNoTracking().Where(s => s.County == county && s.Number > fetched).OrderBy(s => s.Number).Take(Size).ToListAsync(cancel)) seals.Enqueue(seal);
            if (seals.Count == 0) return null;
            fetched = seals.Last().Number;
        }
        return seals.Dequeue();
    }

    private LedgerFault Cut() => new(FaultKind.Cut, printed!.Number, null, new Refusal("settlement.ledger-cut", Place.None, printed.Number, number));

    private static LedgerFault Missing(Seal seal) => new(FaultKind.Missing, seal.Number, seal.EntryId, new Refusal("settlement.ledger-missing", Place.None, seal.Number, LineKey.Of(seal.EntryId)));

    private static LedgerFault Orphan(long entryId) => new(FaultKind.Invented, null, entryId, new Refusal("settlement.ledger-orphan", Place.None, LineKey.Of(entryId)));

    private static LedgerFault Fault(FaultKind kind, string code, long? number, JournalEntry entry, params object[] more) =>
        new(kind, number, entry.Id, new Refusal(code, Place.None, [number ?? 0, LineKey.Of(entry.Id), entry.Cause.ToString(), entry.CauseKey, .. more]));
}
