using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Ledger;

/// <summary>One row of an entry to be posted.</summary>
/// <param name="Role">Role of the account.</param>
/// <param name="Owner">Public code of its owner, or empty.</param>
/// <param name="Amount">What the account receives; negative: what it gives.</param>
/// <param name="IsSunk">Received through a sunk step.</param>
internal readonly record struct Leg(string Role, string Owner, Fen Amount, bool IsSunk = false);

/// <summary>Posts journal entries: makes accounts that are missing, checks that the entry sums to zero, and moves the balances, all in the caller's transaction.</summary>
internal static class Journal
{
    // SQL statements stay well under the limits of both databases.
    private const int Chunk = 400;

    /// <summary>Adds an entry to this change. Balances move at once inside the open transaction; entry and postings are saved by the caller's one save.</summary>
    /// <param name="db">With an open transaction.</param>
    /// <param name="ids">Makes the ids.</param>
    /// <param name="clock">Says when it was recorded.</param>
    /// <param name="county">Whose ledger.</param>
    /// <param name="cause">Why.</param>
    /// <param name="causeKey">What caused it; the database refuses a second entry of the same cause and key.</param>
    /// <param name="day">Business day.</param>
    /// <param name="legs">Together zero; legs of one account are added up, legs of zero left out.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="lotId">The lot, where there is one.</param>
    /// <returns>The entry; null when all legs are zero, for then nothing is posted.</returns>
    /// <exception cref="InvalidOperationException">No transaction is open, or the legs do not sum to zero: a fault of ours.</exception>
    public static async Task<JournalEntry?> Post(ShanhuoDb db, Ids ids, TimeProvider clock, AreaCode county, Cause cause, string causeKey, DateOnly day, IEnumerable<Leg> legs, CancellationToken cancel, long? lotId = null)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("Entries are posted inside a transaction.");
        var parts = legs.GroupBy(l => (l.Role, l.Owner, l.IsSunk)).Select(g => g.First() with { Amount = new Fen(g.Sum(l => l.Amount.Value)) }).Where(l => l.Amount != Fen.Zero).ToList();
        if (parts.Sum(l => l.Amount.Value) != 0) throw new InvalidOperationException($"Entry {cause} {causeKey} does not sum to zero.");
        if (parts.Count == 0) return null;
        await BulkWriter.Lock(db, BulkWriter.JournalLock, county, cancel);
        var accounts = await Accounts(db, ids, county, parts.Select(l => (l.Role, l.Owner)), cancel);
        await Move(db, county, parts.GroupBy(l => accounts[(l.Role, l.Owner)]).Select(g => (g.Key, g.Sum(l => l.Amount.Value))), cancel);
        var entry = new JournalEntry { County = county, Id = await LedgerWriter.NextId(db, ids, county, cancel), Cause = cause, CauseKey = causeKey, Day = day, RecordedMs = clock.NowMs, LotId = lotId };
        db.JournalEntries.Add(entry);
        db.Postings.AddRange(parts.Select(l => new Posting { County = county, EntryId = entry.Id, AccountId = accounts[(l.Role, l.Owner)], IsSunk = l.IsSunk, Amount = l.Amount }));
        return entry;
    }

    /// <summary>The ids of accounts by role and owner; those that are missing are made.</summary>
    public static async Task<Dictionary<(string Role, string Owner), long>> Accounts(ShanhuoDb db, Ids ids, AreaCode county, IEnumerable<(string Role, string Owner)> names, CancellationToken cancel)
    {
        var found = new Dictionary<(string, string), long>();
        foreach (var role in names.Distinct().GroupBy(n => n.Role))
            foreach (var chunk in role.Select(n => n.Owner).Chunk(Chunk))
            {
                await Read(role.Key, chunk);
                var missing = chunk.Where(owner => !found.ContainsKey((role.Key, owner))).ToList();
                if (missing.Count == 0) continue;
                // Another change may make the same account at this moment: then its row stands, and is read.
                foreach (var owner in missing)
                    await db.Database.ExecuteSqlAsync($"insert into settlement_accounts (county, id, role, owner, balance) values ({county.Value}, {ids.Next()}, {role.Key}, {owner}, 0) on conflict do nothing", cancel);
                await Read(role.Key, missing);
            }
        return found;

        async Task Read(string role, IReadOnlyCollection<string> owners)
        {
            foreach (var a in await db.Unfiltered<LedgerAccount>("an entry posts to whatever accounts its rule names").Where(a => a.County == county && a.Role == role && owners.Contains(a.Owner)).Select(a => new { a.Id, a.Owner }).ToListAsync(cancel))
                found[(role, a.Owner)] = a.Id;
        }
    }

    /// <summary>Does an account of these stand below zero inside this transaction? Asked after posting by whatever may not overdraw, and then rolled back.</summary>
    public static async Task<bool> AnyBelowZero(ShanhuoDb db, AreaCode county, string role, IEnumerable<string> owners, CancellationToken cancel)
    {
        foreach (var chunk in owners.Distinct().Chunk(Chunk))
            if (await db.LedgerAccounts.AnyAsync(a => a.County == county && a.Role == role && chunk.Contains(a.Owner) && (long)a.Balance < 0, cancel)) return true;
        return false;
    }

    private static async Task Move(ShanhuoDb db, AreaCode county, IEnumerable<(long Account, long Amount)> moves, CancellationToken cancel)
    {
        // In order of id, so that two changes that share accounts wait for one another and never in a ring.
        foreach (var chunk in moves.OrderBy(m => m.Account).Chunk(Chunk))
        {
            var (rows, list) = (new StringBuilder(), new StringBuilder());
            foreach (var (account, amount) in chunk)
            {
                rows.Append(rows.Length == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"({account}, {amount})");
                list.Append(list.Length == 0 ? "" : ", ").Append(CultureInfo.InvariantCulture, $"{account}");
            }
            var where = string.Create(CultureInfo.InvariantCulture, $"county = {county.Value} and id in ({list})");
#pragma warning disable EF1002 // Whole numbers of ours only; as parameters they would be two for every account.
            if (!db.IsSqlite) await db.Database.ExecuteSqlRawAsync($"select id from settlement_accounts where {where} order by id for update", cancel);
            await db.Database.ExecuteSqlRawAsync($"with moved (id, amount) as (values {rows}) update settlement_accounts set balance = balance + (select amount from moved where moved.id = settlement_accounts.id) where {where}", cancel);
#pragma warning restore EF1002
        }
    }
}
