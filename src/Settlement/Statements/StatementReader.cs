using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Statements;

/// <summary>What a household is owed and was paid.</summary>
internal sealed record HouseholdMoney
{
    /// <summary>Credited and not yet paid out: it can be had now.</summary>
    public required Fen Owed { get; init; }

    /// <summary>About what is still in pools until return windows end; zero when nothing is.</summary>
    public required Fen Waiting { get; init; }

    /// <summary>The latest of those windows.</summary>
    public DateOnly? WaitingUntil { get; init; }

    /// <summary>Paid out in the year so far, what came back taken off.</summary>
    public required Fen PaidThisYear { get; init; }

    /// <summary>Day of the last pay-out, or null.</summary>
    public DateOnly? LastPaid { get; init; }

    /// <summary>Intakes that the household has not approved; they are not paid.</summary>
    public required int Unconfirmed { get; init; }
}

/// <summary>One movement of a household's account.</summary>
internal sealed record AccountMove
{
    /// <summary>The entry.</summary>
    public required long EntryId { get; init; }

    public required Cause Cause { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>Credited above zero, paid out below.</summary>
    public required Fen Amount { get; init; }

    /// <summary>The lot it came from, or null.</summary>
    public long? LotId { get; init; }
}

/// <summary>Reads a household's money from its own account and the pools of its lots. The number of queries and of rows read does not depend on how many order lines there are.</summary>
internal sealed class StatementReader(ShanhuoDb db, TimeProvider clock)
{
    public async Task<HouseholdMoney> Money(HouseholdFact household, CancellationToken cancel)
    {
        var county = household.Area.County;
        var account = await Account(household, cancel);
        var paid = account is null ? null : await Moves(county, account.Id, clock.Today.Year)
            .GroupBy(_ => 1).Select(g => new { Sum = g.Sum(m => (long)m.Amount), Last = g.Max(m => m.Amount < Fen.Zero ? m.Day : (DateOnly?)null) }).SingleOrDefaultAsync(cancel);
        var (waiting, until) = await Waiting(household, cancel);
        return new HouseholdMoney
        {
            Owed = account?.Balance ?? Fen.Zero,
            Waiting = waiting,
            WaitingUntil = until,
            PaidThisYear = new Fen(-(paid?.Sum ?? 0)),
            LastPaid = paid?.Last,
            Unconfirmed = await db.IntakesOf(county, household.Id).CountAsync(i => !i.IsConfirmed, cancel),
        };
    }

    /// <summary>The movements of the household's account, the latest first.</summary>
    /// <param name="household">Whose.</param>
    /// <param name="before">Only those with a smaller entry id; null: from the latest.</param>
    /// <param name="take">At most this many.</param>
    /// <param name="cancel">Stops.</param>
    public async Task<IReadOnlyList<AccountMove>> Moves(HouseholdFact household, long? before, int take, CancellationToken cancel)
    {
        var county = household.Area.County;
        if (await Account(household, cancel) is not { } account) return [];
        return await (from p in db.Postings
                      where p.County == county && p.AccountId == account.Id && (before == null || p.EntryId < before)
                      join e in db.JournalEntries on new { p.County, Id = p.EntryId } equals new { e.County, e.Id }
                      orderby p.EntryId descending
                      select new AccountMove { EntryId = e.Id, Cause = e.Cause, Day = e.Day, Amount = p.Amount, LotId = e.LotId }).Take(take).ToListAsync(cancel);
    }

    // Pools keep what was sold until its return window ends. The exact part is reckoned when the pool pays; until then the household's share of what the pool holds is near enough, and said to be.
    private async Task<(Fen, DateOnly?)> Waiting(HouseholdFact household, CancellationToken cancel)
    {
        var county = household.Area.County;
        var pools = await (from g in db.GrowerFacts
                           where g.County == county && g.HouseholdId == household.Id
                           join lot in db.LotFacts on new { g.County, Id = g.LotId } equals new { lot.County, lot.Id }
                           join a in db.LedgerAccounts on new { lot.County, Owner = lot.Code, Role = "growers" } equals new { a.County, a.Owner, a.Role }
                           where a.Balance > Fen.Zero
                           select new { g.LotId, a.Balance, g.Value, g.Quantity }).ToListAsync(cancel);
        if (pools.Count == 0) return (Fen.Zero, null);
        var lots = pools.Select(p => p.LotId).Distinct().ToList();
        var wholes = await db.GrowerFacts.Where(g => g.County == county && lots.Contains(g.LotId)).GroupBy(g => g.LotId)
            .Select(g => new { Lot = g.Key, Value = g.Sum(x => x.Value), Quantity = g.Sum(x => x.Quantity) }).ToDictionaryAsync(g => g.Lot, cancel);
        var until = await db.LotSums.Where(s => s.County == county && lots.Contains(s.LotId) && s.Role == "growers").MaxAsync(s => s.ReleaseUntil, cancel);
        var sum = pools.Sum(p => wholes[p.LotId] is { Value: > 0 } whole ? Rounding.HalfEven((Int128)p.Balance.Value * p.Value, whole.Value) : Rounding.HalfEven((Int128)p.Balance.Value * p.Quantity, Math.Max(1, wholes[p.LotId].Quantity)));
        return (new Fen(sum), until);
    }

    private Task<LedgerAccount?> Account(HouseholdFact household, CancellationToken cancel)
    {
        var county = household.Area.County;
        return db.LedgerAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.County == county && a.Role == "household" && a.Owner == household.Code, cancel);
    }

    private IQueryable<AccountMove> Moves(AreaCode county, long account, int year)
    {
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        return from p in db.Postings
               where p.County == county && p.AccountId == account
               join e in db.JournalEntries on new { p.County, Id = p.EntryId } equals new { e.County, e.Id }
               where (e.Cause == Cause.Payout || e.Cause == Cause.PayoutReturned) && e.Day >= first && e.Day <= last
               select new AccountMove { EntryId = e.Id, Cause = e.Cause, Day = e.Day, Amount = p.Amount, LotId = e.LotId };
    }
}
