using Shanhuo.Voice.Ballots;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Tests.Voice.Ballots;

public sealed class AssemblyRuleTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Theory] // members, present, yes: two thirds of the members come, more than half of all members say yes
    [InlineData(3, 2, 2, BallotResult.Carried)]
    [InlineData(3, 1, 1, BallotResult.NoQuorum)]
    [InlineData(4, 2, 2, BallotResult.NoQuorum)]
    [InlineData(4, 3, 2, BallotResult.NoMajority)]
    [InlineData(4, 3, 3, BallotResult.Carried)]
    [InlineData(150, 99, 99, BallotResult.NoQuorum)]
    [InlineData(150, 100, 75, BallotResult.NoMajority)]
    [InlineData(150, 100, 76, BallotResult.Carried)]
    [InlineData(1, 1, 1, BallotResult.Carried)]
    [InlineData(1, 1, 0, BallotResult.NoMajority)]
    [InlineData(0, 0, 0, BallotResult.NoQuorum)]
    [InlineData(2_000_000_000, 1_333_333_334, 1_000_000_001, BallotResult.Carried)]
    public void Quorum_and_majority_are_counted_on_all_members_exactly(int members, int present, int yes, BallotResult result) =>
        Assert.Equal(result, AssemblyRule.On(Today, BallotMatter.Ordinary).Decide(15, members, present, yes));

    [Theory]
    [InlineData(14, BallotResult.ShortNotice)]
    [InlineData(15, BallotResult.Carried)]
    public void Notice_is_counted_in_whole_days(int days, BallotResult result) =>
        Assert.Equal(result, AssemblyRule.On(Today, BallotMatter.Ordinary).Decide(days, 3, 3, 3));

    [Theory]
    [InlineData(99, BallotResult.NoMajority)]
    [InlineData(100, BallotResult.Carried)]
    public void A_change_of_the_charter_needs_two_thirds_of_all_votes(int yes, BallotResult result) =>
        Assert.Equal(result, AssemblyRule.On(Today, BallotMatter.Charter).Decide(15, 150, 120, yes));

    [Theory]
    [InlineData("2018-06-30", "2006")]
    [InlineData("2018-07-01", "2017")]
    public void Each_day_has_the_law_of_that_day(string day, string law)
    {
        var rule = AssemblyRule.On(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), BallotMatter.Ordinary);
        Assert.Contains(law, rule.QuorumSource.Zh);
        Assert.Contains(law, rule.QuorumSource.En);
        Assert.Contains(law, rule.MajoritySource.Zh);
    }

    [Fact]
    public void The_least_count_is_the_first_that_reaches_the_share()
    {
        foreach (var share in new[] { new NeededShare(2, 3, false), new NeededShare(1, 2, true) })
            for (var all = 1; all <= 200; all++)
            {
                Assert.True(share.IsReachedBy(share.LeastOf(all), all));
                Assert.False(share.IsReachedBy(share.LeastOf(all) - 1, all));
            }
    }
}
