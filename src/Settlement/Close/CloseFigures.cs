using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Settlement.Close;

/// <summary>A line of the close's income and costs.</summary>
/// <param name="TextKey">What it is.</param>
/// <param name="Amount">Above zero: income; below: a cost.</param>
internal sealed record CloseItem(string TextKey, Fen Amount);

/// <summary>A member with what it brings to the close.</summary>
/// <param name="Capital">Of the account: money and land-use rights.</param>
/// <param name="ReserveHeld">Of the account: share of earlier reserves.</param>
/// <param name="AidHeld">Of the account: state aid and gifts.</param>
internal sealed record CloseMember(long HouseholdId, string Name, MemberStake Stake, Fen Capital, Fen ReserveHeld, Fen AidHeld);

/// <summary>All that a close of a period is computed from, gathered from ledger, cash book and member accounts.</summary>
internal sealed record CloseFigures
{
    public required IReadOnlyList<CloseItem> Items { get; init; }
    public required IReadOnlyList<CloseMember> Members { get; init; }
    public required Fen OthersTrade { get; init; }

    /// <summary>Last journal entry that is counted; 0 when there is none.</summary>
    public required long ThroughEntryId { get; init; }

    public Fen Income => new(Items.Where(i => i.Amount > Fen.Zero).Sum(i => i.Amount.Value));
    public Fen Costs => new(-Items.Where(i => i.Amount < Fen.Zero).Sum(i => i.Amount.Value));

    /// <summary>Gathers the figures; a handful of queries whatever the number of members.</summary>
    /// <param name="after">Last entry that the close before has counted: what came into the ledger later under a day of an earlier period is counted here. Null: there was no close before.</param>
    public static async Task<CloseFigures> Gather(ShanhuoDb db, OrganisationFact cooperative, DateOnly from, DateOnly until, long? after, CancellationToken cancel)
    {
        // Ids ascend in the order of commits, so all up to this one are there and none of them is still to come.
        var through = await db.JournalEntries.Where(e => e.County == cooperative.Area.County).MaxAsync(e => (long?)e.Id, cancel) ?? 0;
        var counted = db.JournalEntries.Where(e => e.Day <= until && e.Id <= through && (e.Day >= from || e.Id > after));
        var (county, id, code) = (cooperative.Area.County, cooperative.Id, cooperative.Code);
        var members = (await db.MembersOf(id).Where(m => m.Since <= until && (m.Until == null || m.Until >= from)).ToListAsync(cancel)).DistinctBy(m => m.HouseholdId).ToList();
        var trade = await (
            from lot in db.LotFacts
            where lot.County == county && lot.Cooperative == code
            join entry in counted on new { lot.County, LotId = (long?)lot.Id } equals new { entry.County, entry.LotId }
            where entry.Cause == Cause.PoolPaid
            join posting in db.Postings on new { entry.County, EntryId = entry.Id } equals new { posting.County, posting.EntryId }
            join account in db.LedgerAccounts on new { posting.County, Id = posting.AccountId } equals new { account.County, account.Id }
            where account.Role == "household"
            group posting by account.Owner into g
            select new { Owner = g.Key, Amount = g.Sum(p => (long)p.Amount) }).ToDictionaryAsync(t => t.Owner, t => t.Amount, cancel);
        var days = await db.CashEntries.Where(e => e.County == county && e.OrganisationId == id && e.HouseholdId != null && e.Day >= @from && e.Day <= until)
            .GroupBy(e => e.HouseholdId!.Value).Select(g => new { g.Key, Days = g.Sum(e => e.HalfDays) }).ToDictionaryAsync(g => g.Key, g => g.Days, cancel);
        var accounts = (await db.MemberAccountEntries.Where(e => e.County == county && e.OrganisationId == id && e.Day <= until)
            .GroupBy(e => new { e.HouseholdId, e.Kind }).Select(g => new { g.Key.HouseholdId, g.Key.Kind, Amount = g.Sum(e => (long)e.Amount) }).ToListAsync(cancel)).ToLookup(g => g.HouseholdId, g => (g.Kind, g.Amount));
        var own = members.Select(m => m.Code).ToHashSet(StringComparer.Ordinal);
        return new CloseFigures
        {
            Items = await Lines(db, counted, cooperative, from, until, cancel),
            Members = [.. members.Select(m =>
            {
                Fen Held(params StakeKind[] kinds) => NotBelow(accounts[m.HouseholdId].Where(a => kinds.Contains(a.Kind)).Sum(a => a.Amount));
                var (capital, reserve, aid) = (Held(StakeKind.Money, StakeKind.LandRight), Held(StakeKind.Reserve), Held(StakeKind.StateAid, StakeKind.Gift));
                return new CloseMember(m.HouseholdId, m.HeadName, new MemberStake(m.Code, NotBelow(trade.GetValueOrDefault(m.Code)), Math.Max(0, days.GetValueOrDefault(m.HouseholdId)), capital + reserve + aid), capital, reserve, aid);
            })],
            OthersTrade = new Fen(trade.Where(t => !own.Contains(t.Key)).Sum(t => t.Value)),
            ThroughEntryId = through,
        };
    }

    /// <summary>The division of these figures.</summary>
    public Outcome<Surplus> Divide(Fen pastLoss, CloseTerms terms, DateOnly until) => Surplus.Divide(Income, Costs, pastLoss, terms, [.. Members.Select(m => m.Stake)], until);

    // What runs over the cooperative's account from sales stands in the ledger, the rest in its own book.
    private static async Task<List<CloseItem>> Lines(ShanhuoDb db, IQueryable<JournalEntry> counted, OrganisationFact cooperative, DateOnly from, DateOnly until, CancellationToken cancel)
    {
        var county = cooperative.Area.County;
        Cause[] elsewhere = [Cause.CashBook, Cause.Close, Cause.Inflow, Cause.Payout, Cause.PayoutReturned];
        var ledger = await (
            from account in db.LedgerAccounts
            where account.County == county && account.Role == "cooperative" && account.Owner == cooperative.Code
            join posting in db.Postings on new { account.County, AccountId = account.Id } equals new { posting.County, posting.AccountId }
            join entry in counted on new { posting.County, Id = posting.EntryId } equals new { entry.County, entry.Id }
            where !elsewhere.Contains(entry.Cause)
            group posting by entry.Cause into g
            select new { Cause = g.Key, Amount = g.Sum(p => (long)p.Amount) }).ToListAsync(cancel);
        var book = await db.CashEntries.Where(e => e.County == county && e.OrganisationId == cooperative.Id && e.Day >= @from && e.Day <= until)
            .GroupBy(e => e.Category).Select(g => new { Category = g.Key, Amount = g.Sum(e => (long)e.Amount) }).ToListAsync(cancel);
        var items = ledger.GroupBy(l => l.Cause is Cause.Line or Cause.Refund ? "close.item-sales" : l.Cause is Cause.IntakeBought or Cause.Advance or Cause.LotClosed ? "close.item-goods" : "close.item-corrections")
            .Select(g => new CloseItem(g.Key, new Fen(g.Sum(l => l.Amount)))).OrderBy(i => i.TextKey, StringComparer.Ordinal).ToList();
        items.AddRange(book.OrderBy(b => b.Category).Select(b => new CloseItem(CategoryKey(b.Category), new Fen(b.Category.IsIncome ? b.Amount : -b.Amount))));
        return items;
    }

    /// <summary>Text of a category.</summary>
    public static string CategoryKey(CashCategory category) => $"close.category-{(int)category}";

    private static Fen NotBelow(long fen) => new(Math.Max(0, fen));
}
