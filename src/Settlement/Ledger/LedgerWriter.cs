using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Ledger;

/// <summary>
/// The one way into the ledger. Whoever writes holds its county's lock until the commit, and entry ids ascend in the order of commits;
/// so the sealer needs no lock of theirs, and an entry that turns up between sealed ones was invented.
/// </summary>
internal sealed class LedgerWriter(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    private const string Why = "a ledger is written whole, whoever's act caused the entry";
    private readonly AccountBook accounts = new(db, ids);
    private IDbContextTransaction? joined;
    private bool flushing;

    /// <summary>A change of its own, for jobs: takes the county's lock; nothing stays without <see cref="LedgerChange.Commit"/>. Inside a transaction that is open already it is part of that one.</summary>
    public async Task<LedgerChange> Begin(AreaCode county, CancellationToken cancel)
    {
        var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        await BulkWriter.Lock(db, BulkWriter.JournalLock, county, cancel);
        return new LedgerChange(own);
    }

    /// <summary>
    /// Makes what follows part of the caller's change: everything commits or nothing. Saves what the caller has changed so far, so that it can be
    /// queried. Where the caller has opened no transaction, the caller's own SaveChanges commits it; without one nothing stays.
    /// </summary>
    public async Task Join(AreaCode county, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null)
        {
            joined = await db.Database.BeginTransactionAsync(cancel);
            db.SavedChanges += CommitJoined;
        }
        await BulkWriter.Lock(db, BulkWriter.JournalLock, county, cancel);
        await Flush(cancel);
    }

    /// <summary>Saves what has changed in the context without ending the change.</summary>
    public async Task Flush(CancellationToken cancel)
    {
        if (!db.ChangeTracker.HasChanges()) return;
        flushing = true;
        try { await db.SaveChangesAsync(cancel); }
        finally { flushing = false; }
    }

    /// <summary>Writes entries in the caller's change (see <see cref="Join"/>); those whose cause is in the journal already are left out.</summary>
    /// <returns>How many were new.</returns>
    public async Task<int> Post(AreaCode county, IReadOnlyList<Draft> drafts, CancellationToken cancel)
    {
        await Join(county, cancel);
        var fresh = new List<Draft>(drafts.Count);
        foreach (var draft in drafts)
            if (!await db.Unfiltered<JournalEntry>(Why).AnyAsync(e => e.County == county && e.Cause == draft.Cause && e.CauseKey == draft.Key, cancel)) fresh.Add(draft);
        await Write(county, fresh, cancel);
        return fresh.Count;
    }

    /// <summary>Writes entries inside a change that is open and locked. The caller knows that their causes are new; the unique index stands behind.</summary>
    /// <exception cref="InvalidOperationException">An entry does not sum to zero.</exception>
    public async Task Write(AreaCode county, IReadOnlyList<Draft> drafts, CancellationToken cancel)
    {
        if (drafts.Count == 0) return;
        var opened = await accounts.Open(county, drafts, cancel);
        var last = await NextId(db, ids, county, cancel) - 1;
        var now = clock.NowMs;
        var batch = new LedgerBatch(county, drafts.Count) { Opened = opened };
        foreach (var draft in drafts)
        {
            last = Math.Max(last + 1, ids.Next());
            batch.Add(last, now, draft, accounts);
        }
        await BulkWriter.Write(db, batch, cancel);
    }

    /// <summary>An entry id above all that the county has, so that ids ascend in the order of commits; its lock must be held. Another machine's clock may run ahead.</summary>
    public static async Task<long> NextId(ShanhuoDb db, Ids ids, AreaCode county, CancellationToken cancel)
    {
        var last = await db.Unfiltered<JournalEntry>(Why).Where(e => e.County == county).MaxAsync(e => (long?)e.Id, cancel) ?? 0;
        // Entries that wait for the caller's save are not in the table yet.
        foreach (var entry in db.ChangeTracker.Entries<JournalEntry>())
            if (entry.State == EntityState.Added && entry.Entity.County == county) last = Math.Max(last, entry.Entity.Id);
        return Math.Max(last + 1, ids.Next());
    }

    private void CommitJoined(object? sender, SavedChangesEventArgs saved)
    {
        if (flushing || joined is not { } change) return;
        joined = null;
        db.SavedChanges -= CommitJoined;
        // A transaction that the caller has ended itself meanwhile is no longer the current one.
        if (ReferenceEquals(db.Database.CurrentTransaction, change)) change.Commit();
        change.Dispose();
    }
}

/// <summary>A change of the ledger in a transaction of its own, or in the caller's.</summary>
internal sealed class LedgerChange(IDbContextTransaction? own) : IAsyncDisposable
{
    /// <summary>Everything stays. In the caller's transaction: what the caller decides.</summary>
    public async Task Commit(CancellationToken cancel)
    {
        if (own is not null) await own.CommitAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (own is not null) await own.DisposeAsync();
    }
}
