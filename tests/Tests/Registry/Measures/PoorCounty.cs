using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Areas;
using Shanhuo.Registry.Households;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Registry.Measures;

/// <summary>A county small enough to reckon by hand: two townships, three villages, the year 2015 with its line of 2855 yuan.</summary>
internal static class PoorCounty
{
    public const int Year = 2015;
    public static readonly AreaCode Province = AreaCode.Parse("62"), County = AreaCode.Parse("620525"), TownA = AreaCode.Parse("620525100"), TownB = AreaCode.Parse("620525101"), VillageA = AreaCode.Parse("620525100201"), VillageB = AreaCode.Parse("620525100202"), VillageC = AreaCode.Parse("620525101201");

    /// <summary>Seats of both townships, an eighth of a degree apart.</summary>
    public static async Task Found(TestHost host)
    {
        await host.Db(async db =>
        {
            foreach (var (code, name, nameEn, seat) in new (AreaCode, string, string?, (int, int)?)[] { (Province, "甘肃省", "Gansu", null), (AreaCode.Parse("6205"), "天水市", "Tianshui", null), (County, "张家川回族自治县", "Zhangjiachuan", (34_987_560, 106_209_020)), (TownA, "张家川镇", "Zhangjiachuan town", (34_987_560, 106_209_020)), (TownB, "龙山镇", null, (35_031_940, 106_080_560)), (VillageA, "前山村", null, null), (VillageB, "后山村", null, null), (VillageC, "西山村", null, null) })
                db.Areas.Add(new Area { Code = code, Parent = code.Level == AreaLevel.Province ? AreaCode.Country : code.At(code.Level - 1), Level = code.Level, Name = name, NameEn = nameEn, LatitudeMicro = seat?.Item1, LongitudeMicro = seat?.Item2, Coordinates = seat is null ? CoordinateSource.None : CoordinateSource.Gazetteer });
            await db.SaveChangesAsync();
        });
        // Village A: 4 people at 1427.50 (half the line), 6 at 5000. Village B: 10 at the line itself, who are not poor.
        await Home(host, 1, VillageA, 4, [142_750 * 4, 0, 0, 0]);
        await Home(host, 2, VillageA, 6, [500_000 * 6, 0, 0, 0]);
        await Home(host, 3, VillageB, 10, [285_500 * 10, 0, 0, 0]);
        // Village C: 5 people, costs of 20,000 yuan of receipts unknown: between 0 and 4,000 a head. 5 people, wages not recorded: at least 100.
        await Home(host, 4, VillageC, 5, [0, 2_000_000, 0, 0], costsOfBusiness: null);
        await Home(host, 5, VillageC, 5, [null, 50_000, 0, 0]);
        await host.Db(async db =>
        {
            foreach (var (id, home, status, since, until) in new (long, long, string, DateOnly, DateOnly?)[]
            {
                (1, 1, "registered", new(2013, 5, 1), new(2014, 12, 31)), (2, 1, "exited", new(2015, 1, 1), new(2015, 8, 31)), (3, 1, "registered", new(2015, 9, 1), null),
                (4, 2, "registered", new(2014, 5, 1), new(2015, 11, 30)), (5, 2, "exited", new(2015, 12, 1), null), (6, 3, "registered", new(2015, 3, 1), new(2015, 6, 30)), (7, 2, "monitored", new(2015, 12, 1), null), (8, 4, "registered", new(2012, 1, 1), null),
            })
                db.HouseholdStatuses.Add(new HouseholdStatus { Id = id, HouseholdId = home, Status = status, Since = since, Until = until });
            await db.SaveChangesAsync();
        });
    }

    /// <summary>A household with members of no more than a year of birth and its incomes of <see cref="Year"/>: fen by kind, null where not recorded; costs are zero.</summary>
    public static Task Home(TestHost host, long id, AreaCode village, int people, long?[] gross, long? costsOfBusiness = 0, int year = Year) => host.Db(async db =>
    {
        if (!await db.Households.AnyAsync(h => h.Id == id))
        {
            db.Households.Add(new Household { Id = id, Code = $"H-{id}", Area = village, HeadName = $"户主{id}", SafeWater = id != 1, FoodAndClothing = true, Housing = id == 2 ? "c" : "a" });
            for (var n = 0; n < people; n++) db.Members.Add(new Member { Id = id * 100 + n, HouseholdId = id, Area = village, Name = $"成员{id}-{n}", Relation = n == 0 ? "head" : "child", BirthYear = 1970, Since = new(2000, 1, 1), MedicalInsurance = id != 1, InSchool = false });
            // Gone before the year, or came after it: counted in neither.
            db.Members.Add(new Member { Id = id * 100 + 90, HouseholdId = id, Area = village, Name = "先走", Relation = "parent", BirthYear = 1940, Since = new(1990, 1, 1), Until = new(2015, 12, 30), InSchool = false, MedicalInsurance = true });
            db.Members.Add(new Member { Id = id * 100 + 91, HouseholdId = id, Area = village, Name = "后来", Relation = "child", BirthYear = 2016, Since = new(2016, 1, 1), Until = new(2016, 2, 1), InSchool = false, MedicalInsurance = true });
        }
        for (var k = 0; k < 4; k++)
            if (gross[k] is { } fen) db.Incomes.Add(new HouseholdIncome { Id = id * 1000 + k + year % 100 * 10, HouseholdId = id, Area = village, Year = year, Kind = HouseholdIncome.Kinds[k], Gross = new Fen(fen), Costs = k == 1 ? costsOfBusiness is { } costs ? new Fen(costs) : null : Fen.Zero, IsEstimate = false, ByAccountId = 0, AtMs = 0 });
        await db.SaveChangesAsync();
    });
}
