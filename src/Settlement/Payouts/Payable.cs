using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Payouts;

/// <summary>What a household is owed.</summary>
internal sealed record Payable
{
    public required long HouseholdId { get; init; }
    public required string Code { get; init; }
    public required string HeadName { get; init; }
    public required AreaCode Area { get; init; }
    public required Fen Balance { get; init; }
}

/// <summary>Balances that can be paid out.</summary>
internal static class Payables
{
    extension(ShanhuoDb db)
    {
        /// <summary>Households in scope with money owed to them, in order of code.</summary>
        /// <param name="county">Whose ledger.</param>
        /// <param name="area">Only this area, or null.</param>
        /// <param name="minimum">Only balances of at least this; at least one fen.</param>
        public IQueryable<Payable> PayablesOf(AreaCode county, AreaCode? area, Fen minimum)
        {
            var (first, last, least) = (area ?? county, (area ?? county).Last, Math.Max(1, minimum.Value));
            return
                from account in db.LedgerAccounts
                where account.County == county && account.Role == "household" && (long)account.Balance >= least
                join household in db.HouseholdFacts on account.Owner equals household.Code
                where household.Area >= first && household.Area <= last
                orderby household.Code
                select new Payable { HouseholdId = household.Id, Code = household.Code, HeadName = household.HeadName, Area = household.Area, Balance = account.Balance };
        }

        /// <summary>The account in use for each household at an instant: approved, waited out, the latest.</summary>
        public IQueryable<Payee> PayeesAt(AreaCode county, long nowMs)
        {
            var all = db.Payees;
            return all.Where(p => p.County == county && p.State == PayeeState.Approved && p.UsableFromMs <= nowMs
                && !all.Any(later => later.County == county && later.HouseholdId == p.HouseholdId && later.State == PayeeState.Approved && later.UsableFromMs <= nowMs && (later.UsableFromMs > p.UsableFromMs || (later.UsableFromMs == p.UsableFromMs && later.Id > p.Id))));
        }
    }
}
