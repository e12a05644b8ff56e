using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Statements;

/// <summary>What the register's rules may know of sales: from the growers of lots and the pay-outs of the ledger.</summary>
internal sealed class SalesOfVillages(ShanhuoDb db) : ISalesFacts
{
    public async Task<SalesOfArea> Of(AreaCode area, DateOnly today, int year, CancellationToken cancel)
    {
        var (county, first, last, since, lately) = (area.County, area, area.Last, today.AddDays(-365), today.AddDays(-90));
        var sold = await (from g in db.GrowerFacts.TagWith("whole: every village's goods of a year are counted")
                          where g.County == county && g.Village >= first && g.Village <= last
                          join lot in db.LotFacts on new { g.County, Id = g.LotId } equals new { lot.County, lot.Id }
                          where lot.OpenedDay > since && lot.OpenedDay <= today
                          group new { g.Value, lot.OpenedDay, lot.ByPiece } by new { g.Village, lot.ByPiece } into v
                          select new { v.Key.Village, v.Key.ByPiece, Value = v.Sum(x => x.Value), Last = v.Max(x => x.OpenedDay) }).ToListAsync(cancel);
        var (january, december) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var paid = await (from e in db.JournalEntries.TagWith("whole: every pay-out of a year is counted")
                          where e.County == county && (e.Cause == Cause.Payout || e.Cause == Cause.PayoutReturned) && e.Day >= january && e.Day <= december
                          join p in db.Postings on new { e.County, e.Id } equals new { p.County, Id = p.EntryId }
                          join a in db.LedgerAccounts on new { p.County, p.AccountId } equals new { a.County, AccountId = a.Id }
                          where a.Role == "household"
                          join h in db.HouseholdFacts on a.Owner equals h.Code
                          where h.Area >= first && h.Area <= last
                          group (long)p.Amount by h.Id into sums
                          select new { sums.Key, Sum = sums.Sum() }).ToListAsync(cancel);
        return new SalesOfArea(
            sold.Where(v => v.Last > lately).Select(v => v.Village).ToHashSet(),
            // The value is quantity × price: fen per kilogram of grams, or fen per piece.
            sold.GroupBy(v => v.Village).ToDictionary(g => g.Key, g => g.Sum(v => v.ByPiece ? v.Value : v.Value / 1000)),
            paid.ToDictionary(p => p.Key, p => -p.Sum));
    }
}
