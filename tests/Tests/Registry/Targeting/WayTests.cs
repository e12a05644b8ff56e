using Shanhuo.Registry.Targeting.Features;
using Shanhuo.Registry.Targeting.Rules;
using Shanhuo.Registry.Targeting.Ways;

namespace Shanhuo.Tests.Registry.Targeting;

public sealed class WayTests
{
    private static readonly WaysDocument Ways = WaysDocument.Read(RuleTests.Shipped("ways-out.json"));

    private static HouseholdFeatures Home(params (string Key, long Low, long High)[] known)
    {
        var features = new HouseholdFeatures([1], [default]);
        foreach (var (key, low, high) in known) features.Set(HouseholdFeature.Of(key), 0, low, high);
        return features;
    }

    private static HouseholdFeatures Able(long skills = 1, long helpers = 2) => Home(("helpers", helpers, helpers), ("workers", 2, 2), ("will", 1, 1), ("smartphone", 1, 1), ("skills", skills, skills), ("station-distance", 800, 800), ("funds", 1, 1), ("idea", 1, 1), ("signal", 2, 2),
        ("farmland", 12_00, 12_00), ("station-active", 1, 1), ("village-sales", 100_00, 100_00), ("schooling", 2, 2), ("seriously-ill", 0, 0), ("disabled", 0, 0), ("trained", 0, 0));

    [Theory]
    [InlineData(1, 2, "own-shop")]
    [InlineData(0, 2, "supply")]
    [InlineData(1, 0, "social-support")]
    public void The_first_way_follows_from_helpers_and_skills(int skills, int helpers, string way)
    {
        var ranked = Ways.Rank(Able(skills, helpers), 0);
        Assert.Equal(way, ranked[0].Way.Key);
        Assert.True(WaysDocument.IsSure(ranked));
        Assert.Empty(WaysDocument.Ask(ranked, Able(skills, helpers), 0));
    }

    [Fact]
    public void What_is_not_known_is_asked_for_and_nothing_is_sure()
    {
        var home = Able();
        home.Blank(HouseholdFeature.Of("skills"), 0);
        home.Blank(HouseholdFeature.Of("cattle"), 0);
        var ranked = Ways.Rank(home, 0);
        Assert.False(WaysDocument.IsSure(ranked));
        Assert.Contains("skills", WaysDocument.Ask(ranked, home, 0).Select(f => f.Key));
        Assert.DoesNotContain("cattle", WaysDocument.Ask(ranked, home, 0).Select(f => f.Key));
    }

    [Fact]
    public void A_year_later_the_gain_is_compared_and_the_need_that_failed_is_named()
    {
        var now = new HouseholdFeatures([1, 2, 3, 4], new Shanhuo.Kernel.AreaCode[4]);
        var way = Ways.Ways.Single(w => w.Key == "own-shop"); // 2,000 to 6,000 yuan
        var households = new List<FollowedHousehold>();
        foreach (var (row, before, after, received, phone) in new[] { (0, 3_000_00L, 4_000_00L, 0L, 1), (1, 3_000_00, 3_000_00, 2_000_00, 1), (2, 3_000_00, 3_100_00, 0, 0), (3, 3_000_00, -1, 0, 1) })
        {
            var then = Able();
            Say(then, 0, before, 0);
            foreach (var key in new[] { "helpers", "will", "smartphone", "skills", "station-distance" }) { var (low, high) = then[HouseholdFeature.Of(key), 0]; now.Set(HouseholdFeature.Of(key), row, low, high); }
            now.Set(HouseholdFeature.Of("smartphone"), row, phone, phone);
            Say(now, row, after, received);
            households.Add(new FollowedHousehold(way, then, now, row));
        }
        Assert.Equal([2_000_00L, 2_000_00L, 200_00L, null], households.Select(h => h.Gained));
        Assert.Equal([true, true, false, null], households.Select(h => h.Reached));
        var result = Assert.Single(WayResult.Of(households));
        Assert.Equal((4, 3, 2_000_00L, 6_000_00L, 1_400_00L), (result.Chosen, result.Known, result.ExpectedFrom, result.ExpectedTo, result.Gained));
        Assert.Equal(2 / 3.0, result.Reached, 12);
        Assert.Equal([("smartphone", 1)], result.Failed.Select(f => (f.What.Feature.Key, f.Households)));

        static void Say(HouseholdFeatures features, int row, long net, long received)
        {
            features.Set(HouseholdFeature.Of("people"), row, 2, 2);
            if (net >= 0) features.Set(HouseholdFeature.Of("net-income"), row, net, net);
            features.Set(HouseholdFeature.Of("received"), row, received, received);
        }
    }
}
