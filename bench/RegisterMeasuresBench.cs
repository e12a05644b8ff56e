using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Measures.Yearly;
using Shanhuo.Tests.Databases;
using Shanhuo.Web;

namespace Shanhuo.Bench;

/// <summary>Measures of a county's register by village, and its map, from the database: 85,000 households with four members and four kinds of income in each of five years.</summary>
internal static class RegisterMeasuresBench
{
    private static readonly AreaCode County = AreaCode.Parse("620525");

    public static async Task<int> Run(Options options)
    {
        var count = (int)options.Number("--households", 85_000);
        var folder = Directory.CreateTempSubdirectory("shanhuo-measures-").FullName;
        try
        {
            var database = BenchDatabase.Of(options, folder);
            await using var services = new ServiceCollection().AddLogging().AddShanhuo(new Installation(folder, database.Connection, false), TimeProvider.System).BuildServiceProvider();
            await In(services, async db =>
            {
                await db.Database.EnsureCreatedAsync();
                await InstallDivisions.Into(db, default);
                await Fill(db, count);
                if (!database.IsPostgres) await db.Database.ExecuteSqlRawAsync("analyze");
                return 0;
            });
            Report.Say($"{database.Name}, {count:N0} households; best of five, wall clock:");
            var today = new DateOnly(2026, 11, 22);
            await Time("FGT, Sen, Gini with bounds by village", async db => AreaFigures.Of(County, (await YearRead.Of(db, County, 2025, today, default)).Homes, AreaLevel.Village, 6000));
            await Time("  of this, reading", async db => await YearRead.Of(db, County, 2025, today, default));
            await Time("five needs of the county", async db => AreaNeeds.Of(County, [.. await AreaNeeds.Read(db, County, today, default)], AreaNeeds.Cutoff(1)));
            await Time("movement over ten years", async db => Movement.Of(await Movement.Read(db, County, default), 2016, 2025));
            await Time("county map, cells, as SVG", async db =>
            {
                var place = (await MeasuredPlace.Find(db, "620525", default))!;
                var view = (await YearView.Of(db, place, 2025, "monitoring", today, default)).Value;
                var seats = place.Parts.Where(p => p.LongitudeMicro is not null).ToList();
                var cells = Registry.Measures.Maps.Cells.Around([.. seats.Select(s => new MapPlace(s.LongitudeMicro!.Value / 1e6, s.LatitudeMicro!.Value / 1e6))]);
                return MapDrawing.Draw([.. seats.Select((s, i) => new MapShape(i + 1, s.Name, 1 + view.Parts.Count(p => p.Area == s.Code), [cells[i]], cells[i][0], null))], true, new ChartHead("map", "", Language.Zh)).ToString();
            });
            Report.Say($"  largest memory {Report.PeakMegabytes} MB");
            return 0;

            async Task Time<T>(string what, Func<ShanhuoDb, Task<T>> work)
            {
                var best = double.MaxValue;
                for (var run = 0; run < 5; run++)
                {
                    var watch = Stopwatch.StartNew();
                    await In(services, work);
                    best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
                }
                Report.Say($"  {what,-40} {best,6:0} ms");
            }
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, true);
        }
    }

    private static async Task Fill(ShanhuoDb db, int count)
    {
        var chance = new Random(1);
        var villages = await db.AreaFacts.Where(a => a.Level == AreaLevel.Village && a.Code >= County && a.Code <= County.Last).OrderBy(a => a.Code).Select(a => a.Code).ToListAsync();
        var (homes, members, incomes, statuses) = (new List<Household>(), new List<Member>(), new List<HouseholdIncome>(), new List<HouseholdStatus>());
        for (var h = 1; h <= count; h++)
        {
            var village = villages[chance.Next(villages.Count)];
            homes.Add(new Household { Id = h, Code = $"H-{h}", Area = village, HeadName = "马文", SafeWater = chance.Next(50) > 0, FoodAndClothing = true, Housing = chance.Next(20) == 0 ? null : "a" });
            for (var m = 0; m < 4; m++) members.Add(new Member { Id = h * 10L + m, HouseholdId = h, Area = village, Name = "马文", Relation = m == 0 ? "head" : "child", BirthYear = 1960 + chance.Next(60), Since = new(2010, 1, 1), InSchool = true, MedicalInsurance = chance.Next(100) > 0 });
            for (var year = 2021; year <= 2025; year++)
                for (var k = 0; k < 4; k++)
                    if (chance.Next(50) > 0) incomes.Add(new HouseholdIncome { Id = h * 100L + (year - 2021) * 10 + k, HouseholdId = h, Area = village, Year = year, Kind = HouseholdIncome.Kinds[k], Gross = new Fen(chance.Next(3_000_00)* 6L), Costs = k == 1 && chance.Next(10) == 0 ? null : Fen.Zero, IsEstimate = false, ByAccountId = 0, AtMs = 0 });
            if (chance.Next(3) == 0) statuses.Add(new HouseholdStatus { Id = h, HouseholdId = h, Status = "registered", Since = new(2014, 4, 1), Until = new(2019, 12, 1) });
            if (homes.Count < 5_000 && h < count) continue;
            await db.InsertAll(homes, default);
            await db.InsertAll(members, default);
            await db.InsertAll(incomes, default);
            await db.InsertAll(statuses, default);
            homes.Clear();
            members.Clear();
            incomes.Clear();
            statuses.Clear();
        }
    }

    private static async Task<T> In<T>(ServiceProvider services, Func<ShanhuoDb, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        return await work(scope.ServiceProvider.GetRequiredService<ShanhuoDb>());
    }
}
