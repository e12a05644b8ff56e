using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Migrations;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Measures;
using Shanhuo.Registry.Targeting.Features;
using Shanhuo.Registry.Targeting.Rules;
using Shanhuo.Web;

namespace Shanhuo.Bench;

/// <summary>Rules over many households: preview, scores with bounds, ways out, poverty by village; and how long the register takes to be read.</summary>
internal static class TargetingBench
{
    private static readonly Feature Net = HouseholdFeature.Of("net-income"), Food = HouseholdFeature.Of("food-and-clothing"), School = HouseholdFeature.Of("out-of-school"), Uninsured = HouseholdFeature.Of("uninsured"), Housing = HouseholdFeature.Of("housing"), Water = HouseholdFeature.Of("safe-water");

    public static async Task<int> Run(Options options)
    {
        var villages = options.Number("--villages", 255);
        foreach (var rows in new[] { options.Number("--rows", 85_000), options.Number("--more", 1_000_000) }.Distinct()) Rules((int)rows, villages);
        if (options.Number("--load", 85_000) is > 0 and var load) await Load((int)load, options);
        return 0;
    }

    private static void Rules(int rows, long villages)
    {
        var before = GC.GetTotalMemory(true);
        var features = Make(rows, villages);
        Report.Say($"targeting: {rows:N0} invented households, one value in ten unknown, {(GC.GetTotalMemory(true) - before) >> 20} MB in memory");
        var (national, readiness) = (Read("national-line"), Read("e-commerce-readiness"));
        Picks? picks = null;
        List<(Truth, int)>? plainPicks = null;
        Time("preview of the national line", () => picks = national.Apply(features));
        Time("reference: plain LINQ over objects, same rule, same bounds", () => plainPicks = Plain(features));
        for (var row = 0; row < rows; row++)
            if (picks!.Answers[row] != (byte)plainPicks![row].Item1) throw new InvalidOperationException($"Row {row} differs.");
        Report.Say($"  the two agree on all rows: {picks!.Count(Truth.Yes):N0} picked, {picks.Count(Truth.Unknown):N0} undecided");
        Time("scores of all with bounds (readiness, 6 terms)", () => picks = readiness.Apply(features));
        Time("incidence, gap and severity by village", () => ByVillage(features, 4_000_00));
        Time("fingerprint of all that is known", () => features.Fingerprint());
    }

    private static void Time(string what, Action work)
    {
        work();
        var wall = double.MaxValue;
        for (var run = 0; run < 5; run++)
        {
            var watch = Stopwatch.StartNew();
            work();
            wall = Math.Min(wall, watch.Elapsed.TotalMilliseconds);
        }
        Report.Say($"  {what}: {wall:0.0} ms");
    }

    private static RuleDocument Read(string file) => RuleReader.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "targeting", file + ".json")));

    // The reference: an object for each household and lambdas, as one would write it first; no answer is guessed here either.
    private static List<(Truth, int)> Plain(HouseholdFeatures features)
    {
        var homes = Enumerable.Range(0, features.Count).Select(row => new { Row = row, Net = features[Net, row], Food = features[Food, row], School = features[School, row], Uninsured = features[Uninsured, row], Housing = features[Housing, row], Water = features[Water, row] });
        return [.. homes.Select(h => (new[] { Below(h.Net, 4_000_00), Is(h.Food, 0, 0), Is(h.School, 1, int.MaxValue), Is(h.Uninsured, 1, int.MaxValue), Is(h.Housing, 2, 3), Is(h.Water, 0, 0) }.Max(), h.Row))];

        static Truth Below((int Low, int High) value, int line) => Is(value, int.MinValue, line - 1);

        static Truth Is((int Low, int High) value, int from, int to) => value.Low >= from && value.High <= to ? Truth.Yes : value.High < from || value.Low > to ? Truth.No : Truth.Unknown;
    }

    private static int ByVillage(HouseholdFeatures features, int line)
    {
        var low = features.Low(Net);
        var high = features.High(Net);
        var (incomes, weights, sum) = (new List<double>(), new List<double>(), 0);
        for (var start = 0; start < features.Count;)
        {
            var end = start;
            incomes.Clear();
            weights.Clear();
            for (; end < features.Count && features.Villages[end] == features.Villages[start]; end++)
            {
                if (low[end] != high[end]) continue;
                incomes.Add(low[end]);
                weights.Add(1);
            }
            var all = CollectionsMarshal.AsSpan(incomes);
            var of = CollectionsMarshal.AsSpan(weights);
            for (var power = 0; power < 3; power++) sum += (int)(1000 * Fgt.Of(all, of, line, power));
            start = end;
        }
        return sum;
    }

    private static HouseholdFeatures Make(int rows, long villages)
    {
        var chance = new Random(1);
        var features = new HouseholdFeatures([.. Enumerable.Range(1, rows).Select(i => (long)i)], [.. Enumerable.Range(0, rows).Select(i => new AreaCode(620525_100_000 + i * villages / rows))]);
        for (var row = 0; row < rows; row++)
            foreach (var feature in HouseholdFeature.ForRules)
            {
                if (chance.Next(10) == 0) continue;
                features.Set(feature, row, feature.Kind == FeatureKind.Number ? chance.NextInt64(0, feature.Unit switch { "yuan" => 20_000_00, "mu" => 15_00, "m" => 16_000, _ => 4 }) : chance.NextInt64(feature.Least, feature.Most + 1L));
            }
        return features;
    }

    // Households with four members and four incomes each in an SQLite database of their own.
    private static async Task Load(int rows, Options options)
    {
        var folder = Directory.CreateTempSubdirectory("shanhuo-targeting-").FullName;
        try
        {
            await using var services = new ServiceCollection().AddLogging().AddShanhuo(new Installation(folder, options.Text("--connection", $"Data Source={Path.Combine(folder, "t.db")}"), false), TimeProvider.System).BuildServiceProvider();
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
            var db = scope.ServiceProvider.GetRequiredService<ShanhuoDb>();
            await db.Database.EnsureCreatedAsync();
            var year = TimeProvider.System.Today.Year - 1;
            var all = Enumerable.Range(0, rows).Select(i => (Id: 1 + (long)i, Area: new AreaCode(620525_100_001 + i * 255L / rows))).ToList();
            await db.InsertAll(all.Select(h => new Household { Id = h.Id, Code = $"H-{h.Id}", Area = h.Area, HeadName = "户", Housing = "a", SafeWater = true, FoodAndClothing = true, FarmlandCentimu = (int)(h.Id % 900), StationDistanceMetres = 900, HasWill = h.Id % 3 == 0 }), default);
            await db.InsertAll(all.SelectMany(h => Enumerable.Range(0, 4).Select(n => new Member { Id = h.Id * 4 + n, HouseholdId = h.Id, Area = h.Area, Name = "人", Relation = n == 0 ? "head" : "child", BirthYear = 1975 + n * 9, Since = new(2020, 1, 1), Labour = "ordinary", Health = "well", AwayMonths = n })), default);
            await db.InsertAll(all.SelectMany(h => HouseholdIncome.Kinds.Select((kind, k) => new HouseholdIncome { Id = h.Id * 4 + k, HouseholdId = h.Id, Area = h.Area, Year = year, Kind = kind, Gross = new Fen(4_000_00 + h.Id % 7_000_00), Costs = Fen.Zero, IsEstimate = false, ByAccountId = 1, AtMs = 1 })), default);
            var loader = scope.ServiceProvider.GetRequiredService<FeatureLoader>();
            var watch = Stopwatch.StartNew();
            var features = await loader.Load(DemoCounty.Zhangjiachuan, default);
            Report.Say($"  load: {features.Count:N0} households with {rows * 4L:N0} members and {rows * 4L:N0} incomes from {(db.IsSqlite ? "SQLite" : "PostgreSQL")} {watch.Elapsed.TotalSeconds:0.00} s; largest memory {Report.PeakMegabytes} MB");
        }
        finally { Directory.Delete(folder, true); }
    }
}
