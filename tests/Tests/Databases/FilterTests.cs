using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Registry;

namespace Shanhuo.Tests.Databases;

/// <summary>Nobody sees too much: whoever takes the filters off one table has not taken them off the others.</summary>
public sealed class FilterTests
{
    private static readonly Scope Station = new() { Area = SmallCounty.VillageB, Role = Role.Station, OrganisationId = SmallCounty.StationB };

    [Theory, EachDatabase]
    public async Task What_a_query_joins_without_filters_leaves_the_filters_of_the_rest(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await host.In(async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            var (households, organisations, members) = (db.Households, db.Unfiltered<Shanhuo.Registry.Organisations.Organisation>("a test"), db.Unfiltered<Shanhuo.Registry.Households.Member>("a test"));
            // Joined, asked within, and two tables at once: the station of village B sees its one household.
            Assert.Equal(["H-103"], await (from h in households join o in organisations on h.Area equals o.Area select h.Code).ToListAsync());
            Assert.Equal(["H-103"], await households.Where(h => members.Any(m => m.HouseholdId == h.Id)).Select(h => h.Code).ToListAsync());
            Assert.Equal(["H-103"], await (from h in households join o in organisations on h.Area equals o.Area join m in members on h.Id equals m.HouseholdId select h.Code).ToListAsync());
            Assert.Equal(3, await members.CountAsync());
            Assert.Equal(3, await db.Unfiltered<Shanhuo.Registry.Households.Household>("a test").CountAsync());
            Assert.Equal(1, await households.CountAsync());
        }, Station);
    }
}
