using Shanhuo.Kernel;
using Shanhuo.Settlement.Bulk;
using Shanhuo.Settlement.Contracts;

namespace Shanhuo.Bench;

/// <summary>From CSV to CSV, beside plain reading of the same rows and plain copying of the same bytes.</summary>
internal static class CsvBench
{
    public static int Run(Options options)
    {
        var lines = options.Number("--lines", 1_000_000);
        var folder = options.Text("--dir", Path.Combine(Path.GetTempPath(), "shanhuo-bench"));
        SeasonFiles.Make(folder, lines, options.Number("--refunds-in", 50), 1);
        var input = Path.Combine(folder, "LINES.csv");
        var cells = 0L;
        var reading = Report.Best(2, () =>
        {
            using var rows = new CsvRows(input, 1 << 18);
            while (rows.Read()) cells += rows.Count;
        });
        var before = Report.Cpu;
        var code = Settle(folder);
        var settling = Report.Cpu - before;
        var output = Path.Combine(folder, "POSTINGS.csv");
        var copying = Report.Best(2, () =>
        {
            File.Copy(input, input + ".copy", overwrite: true);
            File.Copy(output, output + ".copy", overwrite: true);
        });
        File.Delete(input + ".copy");
        File.Delete(output + ".copy");
        Report.Say($"csv: {lines:N0} lines, {new FileInfo(input).Length >> 20} MB in, {new FileInfo(output).Length >> 20} MB out");
        Report.Say($"  settle {settling:0.00} s of one core: {lines / settling:N0} lines/s; {settling / reading:0.0} times reading the rows ({reading:0.00} s), {settling / copying:0.0} times copying both files ({copying:0.00} s)");
        Report.Say($"  largest memory {Report.PeakMegabytes} MB");
        return code;
    }

    /// <summary>Settles the files of a folder once.</summary>
    public static int Settle(string folder)
    {
        var refunds = Path.Combine(folder, "REFUNDS.csv");
        return BulkSettlement.Run(
            new BulkOptions(Path.Combine(folder, "S.json"), Path.Combine(folder, "LOTS.csv"), Path.Combine(folder, "LINES.csv"), File.Exists(refunds) ? refunds : null, Path.Combine(folder, "POSTINGS.csv")),
            TextWriter.Null, Console.Error, Language.En, CancellationToken.None);
    }
}
