using Shanhuo.Kernel;
using Shanhuo.Market.Sense;

namespace Shanhuo.Tests.Market.Sense;

public sealed class PriceTableTests
{
    private static readonly DateOnly Monday = new(2026, 11, 16);

    [Theory]
    [InlineData(2900, 500, false, 5800)]
    [InlineData(5890, 1000, false, 5890)]
    [InlineData(12345, 1000, false, 12300)]
    [InlineData(12350, 1000, false, 12400)] // half to even
    [InlineData(99_960, 1000, false, 100_000)]
    [InlineData(30_000, 1, true, 30_000)]
    [InlineData(1, 1_000_000, false, 0)]
    public void A_price_is_kept_to_three_figures(long goods, long quantity, bool byPiece, long price) => Assert.Equal(new Fen(price), UnitPrice.Of(new Fen(goods), quantity, byPiece));

    [Fact]
    public void A_kept_price_is_off_by_at_most_half_a_hundredth_and_half_a_fen()
    {
        var random = new Random(7);
        for (var n = 0; n < 20_000; n++)
        {
            var (goods, quantity) = (random.NextInt64(1, 100_000_000), random.NextInt64(1, 10_000_000));
            var exact = goods * 1000m / quantity;
            Assert.True(Math.Abs(UnitPrice.Of(new Fen(goods), quantity, false).Value - exact) <= Math.Max(0.5m, exact * 0.005m), $"{goods} / {quantity}");
        }
    }

    [Theory]
    [InlineData("2026-11-16", "2026-11-16"), InlineData("2026-11-21", "2026-11-16"), InlineData("2026-11-22", "2026-11-16"), InlineData("2026-11-23", "2026-11-23"), InlineData("2027-01-01", "2026-12-28")]
    public void A_week_begins_on_monday(string day, string monday) => Assert.Equal(DateOnly.Parse(monday, System.Globalization.CultureInfo.InvariantCulture), UnitPrice.Week(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void The_median_is_where_half_of_the_quantity_is_reached_as_a_list_of_every_gram_says()
    {
        var random = new Random(11);
        for (var n = 0; n < 500; n++)
        {
            var sold = Enumerable.Range(0, random.Next(1, 8)).Select(_ => (Price: new Fen(random.Next(1, 20)), Quantity: (long)random.Next(1, 9))).ToList();
            var grams = sold.SelectMany(s => Enumerable.Repeat(s.Price.Value, (int)s.Quantity)).Order().ToList();
            var spread = PriceSpread.Of(sold)!.Value;
            Assert.Equal(grams[(grams.Count - 1) / 2], spread.Median.Value);
            Assert.Equal((grams[0], grams[^1], grams.Count), (spread.Low.Value, spread.High.Value, spread.Quantity));
        }
        Assert.Null(PriceSpread.Of([]));
    }

    [Fact]
    public void A_group_of_two_households_stands_with_others_and_cannot_be_had_by_subtraction()
    {
        var week = Assert.Single(PriceTable.Of([Group("1", "taobao", 60, 1, 2, 3, 4), Group("1", "jd", 50, 5, 6, 7), Group("2", "taobao", 40, 1, 8)]));
        Assert.Equal(["1/taobao", "/"], week.Cells.Select(c => $"{c.Grade}/{c.Channel}"));
        // Two alone would be the whole less the rest, so the smallest group that could be shown stands with them.
        Assert.Equal(5, week.Cells[1].Households);
        Assert.Equal(week.Spread.Quantity, week.Cells.Sum(c => c.Spread.Quantity));
    }

    [Fact]
    public void A_week_of_two_households_is_left_out_whole() => Assert.Empty(PriceTable.Of([Group("1", "taobao", 60, 1, 2), Group("2", "taobao", 60, 1, 2)]));

    [Fact]
    public void Whatever_is_shown_has_three_households_and_so_has_what_is_left_of_the_week()
    {
        var random = new Random(3);
        for (var n = 0; n < 2_000; n++)
        {
            var groups = (from grade in Enumerable.Range(0, random.Next(1, 4)) from channel in Enumerable.Range(0, random.Next(1, 4)) select Group($"{grade}", $"{channel}", random.Next(1, 99), [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (long)random.Next(1, 12))])).ToList();
            foreach (var week in PriceTable.Of(groups))
            {
                Assert.All(week.Cells, c => Assert.True(c.Households >= 3));
                var named = week.Cells.Where(c => c.Grade is not null).Select(c => (c.Grade, c.Channel)).ToHashSet();
                var rest = groups.Where(g => !named.Contains((g.Grade, g.Channel))).SelectMany(g => g.Households).Distinct().Count();
                Assert.True(rest is 0 or >= 3);
                Assert.Equal(groups.Sum(g => g.Sold[0].Quantity), week.Cells.Sum(c => c.Spread.Quantity));
            }
        }
    }

    private static SoldGroup Group(string grade, string channel, long price, params long[] households) => new(Monday, grade, channel, [(new Fen(price), 100)], households.ToHashSet());
}
