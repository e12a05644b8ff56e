using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Pools;

namespace Shanhuo.Settlement.Close;

/// <summary>Divides what a month brought to the workers among those who worked.</summary>
/// <param name="Month">Any day of the month; the month must be over.</param>
internal sealed record CloseWorkers(AreaCode County, DateOnly Month);

/// <summary>What was divided.</summary>
internal sealed record WorkersPaid(string Account, Fen Amount, int Households);

/// <summary>The pool <c>workers</c>: by days worked, closed monthly, each month once. A pool with an owner belongs to that cooperative's workers, one without to all workers of the county's cooperatives. Without days the money waits for the next month.</summary>
internal sealed class WorkersPool(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    public async Task<Outcome<IReadOnlyList<WorkersPaid>>> Handle(CloseWorkers request, CancellationToken cancel)
    {
        var first = new DateOnly(request.Month.Year, request.Month.Month, 1);
        var last = first.AddMonths(1).AddDays(-1);
        if (last >= clock.Today) return new Refusal("close.month-open", Place.Input("Month"), first.ToString("yyyy-MM", CultureInfo.InvariantCulture));
        await using var change = await db.BeginAlone(request.County, Turn.Close, cancel);
        var paid = new List<WorkersPaid>();
        foreach (var account in await db.LedgerAccounts.AsNoTracking().Where(a => a.County == request.County && a.Role == "workers").OrderBy(a => a.Owner).ToListAsync(cancel))
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{account.Name}:{first:yyyy-MM}");
            if (await db.JournalEntries.AnyAsync(e => e.County == request.County && e.Cause == Cause.Close && e.CauseKey == key, cancel)) continue;
            // What came in after the month waits for its own month; what went out, went out of all.
            var later = await (
                from p in db.Postings
                where p.County == request.County && p.AccountId == account.Id && (long)p.Amount > 0
                join e in db.JournalEntries on new { p.County, Id = p.EntryId } equals new { e.County, e.Id }
                where e.Day > last
                select (long)p.Amount).SumAsync(cancel);
            var amount = new Fen(account.Balance.Value - later);
            if (amount <= Fen.Zero) continue;
            var days = await Days(request.County, account.Owner, first, last, cancel);
            if (days.Count == 0) continue;
            var parts = Webster.Apportion(amount, days.Select(d => d.HalfDays).ToArray());
            await Journal.Post(db, ids, clock, request.County, Cause.Close, key, clock.Today, [new Leg(account.Role, account.Owner, -amount), .. days.Select((d, i) => new Leg("household", d.Code, parts[i]))], cancel);
            paid.Add(new WorkersPaid(account.Name, amount, days.Count));
        }
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return paid;
    }

    private async Task<List<(string Code, long HalfDays)>> Days(AreaCode county, string owner, DateOnly first, DateOnly last, CancellationToken cancel)
    {
        var days = await (
            from e in db.CashEntries
            where e.County == county && e.Category == CashCategory.Wages && e.Day >= first && e.Day <= last
            join o in db.OrganisationFacts on e.OrganisationId equals o.Id
            where owner == "" || o.Code == owner
            join h in db.HouseholdFacts on e.HouseholdId equals (long?)h.Id
            group e by h.Code into g
            select new { g.Key, Days = g.Sum(e => e.HalfDays) }).ToListAsync(cancel);
        return [.. days.Where(d => d.Days > 0).Select(d => (d.Key, (long)d.Days)).OrderBy(d => d.Key, Ordinal.Order)];
    }
}
