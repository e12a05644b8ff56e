using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Measures.Yearly;

/// <summary>What a household lacks of the five needs (两不愁三保障 and safe water), as the register stands today: a bit a need.</summary>
/// <param name="Village">Where it lives.</param>
/// <param name="People">At least 1.</param>
/// <param name="Lacks">Needs known to be lacking.</param>
/// <param name="Unknown">Needs of which nothing is known.</param>
internal readonly record struct HomeNeeds(AreaCode Village, int People, ulong Lacks, ulong Unknown);

/// <summary>The needs of an area: shares of people, by Alkire &amp; Foster; see <see cref="Deprivations"/>.</summary>
/// <param name="Area">Province to village.</param>
/// <param name="People">In households with members.</param>
/// <param name="KnownPeople">Of whose households all five answers are known: the base.</param>
/// <param name="PoorPeople">Of the base, lacking at least the cutoff.</param>
/// <param name="Known">The measures of the base.</param>
/// <param name="Least">Unknown answers taken as not lacking.</param>
/// <param name="Greatest">Unknown answers taken as lacking.</param>
internal sealed record AreaNeeds(AreaCode Area, int People, int KnownPeople, int PoorPeople, Deprivations Known, Deprivations Least, Deprivations Greatest)
{
    /// <summary>In the order of the bits.</summary>
    public static IReadOnlyList<string> Needs { get; } = ["food", "schooling", "medical", "housing", "water"];

    /// <summary>All five weigh the same.</summary>
    /// <param name="needs">1 to 5: poor is who lacks at least so many.</param>
    public static DeprivationWeights Cutoff(int needs) => new([1, 1, 1, 1, 1], needs, 5);

    public static AreaNeeds Of(AreaCode area, IReadOnlyCollection<HomeNeeds> homes, DeprivationWeights by)
    {
        var known = homes.Where(h => h.Unknown == 0).ToList();
        return new AreaNeeds(area, homes.Sum(h => h.People), known.Sum(h => h.People), known.Where(h => by.IsPoor(by.PartsOf(h.Lacks))).Sum(h => h.People),
            Measure(known, h => h.Lacks), Measure(homes, h => h.Lacks), Measure(homes, h => h.Lacks | h.Unknown));

        Deprivations Measure(IReadOnlyCollection<HomeNeeds> of, Func<HomeNeeds, ulong> lacks) => Deprivations.Of([.. of.Select(lacks)], [.. of.Select(h => (double)h.People)], by);
    }

    /// <summary>Reads the households of an area.</summary>
    /// <remarks>Schooling is lacking where a child of 6 to 15 (义务教育) is not in school; medical care where a member has no insurance; housing at safety grades c and d.</remarks>
    public static async Task<IReadOnlyList<HomeNeeds>> Read(ShanhuoDb db, AreaCode area, DateOnly today, CancellationToken cancel)
    {
        var (last, oldest, youngest) = (area.Last, today.Year - 15, today.Year - 6);
        var people = new Dictionary<long, (int People, ulong Lacks, ulong Unknown)>();
        await foreach (var home in db.Members.Where(m => m.Area >= area && m.Area <= last && m.Since <= today && (m.Until == null || m.Until >= today)).GroupBy(m => new { m.Area, m.HouseholdId }).Select(g => new
            {
                g.Key.HouseholdId, People = g.Count(),
                Out = g.Count(m => m.InSchool == false && m.BirthYear >= oldest && m.BirthYear <= youngest),
                OutUnknown = g.Count(m => m.InSchool != true && m.BirthYear == null || m.InSchool == null && m.BirthYear >= oldest && m.BirthYear <= youngest),
                Without = g.Count(m => m.MedicalInsurance == false), WithoutUnknown = g.Count(m => m.MedicalInsurance == null),
            }).TagWith("whole: a measure of an area asks all its people").AsAsyncEnumerable().WithCancellation(cancel))
            people[home.HouseholdId] = (home.People, (home.Out > 0 ? 2UL : 0) | (home.Without > 0 ? 4UL : 0), (home.Out == 0 && home.OutUnknown > 0 ? 2UL : 0) | (home.Without == 0 && home.WithoutUnknown > 0 ? 4UL : 0));
        var homes = new List<HomeNeeds>(people.Count);
        await foreach (var home in db.Households.Where(h => h.Area >= area && h.Area <= last && (h.Until == null || h.Until >= today)).OrderBy(h => h.Area).Select(h => new { h.Id, h.Area, h.FoodAndClothing, h.Housing, h.SafeWater })
            .TagWith("whole: a measure of an area asks all its households").AsAsyncEnumerable().WithCancellation(cancel))
            if (people.TryGetValue(home.Id, out var members))
                homes.Add(new HomeNeeds(home.Area, members.People,
                    members.Lacks | (home.FoodAndClothing == false ? 1UL : 0) | (home.Housing is "c" or "d" ? 8UL : 0) | (home.SafeWater == false ? 16UL : 0),
                    members.Unknown | (home.FoodAndClothing is null ? 1UL : 0) | (home.Housing is null ? 8UL : 0) | (home.SafeWater is null ? 16UL : 0)));
        return homes;
    }
}
