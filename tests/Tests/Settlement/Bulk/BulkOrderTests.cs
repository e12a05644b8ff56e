using Shanhuo.Settlement.Contracts;

namespace Shanhuo.Tests.Settlement.Bulk;

public sealed class BulkOrderTests
{
    [Fact]
    public void The_order_of_rows_changes_nothing_that_anybody_has()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var (season, chance) = (new RandomSeason(seed), new Random(seed));
            using var folder = new BulkFolder { Scheme = season.Scheme, Lots = season.LotsCsv, Lines = season.LinesCsv, Refunds = season.RefundsCsv };
            Assert.Equal(BulkSettlement.Settled, folder.Run());
            var straight = folder.Postings!;
            season.Shuffle(chance);
            (folder.Lots, folder.Lines, folder.Refunds) = (season.LotsCsv, season.LinesCsv, season.RefundsCsv);
            Assert.Equal(BulkSettlement.Settled, folder.Run());
            // Refunds of one line stay in their order; all else is the same rows in another order.
            Assert.True(Sorted(straight).SequenceEqual(Sorted(folder.Postings!)), $"seed {seed}");
        }
    }

    [Fact]
    public void Two_runs_are_byte_for_byte_the_same()
    {
        var season = new RandomSeason(77);
        using var folder = new BulkFolder { Scheme = season.Scheme, Lots = season.LotsCsv, Lines = season.LinesCsv, Refunds = season.RefundsCsv };
        folder.Run();
        var first = folder.Postings;
        folder.Run();
        Assert.Equal(first, folder.Postings);
    }

    [Fact]
    public void A_large_order_is_apportioned_like_a_small_one()
    {
        const int Count = 3000;
        var ids = Enumerable.Range(0, Count).Select(i => $"n{i * 7919 % Count:0000}").ToArray();
        using var folder = new BulkFolder
        {
            Scheme = """{ "name": "n", "steps": [ { "to": "station", "fixed": "10", "per": "order" }, { "to": "cooperative", "rest": true } ] }""",
            Lots = BulkFolder.ExampleLots,
            Lines = BulkFolder.LinesHeader + string.Concat(ids.Select(id => $"{id},O,2026-11-21,jd,,,0,1,0\n")),
            Refunds = "line,day,amount\nn0999,2026-11-22,1\nn1000,2026-11-22,1\n",
        };
        Assert.Equal(BulkSettlement.Settled, folder.Run());
        // 1000 fen over 3000 lines of equal goods: one each to the first thousand in ordinal order.
        Assert.Equal(ids.Where(id => string.CompareOrdinal(id, "n1000") < 0), folder.Postings!.Split('\n').Where(row => row.EndsWith(",station,1", StringComparison.Ordinal)).Select(row => row[..5]));
        Assert.Contains("refund:n0999,station,-1\n", folder.Postings, StringComparison.Ordinal);
        Assert.DoesNotContain("refund:n1000,station", folder.Postings, StringComparison.Ordinal);
    }

    private static string[] Sorted(string postings) => [.. postings.Split('\n').Order(StringComparer.Ordinal)];
}
