using System.Diagnostics;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Tests.Registry.Files;

namespace Shanhuo.Bench;

/// <summary>Makes the sheet of a county's households, to be imported by <c>shanhuo register import</c>, and says what reading its bytes alone costs.</summary>
internal static class RegisterBench
{
    public static async Task<int> Run(Options options)
    {
        var (households, people) = ((int)options.Number("--households", 85_000), (int)options.Number("--people", 339_600));
        var path = options.Text("--out", "register.xlsx");
        var villages = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "divisions", "villages.csv")).Skip(1).Where(l => l.StartsWith("620525", StringComparison.Ordinal)).Select(l => l.Split(',')[4]).ToList();
        await using (var file = File.Create(path)) CountySheet.Write(file, SheetFormat.Xlsx, households, people, villages, (int)options.Number("--fault-every", 1_000));
        var (before, watch) = (Report.Cpu, Stopwatch.StartNew());
        var reader = (await SheetReader.OpenOwn(path, CancellationToken.None)).Value;
        var cells = reader.Rows().Sum(r => r.Value.Cells.Count);
        Report.Say($"register sheet: {households:N0} households, {people:N0} people, {new FileInfo(path).Length >> 20} MB; reading its {cells:N0} cells alone {Report.Cpu - before:0.0} s of one core, {watch.Elapsed.TotalSeconds:0.0} s, largest memory {Report.PeakMegabytes} MB");
        return 0;
    }
}
