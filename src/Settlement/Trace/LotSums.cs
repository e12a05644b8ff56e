using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Trace;

/// <summary>Gathers what the entries of one change add to the sums of their lots and writes it in the same transaction. Every posting of an entry with a lot goes through here, but for pools that are paid out (<see cref="Ledger.Cause.PoolPaid"/>), which move no money of a sale.</summary>
internal sealed class LotSums(AreaCode county)
{
    private readonly Dictionary<(long Lot, DateOnly Month, long Version, string Role), (long Fen, long Quantity, DateOnly? Release)> sums = [];

    /// <summary>One posting.</summary>
    /// <param name="lotId">The lot of the entry.</param>
    /// <param name="schemeVersionId">The frozen version; 0 where none.</param>
    /// <param name="role">Role of the account.</param>
    /// <param name="amount">The posting: received is positive.</param>
    /// <param name="quantity">Grams or pieces of the line, on its buyer's posting; 0 on all others.</param>
    /// <param name="day">Business day of the entry.</param>
    /// <param name="releaseDay">End of the return window of the entry, if any.</param>
    public void Add(long lotId, long schemeVersionId, string role, Fen amount, long quantity, DateOnly day, DateOnly? releaseDay)
    {
        var key = (lotId, new DateOnly(day.Year, day.Month, 1), schemeVersionId, role);
        var has = sums.GetValueOrDefault(key);
        sums[key] = (checked(has.Fen + amount.Value), checked(has.Quantity + quantity), has.Release is null || releaseDay > has.Release ? releaseDay ?? has.Release : has.Release);
    }

    /// <summary>Adds what was gathered to the table, in the order of its key so that two writers never wait for each other crosswise; then starts anew. Call it inside the transaction of the entries.</summary>
    public async Task Save(ShanhuoDb db, CancellationToken cancel)
    {
        foreach (var ((lot, month, version, role), (fen, quantity, release)) in sums.OrderBy(s => s.Key.Lot).ThenBy(s => s.Key.Month).ThenBy(s => s.Key.Version).ThenBy(s => s.Key.Role, StringComparer.Ordinal))
            await db.Database.ExecuteSqlAsync($"""
                insert into settlement_lot_sums (county, lot_id, month, scheme_version_id, role, amount, quantity, release_until)
                values ({county.Value}, {lot}, {month}, {version}, {role}, {fen}, {quantity}, {release})
                on conflict (county, lot_id, month, scheme_version_id, role) do update set
                  amount = settlement_lot_sums.amount + excluded.amount,
                  quantity = settlement_lot_sums.quantity + excluded.quantity,
                  release_until = case when settlement_lot_sums.release_until > excluded.release_until or excluded.release_until is null then settlement_lot_sums.release_until else excluded.release_until end
                """, cancel);
        sums.Clear();
    }
}
