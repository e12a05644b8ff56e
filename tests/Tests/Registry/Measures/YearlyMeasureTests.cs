using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Measures;
using Shanhuo.Registry.Measures.Yearly;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Registry.Measures;

public sealed class YearlyMeasureTests
{
    [Theory, EachDatabase]
    public async Task The_measures_of_a_small_county_are_those_reckoned_by_hand(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await PoorCounty.Found(host);
        var (whole, parts) = await Measure(host, AreaLevel.Township);
        Assert.Equal((5, 30, 3, 20, 4), (whole.Households, whole.People, whole.KnownHouseholds, whole.KnownPeople, whole.PoorPeople));
        // 4 of 20 people have half the line: incidence 1/5, gap 1/10, severity 1/20.
        Assert.Equal([0.2, 0.1, 0.05], [whole.Known.P0, whole.Known.P1, whole.Known.P2], Near);
        // All poor have the same: Sen's index is the gap.
        Assert.Equal(0.1, whole.Known.Sen, 12);
        Assert.Equal((4 * 1427.5 + 6 * 5000 + 10 * 2855) / 20, whole.MeanIncome, 9);
        // Gini by the mean difference of all pairs: |1427.5-5000| 24 pairs, |1427.5-2855| 40, |5000-2855| 60.
        Assert.Equal((24 * 3572.5 + 40 * 1427.5 + 60 * 2145) / (20 * (4 * 1427.5 + 6 * 5000 + 10 * 2855)), whole.Known.Gini, 12);
        Assert.Equal([(PoorCounty.TownA, 20), (PoorCounty.TownB, 10)], parts.Select(p => (p.Area, p.People)));
    }

    [Theory, EachDatabase]
    public async Task Unknown_incomes_are_bounds_and_never_zero(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await PoorCounty.Found(host);
        var (whole, parts) = await Measure(host, AreaLevel.Township);
        // Town B: neither household is known; the first may have 0 to 4000, the second 100 or more.
        var unknown = parts[1];
        Assert.Equal((0, 0), (unknown.KnownPeople, unknown.PoorPeople));
        Assert.True(double.IsNaN(unknown.Known.P0));
        Assert.Equal((0d, 1d), (unknown.Least.P0, unknown.Greatest.P0));
        Assert.Equal((1 + (2855d - 100) / 2855) / 2, unknown.Greatest.P1, 12);
        // Of 30 people 4 are poor for sure, and 14 may be.
        Assert.Equal([4 / 30d, 14 / 30d], [whole.Least.P0, whole.Greatest.P0], Near);
        await PoorCounty.Home(host, 6, PoorCounty.VillageC, 10, [null, 10_000_000, 0, 0]);
        // 10,000 yuan a head are known of ten more: not poor, whatever the rest is.
        Assert.Equal([4 / 40d, 14 / 40d], [(await Measure(host, AreaLevel.Township)).Whole.Least.P0, (await Measure(host, AreaLevel.Township)).Whole.Greatest.P0], Near);
    }

    [Theory, EachDatabase]
    public async Task A_scope_measures_its_own_area_only(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await PoorCounty.Found(host);
        var homes = await host.Db(db => YearRead.Of(db, PoorCounty.County, PoorCounty.Year, host.Clock.Today, default), new Scope { Area = PoorCounty.TownA, Role = Role.TownshipOfficial });
        Assert.Equal([PoorCounty.VillageA, PoorCounty.VillageA, PoorCounty.VillageB], homes.Homes.Select(h => h.Village));
        Assert.Empty((await host.Db(db => YearRead.Of(db, PoorCounty.County, PoorCounty.Year, host.Clock.Today, default), Scope.Nobody)).Homes);
        Assert.Equal(3, (await host.Db(db => Movement.Read(db, PoorCounty.County, default), new Scope { Area = PoorCounty.VillageA, Role = Role.Auditor })).Select(s => s.HouseholdId).Distinct().Count() + 1);
    }

    [Theory, EachDatabase]
    public async Task Movement_adds_up_and_tells_the_fallen_back_from_the_new(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await PoorCounty.Found(host);
        var years = Movement.Of(await host.Db(db => Movement.Read(db, PoorCounty.County, default)), 2014, 2016);
        Assert.Equal([new Movement(2014, 2, 1, 0, 0, 0, 3, 0), new Movement(2015, 3, 1, 1, 2, 1, 2, 1), new Movement(2016, 2, 0, 0, 0, 0, 2, 1)], years);
    }

    [Theory, EachDatabase]
    public async Task Five_needs_are_counted_by_people_with_bounds(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await PoorCounty.Found(host);
        await host.Db(async db =>
        {
            (await db.Households.SingleAsync(h => h.Id == 3)).SafeWater = null;
            await db.SaveChangesAsync();
        });
        var homes = await host.Db(db => AreaNeeds.Read(db, PoorCounty.TownA, host.Clock.Today, default));
        // Household 1 lacks water and insurance, 2 a safe house; of 3 the water is unknown.
        var (one, two) = (AreaNeeds.Of(PoorCounty.TownA, [.. homes], AreaNeeds.Cutoff(1)), AreaNeeds.Of(PoorCounty.TownA, [.. homes], AreaNeeds.Cutoff(2)));
        Assert.Equal((20, 10, 10, 4), (one.People, one.KnownPeople, one.PoorPeople, two.PoorPeople));
        Assert.Equal([0.4, 0.4, 0.16, 0.2, 0.2], [two.Known.H, two.Known.A, two.Known.M0, two.Least.H, two.Greatest.H], Near);
        Assert.Equal([0.5, 1], [one.Least.H, one.Greatest.H], Near);
        Assert.Equal([0, 0, 0.5, 0, 0.5], two.Known.Shares, Near);
    }

    [Fact]
    public void A_line_is_that_of_the_year_or_the_latest_before_it()
    {
        Assert.Equal([2800L, 2800, 2855, 4000, 4000], new[] { 2010, 2014, 2015, 2020, 2025 }.Select(y => PovertyLines.Of("poverty", y).Yuan));
        Assert.Equal([false, true, true, true, false], new[] { 2010, 2014, 2015, 2020, 2025 }.Select(y => PovertyLines.IsOf(PovertyLines.Of("poverty", y), y)));
        Assert.Equal([5000L, 6000], new[] { 2020, 2024 }.Select(y => PovertyLines.Of("monitoring", y).Yuan));
    }

    [Fact]
    public void Small_numbers_of_an_area_are_hidden_with_what_would_tell_them()
    {
        var areas = Enumerable.Range(1, 4).Select(i => AreaCode.Parse($"62052510{i}")).ToList();
        (AreaCode, int[])[] table = [(areas[0], [3, 40, 0]), (areas[1], [20, 60, 0]), (areas[2], [30, 70, 0]), (areas[3], [50, 80, 0])];
        var safe = SafeAreas.Of(table, hides: true);
        Assert.True(safe.ShowsWhole);
        Assert.False(safe.Shows(areas[0]));
        // With one row hidden, its numbers were the total less the others: so a second is.
        Assert.Equal(2, areas.Count(a => !safe.Shows(a)));
        Assert.All(areas, a => Assert.True(SafeAreas.Of(table, hides: false).Shows(a)));
    }

    private static Task<(AreaFigures Whole, IReadOnlyList<AreaFigures> Parts)> Measure(TestHost host, AreaLevel level) => host.Db(async db =>
        AreaFigures.Of(PoorCounty.County, (await YearRead.Of(db, PoorCounty.County, PoorCounty.Year, host.Clock.Today, default)).Homes, level, PovertyLines.Of("poverty", PoorCounty.Year).Yuan));

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-12;
}
