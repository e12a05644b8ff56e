using Shanhuo.Settlement.Contracts;

namespace Shanhuo.Tests.Settlement.Bulk;

public sealed class BulkTwinTests
{
    [Fact]
    public void Any_season_comes_out_byte_for_byte_as_the_slow_twin_has_it()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            using var folder = Files(new RandomSeason(seed), out var expected);
            Assert.True(folder.Run() == BulkSettlement.Settled, $"seed {seed}: {folder.Errors}");
            Assert.True(expected == folder.Postings, $"seed {seed} differs");
        }
    }

    private static BulkFolder Files(RandomSeason season, out string expected)
    {
        expected = SlowTwin.Settle(season.Scheme, season.Intakes, season.Lines, season.Refunds);
        return new BulkFolder { Scheme = season.Scheme, Lots = season.LotsCsv, Lines = season.LinesCsv, Refunds = season.RefundsCsv };
    }
}
