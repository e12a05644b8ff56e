using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Settlement.Close;

/// <summary>A year of a lease and its rent.</summary>
/// <param name="Number">1, 2, 3… from the lease's first day.</param>
/// <param name="From">First day.</param>
/// <param name="Until">Last day: the day before the next year, or the lease's last.</param>
/// <param name="Due">Mu × rent per mu; where the lease ends within the year, by its days. One rounding, half to even.</param>
internal sealed record RentYear(int Number, DateOnly From, DateOnly Until, Fen Due);

/// <summary>Rent of one year of one lease, with what has been booked of it.</summary>
/// <param name="Parties">Households whose land it is, in order of code; none where an organisation leases it out alone.</param>
internal sealed record RentDue(LandLeaseFact Lease, RentYear Year, Fen Booked, IReadOnlyList<HouseholdFact> Parties)
{
    /// <summary>What may still be booked; never below zero, even where a lease ended early after its rent was paid.</summary>
    public Fen Left => Year.Due > Booked ? Year.Due - Booked : Fen.Zero;
}

/// <summary>What a cooperative owes for the land that it leases: from the agreements, by lease and year.</summary>
internal static class LandRent
{
    /// <summary>The years of a lease that have begun. A year begins on the day of the month on which the lease began, and its rent is due from that day.</summary>
    public static IEnumerable<RentYear> YearsOf(LandLeaseFact lease, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(lease);
        var end = lease.EndedDay is { } ended && ended < lease.Until ? ended : lease.Until;
        for (var number = 1; ; number++)
        {
            var first = lease.From.AddYears(number - 1);
            if (first > today || first > end) yield break;
            var last = lease.From.AddYears(number).AddDays(-1);
            var year = (Int128)lease.LandMuHundredths * lease.RentPerMu.Value;
            yield return last <= end
                ? new RentYear(number, first, last, new Fen(Rounding.HalfEven(year, 100)))
                : new RentYear(number, first, end, new Fen(Rounding.HalfEven(year * Days(first, end), 100 * Days(first, last))));
        }

        static int Days(DateOnly first, DateOnly last) => last.DayNumber - first.DayNumber + 1;
    }

    /// <summary>The rents of a cooperative's leases, the oldest year first; three queries however many.</summary>
    /// <param name="lease">Only this one, or null.</param>
    public static async Task<List<RentDue>> Of(ShanhuoDb db, OrganisationFact cooperative, DateOnly today, long? lease, CancellationToken cancel)
    {
        var (county, id) = (cooperative.Area.County, cooperative.Id);
        var leases = await db.LandLeaseFacts.Where(l => l.County == county && l.LesseeId == id && (lease == null || l.Id == lease)).OrderBy(l => l.Number).ToListAsync(cancel);
        var ids = leases.Select(l => l.Id).ToList();
        var parties = await db.LeasePartyFacts.Where(p => ids.Contains(p.AgreementId)).ToListAsync(cancel);
        var households = await db.HouseholdsOwed([.. parties.Select(p => p.HouseholdId).Distinct()]).OrderBy(h => h.Code).ToListAsync(cancel);
        var booked = await db.CashEntries.Where(e => e.County == county && e.OrganisationId == id && e.AgreementId != null && (lease == null || e.AgreementId == lease))
            .GroupBy(e => new { e.AgreementId, e.RentYear }).Select(g => new { g.Key, Sum = g.Sum(e => (long)e.Amount) }).ToDictionaryAsync(g => (g.Key.AgreementId!.Value, g.Key.RentYear), g => g.Sum, cancel);
        return [.. (
            from l in leases
            let whose = parties.Where(p => p.AgreementId == l.Id).Select(p => p.HouseholdId).ToHashSet()
            from year in YearsOf(l, today)
            orderby year.From, l.Number
            select new RentDue(l, year, new Fen(booked.GetValueOrDefault((l.Id, year.Number))), [.. households.Where(h => whose.Contains(h.Id))]))];
    }
}
