using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Households;

namespace Shanhuo.Registry.Measures.Yearly;

/// <summary>All households of an area in a year.</summary>
/// <param name="Homes">By village.</param>
/// <param name="Empty">Households of which no member is known; they stand in no figure.</param>
internal sealed record YearOfHomes(IReadOnlyList<HomeYear> Homes, int Empty);

/// <summary>Reads what the measures need of an area and a year: members, incomes and households, each once and in the order of its index, added up by the database.</summary>
internal static class YearRead
{
    /// <param name="db">Its scope limits what is seen.</param>
    /// <param name="area">Province to village.</param>
    /// <param name="year">Calendar year.</param>
    /// <param name="today">Of a year that is not over, members are those of today.</param>
    /// <param name="cancel">Stops the reading.</param>
    public static async Task<YearOfHomes> Of(ShanhuoDb db, AreaCode area, int year, DateOnly today, CancellationToken cancel)
    {
        var (day, last) = (EndOf(year, today), area.Last);
        var people = new Dictionary<long, int>();
        await foreach (var home in db.Members.Where(m => m.Area >= area && m.Area <= last && m.Since <= day && (m.Until == null || m.Until >= day))
            .GroupBy(m => new { m.Area, m.HouseholdId }).Select(g => new { g.Key.HouseholdId, People = g.Count() }).TagWith("whole: a measure of an area counts all its people, from the index alone").AsAsyncEnumerable().WithCancellation(cancel))
            people[home.HouseholdId] = people.GetValueOrDefault(home.HouseholdId) + home.People;
        var incomes = new Dictionary<long, (long Net, long Open, int Kinds)>(people.Count);
        await foreach (var home in db.Incomes.Where(i => i.Year == year && i.Area >= area && i.Area <= last).GroupBy(i => new { i.Area, i.HouseholdId })
            .Select(g => new { g.Key.HouseholdId, Net = g.Sum(i => i.Costs == null ? 0L : (long)i.Gross - (long)i.Costs!.Value), Open = g.Sum(i => i.Costs == null ? (long)i.Gross : 0L), OpenKinds = g.Count(i => i.Costs == null), Kinds = g.Count() })
            .TagWith("whole: a measure of an area adds up all its incomes of a year, from the index alone").AsAsyncEnumerable().WithCancellation(cancel))
            incomes[home.HouseholdId] = (home.Net, home.Open, home.Kinds);
        var homes = new List<HomeYear>(people.Count);
        var empty = 0;
        await foreach (var home in db.Households.Where(h => h.Area >= area && h.Area <= last && (h.Until == null || h.Until >= day)).OrderBy(h => h.Area).Select(h => new { h.Id, h.Area })
            .TagWith("whole: a measure of an area counts all its households").AsAsyncEnumerable().WithCancellation(cancel))
        {
            if (!people.TryGetValue(home.Id, out var members))
            {
                empty++;
                continue;
            }
            var (net, open, kinds) = incomes.GetValueOrDefault(home.Id);
            homes.Add(HomeYear.Of(home.Area, members, net, open, kinds, HouseholdIncome.Kinds.Count));
        }
        return new YearOfHomes(homes, empty);
    }

    /// <summary>The last day of the year, or today while it runs.</summary>
    public static DateOnly EndOf(int year, DateOnly today) => new DateOnly(year, 12, 31) is var end && end < today ? end : today;
}
