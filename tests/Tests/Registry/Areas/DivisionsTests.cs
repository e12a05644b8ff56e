using Shanhuo.Kernel;
using Shanhuo.Registry.Areas;
using Shanhuo.Registry.Contracts;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Registry.Areas;

public sealed class DivisionsTests
{
    private static readonly List<Area> All = [.. Divisions.Read(Path.Combine(AppContext.BaseDirectory, "data", "divisions"))];

    [Fact]
    public void Zhangjiachuan_has_15_townships_and_261_village_units_and_Linxia_131_and_1197()
    {
        Assert.Equal((15, 261), Count("620525"));
        Assert.Equal((131, 1_197), Count("6229"));
        Assert.Equal(227, All.Count(a => a.Level == AreaLevel.Village && AreaCode.Parse("620525").Contains(a.Code) && !a.IsResidentsCommittee));
        Assert.All(All, a => Assert.True(a.Parent == AreaCode.Country || All.Any(p => p.Code == a.Parent)));

        static (int, int) Count(string code) => (All.Count(a => a.Level == AreaLevel.Township && AreaCode.Parse(code).Contains(a.Code)), All.Count(a => a.Level == AreaLevel.Village && AreaCode.Parse(code).Contains(a.Code)));
    }

    [Fact]
    public void A_computed_point_is_the_same_everywhere_within_9_km_of_its_seat_and_says_that_it_is_synthetic()
    {
        var villages = All.Where(a => a.Level == AreaLevel.Village && AreaCode.Parse("620525").Contains(a.Code)).ToList();
        Assert.All(villages, v => Assert.Equal(CoordinateSource.Synthetic, v.Coordinates));
        foreach (var village in villages)
        {
            var seat = All.Single(a => a.Code == village.Parent);
            var north = (village.LatitudeMicro!.Value - seat.LatitudeMicro!.Value) / 1e6 * 111_320;
            var east = (village.LongitudeMicro!.Value - seat.LongitudeMicro!.Value) / 1e6 * 111_320 * Math.Cos(seat.LatitudeMicro.Value / 1e6 * Math.PI / 180);
            Assert.InRange(Math.Sqrt(north * north + east * east), 0, 9_001);
        }
        // A known answer, so that another machine or runtime cannot quietly draw another map.
        var again = Divisions.Read(Path.Combine(AppContext.BaseDirectory, "data", "divisions")).ToDictionary(a => a.Code);
        Assert.All(villages, v => Assert.Equal((v.LatitudeMicro, v.LongitudeMicro), (again[v.Code].LatitudeMicro, again[v.Code].LongitudeMicro)));
    }

    [Theory, EachDatabase]
    public async Task The_divisions_come_into_the_database_once(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        Assert.Equal(All.Count, await host.Db(db => InstallDivisions.Into(db, CancellationToken.None)));
        Assert.Equal(0, await host.Db(db => InstallDivisions.Into(db, CancellationToken.None)));
        var page = await (await host.Visit()).Get("/registry/areas?code=620525");
        Assert.Contains("261", page.Text);
        Assert.Contains("255", page.Text);
        Assert.Contains("GeoNames", page.Text);
    }
}
