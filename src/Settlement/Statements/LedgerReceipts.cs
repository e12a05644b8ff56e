using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Statements;

/// <summary>Monthly receipts from the ledger: what the accounts of households were credited, pay-outs left out.</summary>
internal sealed class LedgerReceipts(ShanhuoDb db) : IMonthlyReceipts
{
    public async Task<IReadOnlyList<MonthlyReceipts>> Of(AreaCode county, DateOnly first, DateOnly last, CancellationToken cancel)
    {
        // One row for each household, month and cause at most leaves the database.
        var sums = await (from e in db.JournalEntries
                          where e.County == county && e.Day >= first && e.Day <= last && e.Cause != Cause.Payout && e.Cause != Cause.PayoutReturned
                          join p in db.Postings on new { e.County, EntryId = e.Id } equals new { p.County, p.EntryId }
                          join a in db.LedgerAccounts on new { p.County, Id = p.AccountId } equals new { a.County, a.Id }
                          where a.Role == "household"
                          group (long)p.Amount by new { a.Owner, e.Day.Year, e.Day.Month } into g
                          select new { g.Key.Owner, g.Key.Year, g.Key.Month, Sum = g.Sum() }).ToListAsync(cancel);
        return [.. sums.Select(s => new MonthlyReceipts(s.Owner, new DateOnly(s.Year, s.Month, 1), new Fen(s.Sum)))];
    }
}
