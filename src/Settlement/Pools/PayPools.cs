using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Pools;

/// <summary>Credits what pools may pay to households and villages. What was paid is what the journal says, so a run that is repeated pays nothing twice.</summary>
internal sealed class PayPools(ShanhuoDb db, LedgerWriter ledger, TimeProvider clock)
{
    private const int Batch = 50;
    private const string Why = "a pool pays all its growers, whoever's act releases it";

    /// <summary>Pays every pool of a county that holds released money: entries whose return window ended before today.</summary>
    /// <param name="county">County.</param>
    /// <param name="progress">Told the lots looked at so far.</param>
    /// <param name="cancel">Stops it; what was committed stays.</param>
    /// <returns>How many entries were written.</returns>
    public async Task<long> Pay(AreaCode county, IProgress<long>? progress, CancellationToken cancel)
    {
        var codes = await Filled(county).Select(a => a.Owner).Distinct().OrderBy(code => code).ToListAsync(cancel);
        var (written, seen) = (0L, 0L);
        foreach (var some in codes.Chunk(Batch))
        {
            await using var change = await ledger.Begin(county, cancel);
            written += await Write(await db.LotFacts.Where(l => l.County == county && some.Contains(l.Code)).ToListAsync(cancel), cancel);
            await change.Commit(cancel);
            progress?.Report(seen += some.Length);
        }
        return written;
    }

    /// <summary>Pays the pools of one lot inside the caller's change, which holds the county's lock.</summary>
    public async Task PayLot(AreaCode county, long lotId, CancellationToken cancel) =>
        await Write(await db.LotFacts.Where(l => l.County == county && l.Id == lotId).ToListAsync(cancel), cancel);

    private IQueryable<LedgerAccount> Filled(AreaCode county) => db.Unfiltered<LedgerAccount>(Why).Where(a => a.County == county && (a.Role == "growers" || a.Role == "village-fund") && a.Balance > Fen.Zero);

    private async Task<int> Write(List<LotFact> lots, CancellationToken cancel)
    {
        if (lots.Count == 0) return 0;
        var (county, today) = (lots[0].County, clock.Today);
        var state = await PoolState.Read(db, county, lots, today, cancel);
        var ids = lots.Select(l => l.Id).ToList();
        var growers = (await db.GrowerFacts.Where(g => g.County == county && ids.Contains(g.LotId)).Join(db.HouseholdCodes, g => g.HouseholdId, h => h.Id, (g, h) => new { g.LotId, h.Code, g.Village, g.Quantity, g.Value }).ToListAsync(cancel)).ToLookup(g => g.LotId);
        var drafts = new List<Draft>();
        foreach (var lot in lots)
        {
            var households = Holdings.Of(growers[lot.Id].Select(g => new Holding(g.Code, g.Value, g.Quantity)));
            var villages = Holdings.Of(growers[lot.Id].Select(g => new Holding(g.Village.ToString(), g.Value, g.Quantity)));
            if (Entry(lot, households, villages, state, today) is { } draft) drafts.Add(draft);
        }
        await ledger.Write(county, drafts, cancel);
        return drafts.Count;
    }

    private static Draft? Entry(LotFact lot, Holdings households, Holdings villages, PoolState state, DateOnly today)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"{lot.Code}:{today:yyyy-MM-dd}:{state.RunsToday(lot.Id) + 1}");
        var draft = new Draft(Cause.PoolPaid, key, today) { LotId = lot.Id };
        var toHouseholds = Payment(lot, "growers", "household", households, households.Value > 0, state);
        var toVillages = Payment(lot, "village-fund", "village", villages, households.Value > 0, state);
        draft.Post("growers", lot.Code, -toHouseholds.Total).Post("advances", lot.Code, toHouseholds.SetOff).Post("village-fund", lot.Code, -toVillages.Total);
        Credit(draft, "household", households, toHouseholds);
        Credit(draft, "village", villages, toVillages);
        return draft.Rows.Count == 0 ? null : draft;
    }

    private static PoolPayment Payment(LotFact lot, string pool, string receiver, Holdings holdings, bool lotHasPrice, PoolState state)
    {
        var owners = holdings.All.ToArray();
        var isHousehold = receiver == "household";
        // A lot bought at intake is paid while it still takes in goods, and every intake changes everybody's part by a fraction of a fen. So what is
        // paid at once is the whole fen of each household's own goods; the last fen follows when the lot is sealed, and all is as if paid once.
        var most = lot.SealedDay is null && lot.ClosedDay is null ? Array.ConvertAll(owners, o => (long)(o.Value / (lot.ByPiece ? 1 : 1000))) : null;
        return PoolPayment.Of(holdings.Weights(lotHasPrice), state.Released(lot.Id, pool), Array.ConvertAll(owners, o => state.Paid(lot.Id, receiver, o.Owner)),
            Array.ConvertAll(owners, o => isHousehold ? state.Advanced(lot.Id, o.Owner) : 0), isHousehold ? state.SetOff(lot.Id) : 0, most);
    }

    private static void Credit(Draft draft, string role, Holdings holdings, PoolPayment payment)
    {
        for (var i = 0; i < payment.Owners.Length; i++) draft.Post(role, holdings.All[i].Owner, payment.Owners[i]);
    }
}
