using Shanhuo.Registry.Targeting.Features;

namespace Shanhuo.Tests.Registry.Targeting;

public sealed class TallyTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static MemberLine Member(string relation, int? born, string? labour = null, int? away = null, string? health = null, bool? inSchool = null, bool? insured = null, DateOnly? day = null, string? schooling = null) =>
        new(1, relation, born, day, null, null, schooling, inSchool, labour, health, insured, away);

    private static (int Low, int High) Count(string key, params MemberLine[] members)
    {
        var features = new HouseholdFeatures([1], [default]);
        var tally = new MemberTally(features, Today);
        foreach (var member in members) tally.Add(0, member);
        return features[HouseholdFeature.Of(key), 0];
    }

    [Fact]
    public void A_household_of_which_no_member_is_written_down_has_an_unknown_number_of_people()
    {
        var people = HouseholdFeature.Of("people");
        var features = new HouseholdFeatures([1], [default]);
        _ = new MemberTally(features, Today);
        Assert.True(people.IsUnknown(features[people, 0].Low, features[people, 0].High));
    }

    [Fact]
    public void A_member_of_whom_labour_or_absence_is_not_known_widens_the_helpers_by_one()
    {
        Assert.Equal((1, 1), Count("helpers", Member("head", 1980, "ordinary", 0), Member("child", 2015, "none", 0)));
        Assert.Equal((1, 2), Count("helpers", Member("head", 1980, "ordinary", 0), Member("spouse", 1982, null, 0)));
        Assert.Equal((0, 1), Count("helpers", Member("head", 1980, "ordinary", null)));
        Assert.Equal((0, 0), Count("helpers", Member("head", 1980, "ordinary", 6)));
        Assert.Equal((0, 0), Count("helpers", Member("head", 1980, "none", null)));
        Assert.Equal((0, 0), Count("helpers", Member("head", 1955, "ordinary", 0)));
        Assert.Equal((1, 1), Count("helpers", Member("head", 1980, "weak", 5)));
    }

    [Fact]
    public void A_birth_year_alone_leaves_open_whether_the_birthday_has_been()
    {
        Assert.Equal((0, 1), Count("children", Member("child", 2010)));
        Assert.Equal((1, 1), Count("children", Member("child", null, day: new DateOnly(2010, 11, 22))));
        Assert.Equal((0, 0), Count("children", Member("child", null, day: new DateOnly(2010, 11, 21))));
        Assert.Equal((0, 1), Count("children", Member("child", null)));
    }

    [Fact]
    public void A_child_is_out_of_school_only_when_it_is_of_age_and_said_to_be()
    {
        Assert.Equal((1, 1), Count("out-of-school", Member("child", 2015, inSchool: false)));
        Assert.Equal((0, 0), Count("out-of-school", Member("child", 2015, inSchool: true)));
        Assert.Equal((0, 1), Count("out-of-school", Member("child", 2015)));
        Assert.Equal((0, 0), Count("out-of-school", Member("child", 2023)));
        Assert.Equal((0, 0), Count("out-of-school", Member("head", 1980)));
    }

    [Fact]
    public void The_best_schooling_is_at_least_what_is_known()
    {
        Assert.Equal((2, 2), Count("schooling", Member("head", 1980, schooling: "junior"), Member("spouse", 1982, schooling: "none")));
        Assert.Equal((2, 5), Count("schooling", Member("head", 1980, schooling: "junior"), Member("spouse", 1982)));
    }

    [Fact]
    public void Net_income_per_head_has_bounds_where_a_kind_or_a_cost_is_not_known()
    {
        var all = new (string, long, long?)[] { ("wages", 9_000_00, null), ("business", 3_000_00, 1_000_01), ("property", 0, 0), ("transfers", 100_00, null) };
        Assert.Equal((3_699_99, 3_699_99), Net(3, all));
        Assert.Equal((3_033_33, 3_033_33), Net(3, [.. all.Where(i => i.Item1 != "business"), ("business", 1_000_00, 1_000_00)]));
        var net = HouseholdFeature.Of("net-income");
        Assert.Equal((3_699_99, net.Most), Net(3, [.. all.Where(i => i.Item1 != "transfers"), ("wages", 0, 0)], 100_00));
        Assert.Equal((net.Least, 4_033_33), Net(3, [.. all.Where(i => i.Item1 != "business"), ("business", 3_000_00, null)]));
        Assert.Equal((net.Least, net.Most), Net(3, [.. all.Where(i => i.Item1 != "business")]));
        Assert.Equal((net.Least, net.Most), Net(0, all));
        Assert.Equal((net.Least, net.Most), Net(3, []));
    }

    private static (int, int) Net(int people, (string Kind, long Gross, long? Costs)[] incomes, long more = 0)
    {
        var features = new HouseholdFeatures([1], [default]);
        if (people > 0) features.Set(HouseholdFeature.Of("people"), 0, people, people);
        var tally = new IncomeTally(features);
        foreach (var (kind, gross, costs) in incomes) tally.Add(0, kind, gross + (kind == "property" ? more : 0), costs);
        tally.End();
        return features[HouseholdFeature.Of("net-income"), 0];
    }
}
