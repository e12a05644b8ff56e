using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Pools;

/// <summary>What the journal says of some lots' pools: received and released, advanced, set off, paid.</summary>
internal sealed class PoolState
{
    private const string Why = "a pool is the sum of its whole journal";
    private readonly Dictionary<(long Lot, string Pool), long> released = [];
    private readonly Dictionary<(long Lot, Cause Cause, AccountName To), long> paid = [];
    private readonly Dictionary<long, int> runs = [];

    /// <summary>What the pool has received, net of refunds, from entries whose return window is over; fen.</summary>
    public long Released(long lot, string pool) => released.GetValueOrDefault((lot, pool));

    /// <summary>What an owner was paid out of the lot before; fen.</summary>
    public long Paid(long lot, string role, string owner) => paid.GetValueOrDefault((lot, Cause.PoolPaid, new(role, owner)));

    /// <summary>What a household was advanced on the lot; fen.</summary>
    public long Advanced(long lot, string household) => paid.GetValueOrDefault((lot, Cause.Advance, new("household", household)));

    /// <summary>What was set off against the advances on the lot; fen.</summary>
    public long SetOff(long lot) => paid.GetValueOrDefault((lot, Cause.PoolPaid, new("advances", "")));

    /// <summary>How many entries have paid the lot today.</summary>
    public int RunsToday(long lot) => runs.GetValueOrDefault(lot);

    /// <summary>Reads it; the county's lock must be held.</summary>
    public static async Task<PoolState> Read(ShanhuoDb db, AreaCode county, IReadOnlyCollection<LotFact> lots, DateOnly today, CancellationToken cancel)
    {
        var state = new PoolState();
        var (ids, codes) = (lots.ToDictionary(l => l.Code, l => l.Id), lots.Select(l => l.Code).ToList());
        var rows = from account in db.Unfiltered<LedgerAccount>(Why)
                   join posting in db.Unfiltered<Posting>(Why) on new { account.County, AccountId = account.Id } equals new { posting.County, posting.AccountId }
                   join entry in db.Unfiltered<JournalEntry>(Why) on new { posting.County, Id = posting.EntryId } equals new { entry.County, entry.Id }
                   where account.County == county
                   select new { account, posting, entry };
        var received = await rows.Where(r => (r.account.Role == "growers" || r.account.Role == "village-fund") && codes.Contains(r.account.Owner) && r.entry.Cause != Cause.PoolPaid && (r.entry.ReleaseDay == null || r.entry.ReleaseDay < today))
            .GroupBy(r => new { r.account.Role, r.account.Owner }).Select(g => new { g.Key.Role, g.Key.Owner, Fen = g.Sum(r => (long)r.posting.Amount) }).ToListAsync(cancel);
        foreach (var row in received) state.released[(ids[row.Owner], row.Role)] = row.Fen;
        var lotIds = ids.Values.ToList();
        var given = await (from entry in db.Unfiltered<JournalEntry>(Why)
                           join posting in db.Unfiltered<Posting>(Why) on new { entry.County, EntryId = entry.Id } equals new { posting.County, posting.EntryId }
                           join account in db.Unfiltered<LedgerAccount>(Why) on new { posting.County, Id = posting.AccountId } equals new { account.County, account.Id }
                           where entry.County == county && entry.LotId != null && lotIds.Contains(entry.LotId.Value) && (entry.Cause == Cause.PoolPaid || entry.Cause == Cause.Advance)
                           group posting by new { LotId = entry.LotId!.Value, entry.Cause, account.Role, account.Owner } into g
                           select new { g.Key.LotId, g.Key.Cause, g.Key.Role, g.Key.Owner, Fen = g.Sum(p => (long)p.Amount) }).ToListAsync(cancel);
        foreach (var row in given) state.paid[(row.LotId, row.Cause, new(row.Role, row.Role == "advances" ? "" : row.Owner))] = row.Fen;
        var entries = await db.Unfiltered<JournalEntry>(Why).Where(e => e.County == county && e.Day == today && e.Cause == Cause.PoolPaid && e.LotId != null && lotIds.Contains(e.LotId.Value))
            .GroupBy(e => e.LotId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        foreach (var run in entries) state.runs[run.Key] = run.Count;
        return state;
    }
}
