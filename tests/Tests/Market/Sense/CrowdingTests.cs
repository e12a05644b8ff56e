using Shanhuo.Kernel;
using Shanhuo.Market.Sense;

namespace Shanhuo.Tests.Market.Sense;

public sealed class CrowdingTests
{
    private static readonly Crowding Rule = new(52, 30, 5, 300, 150, 100);

    [Theory]
    // A third is left over: crowded at any price.
    [InlineData(1_000, 700, 5_800, 5_800, "Crowded", 300)]
    [InlineData(1_000, 701, 5_800, 5_800, "Open", 299)]
    // Less is left, but the price fell by a tenth.
    [InlineData(1_000, 850, 5_220, 5_800, "Crowded", 150)]
    [InlineData(1_000, 850, 5_221, 5_800, "Open", 150)]
    [InlineData(1_000, 851, 4_000, 5_800, "Open", 149)]
    // Of an older stock more was sold than came in.
    [InlineData(1_000, 1_400, 5_800, 5_800, "Open", 0)]
    public void Offered_against_sold_and_the_price_decide_at_the_thresholds(long offered, long sold, long now, long then, string answer, long unsold)
    {
        var crowd = Rule.Of(new SeasonFacts(offered, sold, new Fen(now), 30, 5), new SeasonFacts(offered, sold, new Fen(then), 30, 5));
        Assert.Equal(answer, crowd.Answer.ToString());
        Assert.Equal(unsold, crowd.UnsoldPerMille);
    }

    [Theory]
    [InlineData(29, 5, 30, 5), InlineData(30, 4, 30, 5), InlineData(30, 5, 29, 5), InlineData(30, 5, 30, 4)]
    public void Where_either_season_is_thin_nothing_is_said(long lines, int households, long linesBefore, int householdsBefore) =>
        Assert.Equal(CrowdAnswer.Unknown, Rule.Of(new SeasonFacts(1_000, 100, new Fen(1), lines, households), new SeasonFacts(1_000, 100, new Fen(5_800), linesBefore, householdsBefore)).Answer);

    [Fact]
    public void Without_a_price_in_both_seasons_or_without_goods_nothing_is_said()
    {
        Assert.Equal(CrowdAnswer.Unknown, Rule.Of(new SeasonFacts(1_000, 100, new Fen(1), 99, 9), new SeasonFacts(1_000, 100, null, 99, 9)).Answer);
        Assert.Equal(CrowdAnswer.Unknown, Rule.Of(new SeasonFacts(0, 100, new Fen(1), 99, 9), new SeasonFacts(0, 100, new Fen(1), 99, 9)).Answer);
    }

    [Fact]
    public void Figures_of_few_households_are_not_shown()
    {
        var rule = Rule with { FewestHouseholds = 0 };
        Assert.False(rule.Of(new SeasonFacts(1, 1, new Fen(1), 99, 2), new SeasonFacts(1, 1, new Fen(1), 99, 9)).MayShow);
        Assert.True(rule.Of(new SeasonFacts(1, 1, new Fen(1), 99, 3), new SeasonFacts(1, 1, new Fen(1), 99, 9)).MayShow);
    }

    [Fact]
    public void More_offered_or_a_lower_price_never_turns_a_warning_into_none_and_measuring_in_other_units_changes_nothing()
    {
        var random = new Random(20260801);
        for (var n = 0; n < 5_000; n++)
        {
            var last = new SeasonFacts(random.Next(0, 3_000), random.Next(0, 3_000), new Fen(random.Next(1, 9_000)), 30, 5);
            var before = new SeasonFacts(random.Next(0, 3_000), random.Next(0, 3_000), new Fen(random.Next(1, 9_000)), 30, 5);
            var crowd = Rule.Of(last, before);
            if (crowd.UnsoldPerMille is { } unsold) Assert.InRange(unsold, 0, 1000);
            Assert.Equal(crowd.Answer, Rule.Of(Times(last, 1_000), Times(before, 1_000)).Answer);
            if (crowd.Answer != CrowdAnswer.Crowded) continue;
            Assert.Equal(CrowdAnswer.Crowded, Rule.Of(last with { Offered = last.Offered + random.Next(1, 500) }, before).Answer);
            Assert.Equal(CrowdAnswer.Crowded, Rule.Of(last with { Sold = last.Sold * random.Next(0, 100) / 100 }, before).Answer);
            Assert.Equal(CrowdAnswer.Crowded, Rule.Of(last with { Median = new Fen(random.Next(0, (int)last.Median!.Value.Value + 1)) }, before).Answer);
        }

        static SeasonFacts Times(SeasonFacts season, long by) => season with { Offered = season.Offered * by, Sold = season.Sold * by };
    }

    [Fact]
    public void What_ships_can_be_read_and_a_season_is_a_year_of_weeks() => Assert.Equal(52, Crowding.Shipped.WeeksPerSeason);
}
