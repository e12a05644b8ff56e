using Shanhuo.Kernel;

namespace Shanhuo.Bench;

/// <summary>One pool among many growers, beside sorting the same weights.</summary>
internal static class ApportionBench
{
    public static void Run(Options options)
    {
        var growers = (int)options.Number("--growers", 100_000);
        var chance = new Random(1);
        var weights = new long[growers];
        for (var i = 0; i < growers; i++) weights[i] = chance.NextInt64(10_000, 2_000_000) * chance.Next(300, 2000);
        var (parts, sorted) = (new long[growers], new long[growers]);
        foreach (var fen in new[] { 999L, 12_345_678, 123_456_789_012, 9_000_000_000_000_000 })
        {
            var seconds = Report.Best(5, () => Webster.Apportion(fen, weights, parts));
            var sorting = Report.Best(5, () =>
            {
                weights.CopyTo(sorted, 0);
                Array.Sort(sorted);
            });
            Report.Say($"apportion: {fen:N0} fen among {growers:N0} growers: {seconds * 1000:0.0} ms; sorting their weights takes {sorting * 1000:0.0} ms");
        }
    }
}
