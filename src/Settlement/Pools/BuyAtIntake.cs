using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Pools;

/// <summary>Goods bought at intake are owed to the pool at once and paid to the household; an advance is credited to the household, to be set off.</summary>
internal sealed class BuyAtIntake(ShanhuoDb db, LedgerWriter ledger, PayPools pools) : IHandle<IntakeConfirmed>
{
    private const string Why = "a pool is the sum of its whole journal";
    private readonly LotBook lots = new(db);

    public async Task<Refusal?> Handle(IntakeConfirmed news, CancellationToken cancel)
    {
        if (news.BoughtBy is null && news.Advance == Fen.Zero) return null;
        await ledger.Join(news.County, cancel);
        await lots.Know(news.County, [news.LotId], cancel);
        var lot = lots[news.LotId];
        var drafts = new List<Draft>();
        if (lot.Terms.BoughtBy is { } buyer) drafts.Add(await Bought(news, lot, LineAccounts.Buyer(buyer, lot.Fact), cancel));
        if (news.Advance > Fen.Zero) drafts.Add(await Advanced(news, lot, cancel));
        await ledger.Post(news.County, drafts, cancel);
        if (lot.Terms.BoughtBy is not null) await pools.PayLot(news.County, news.LotId, cancel);
        return null;
    }

    // The lot's whole value is rounded once; each intake brings what is owed with it less what was owed without.
    private async Task<Draft> Bought(IntakeConfirmed news, KnownLot lot, AccountName buyer, CancellationToken cancel)
    {
        var value = await db.GrowerFacts.Where(g => g.County == news.County && g.LotId == news.LotId).SumAsync(g => g.Value, cancel);
        var before = await (from entry in db.Unfiltered<JournalEntry>(Why)
                            join posting in db.Unfiltered<Posting>(Why) on new { entry.County, EntryId = entry.Id } equals new { posting.County, posting.EntryId }
                            where entry.County == news.County && entry.LotId == news.LotId && entry.Cause == Cause.IntakeBought && posting.Amount > Fen.Zero
                            select posting).SumAsync(p => (long)p.Amount, cancel);
        var owed = IntakeBought.Owed(value, lot.Fact.ByPiece) - before;
        return new Draft(Cause.IntakeBought, LineKey.Of(news.IntakeId), news.Day) { LotId = news.LotId, Month = new MonthPlace(MonthPlace.Of(news.Day), 0, lot.Fact.ProductId, lot.Area, "") }
            .Post(buyer.Role, buyer.Owner, -owed).Post("growers", lot.Fact.Code, owed);
    }

    private async Task<Draft> Advanced(IntakeConfirmed news, KnownLot lot, CancellationToken cancel)
    {
        var household = await db.HouseholdCodes.Where(h => h.Id == news.HouseholdId).Select(h => h.Code).SingleAsync(cancel);
        return new Draft(Cause.Advance, LineKey.Of(news.IntakeId), news.Day) { LotId = news.LotId }.Post("advances", lot.Fact.Code, -news.Advance.Value).Post("household", household, news.Advance.Value);
    }
}
