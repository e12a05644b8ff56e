using Shanhuo.Kernel;
using Shanhuo.Settlement.Close;
using Shanhuo.Settlement.Schemes;

namespace Shanhuo.Bench;

/// <summary>A cooperative's close among many members, beside sorting their codes, which any close must do.</summary>
internal static class CloseBench
{
    public static void Run(Options options)
    {
        var count = (int)options.Number("--members", 10_000);
        var chance = new Random(1);
        var members = new MemberStake[count];
        for (var i = 0; i < count; i++) members[i] = new MemberStake($"H-{chance.Next():000000000}-{i}", new Fen(chance.NextInt64(0, 5_000_000)), chance.Next(0, 300), new Fen(chance.NextInt64(10_000, 3_000_000)));
        var terms = new CloseTerms(new Rate(200_000), new Rate(600_000), new Rate(50_000), new Rate(50_000));
        var closing = Report.Best(5, () => _ = Surplus.Divide(new Fen(12_345_678_901), new Fen(4_000_000_000), Fen.Zero, terms, members, new DateOnly(2026, 12, 31)).Value);
        var codes = new string[count];
        var sorting = Report.Best(5, () =>
        {
            for (var i = 0; i < count; i++) codes[i] = members[i].Code;
            Array.Sort(codes, StringComparer.Ordinal);
        });
        Report.Say($"close: {count:N0} members: {closing * 1000:0.0} ms; sorting their codes takes {sorting * 1000:0.0} ms");
    }
}
