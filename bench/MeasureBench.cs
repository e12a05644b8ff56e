using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Bench;

/// <summary>Poverty and inequality of a file of households by village, from CSV to CSV.</summary>
internal static class MeasureBench
{
    public static async Task<int> Run(Options options)
    {
        var rows = options.Number("--rows", 85_000);
        var villages = options.Number("--villages", 255);
        var path = Path.Combine(options.Text("--dir", Path.GetTempPath()), "shanhuo-measure.csv");
        var random = new Random(1);
        await using (var file = new StreamWriter(path))
        {
            await file.WriteLineAsync("id,village,income,w,stratum");
            for (var i = 0L; i < rows; i++)
            {
                // Sum of logs of six even chances: skewed to the right as incomes are.
                var income = 9000.0;
                for (var j = 0; j < 6; j++) income *= 0.6 + 0.8 * random.NextDouble();
                var village = random.NextInt64(villages);
                await file.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{i},V{village:00000},{(random.Next(50) == 0 ? "" : income.ToString("0.00", CultureInfo.InvariantCulture))},{1 + random.Next(4)},S{village % 10}"));
            }
        }
        var asked = new MeasureOptions(path, "income", 2995) { By = "village", Weight = "w" };
        var plain = await Time(asked);
        var errors = await Time(asked with { Strata = "stratum", Cluster = "village", StandardErrors = true });
        Report.Say($"measure: {rows:N0} households in {villages:N0} villages, {new FileInfo(path).Length >> 20} MB");
        Report.Say($"  FGT, Sen, Gini by village {plain:0.00} s; with standard errors {errors:0.00} s of one core; largest memory {Report.PeakMegabytes} MB");
        File.Delete(path);
        return 0;
    }

    private static async Task<double> Time(MeasureOptions asked)
    {
        var before = Report.Cpu;
        await MeasureFigures.Run(asked, Stream.Null, TextWriter.Null, Language.En, CancellationToken.None);
        return Report.Cpu - before;
    }
}
