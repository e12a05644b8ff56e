using Shanhuo.Settlement.Splits;

namespace Shanhuo.Bench;

/// <summary>The split itself, in memory: orders of one to three lines, apportioned per order, split, summed per role.</summary>
internal static class SplitBench
{
    public static void Run(Options options)
    {
        var count = (int)options.Number("--lines", 5_000_000);
        var scheme = ExampleScheme.Read();
        var chance = new Random(1);
        var lots = Enumerable.Range(0, 200).Select(_ =>
        {
            var grams = Enumerable.Range(0, 50).Select(_ => (Grams: (Int128)chance.Next(20_000, 9_000_000), Price: chance.Next(300, 2000))).ToArray();
            return new LotTerms { Intake = new LotPrice(grams.Aggregate(Int128.Zero, (all, g) => all + g.Grams * g.Price), grams.Aggregate(Int128.Zero, (all, g) => all + g.Grams), false) };
        }).ToArray();
        const int Kept = 100_000; // lines made beforehand and gone through again and again
        var lines = new LineAmounts[Kept];
        var (lot, size) = (new int[Kept], new int[Kept]);
        for (var i = 0; i < Kept; i++)
        {
            lines[i] = new LineAmounts { Goods = chance.Next(800, 9000), Freight = chance.Next(0, 1200), Grams = chance.Next(1, 11) * 500, Parcels = 1, Applies = scheme.Match.Of(chance.Next(5) == 0 ? "pavilion" : "taobao", "", "", "", false) };
            (lot[i], size[i]) = (chance.Next(lots.Length), chance.Next(1, 4));
        }
        var perRole = new long[32];
        var seconds = Report.Best(5, () => Settle(scheme, lines, lot, size, lots, count, perRole));
        Report.Say($"split: {count:N0} lines in {seconds:0.00} s of one core: {count / seconds:N0} lines/s, {seconds * 1e9 / count:0} ns a line");
    }

    private static void Settle(Shanhuo.Settlement.Schemes.Scheme scheme, LineAmounts[] lines, int[] lot, int[] size, LotTerms[] lots, int count, long[] perRole)
    {
        var parts = new Part[scheme.MostParts];
        var ofOrder = new long[3 * scheme.OrderSteps.Length];
        int[] ordinal = [0, 1, 2];
        for (var done = 0; done < count;)
        {
            var at = done % (lines.Length - 3);
            var order = lines.AsSpan(at, size[at]);
            OrderParts.Fill(scheme, order, ordinal.AsSpan(0, order.Length), ofOrder);
            for (var i = 0; i < order.Length; i++)
            {
                var found = LineSplit.Parts(scheme, order[i], lots[lot[at + i]], ofOrder.AsSpan(i * scheme.OrderSteps.Length, scheme.OrderSteps.Length), null, parts);
                for (var p = 0; p < found; p++) perRole[(int)parts[p].Role] += parts[p].Fen;
            }
            done += order.Length;
        }
    }
}
