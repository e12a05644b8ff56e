using Shanhuo.Kernel;
using Shanhuo.Registry.Households.Fields;
using Shanhuo.Registry.Targeting.Features;
using Shanhuo.Registry.Targeting.Rules;
using Shanhuo.Registry.Targeting.Ways;
using Shanhuo.Web;

namespace Shanhuo.Tests.Registry.Targeting;

public sealed class RuleTests
{
    private static readonly Feature Farmland = HouseholdFeature.Of("farmland"), Helpers = HouseholdFeature.Of("helpers"), Will = HouseholdFeature.Of("will"), Net = HouseholdFeature.Of("net-income");

    internal static string Shipped(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data", "targeting", file));

    internal static RuleDocument Rule(string inner) => RuleReader.Read($$"""{ "name": { "zh": "甲", "en": "A" }, "source": { "zh": "乙", "en": "B" }, {{inner}} }""");

    internal static RuleWords Words(Language language)
    {
        var texts = new Texts(ShanhuoHost.Modules.All.Select(m => m.Assembly));
        return new((key, arguments) => texts.Say(language, key, arguments));
    }

    [Fact]
    public void Blanks_in_random_places_of_10000_households_move_nobody_across_a_line()
    {
        var whole = InventedHouseholds.Make(10_000, 1);
        var chance = new Random(2);
        var rules = new[] { "national-line.json", "monitoring-line.json", "e-commerce-readiness.json" }.Select(Shipped).Concat(Enumerable.Range(0, 60).Select(_ => InventedHouseholds.Rule(chance))).Select(RuleReader.Read).ToList();
        var (crossed, undecided, decided) = (0, 0, 0);
        foreach (var (rule, i) in rules.Select((r, i) => (r, i)))
        {
            var blanked = InventedHouseholds.Blanked(whole, 0.15, 100 + i);
            var (truth, seen) = (rule.Apply(whole), rule.Apply(blanked));
            for (var row = 0; row < whole.Count; row++)
            {
                Assert.NotEqual((byte)Truth.Unknown, truth.Answers[row]);
                if (seen.Answers[row] == (byte)Truth.Unknown) undecided++;
                else if (seen.Answers[row] == truth.Answers[row]) decided++;
                else crossed++;
                if (rule.Score is null) continue;
                Assert.Equal(truth.Lows[row], truth.Highs[row]);
                Assert.InRange(truth.Lows[row], seen.Lows[row], seen.Highs[row]);
            }
        }
        Assert.Equal(0, crossed);
        Assert.True(undecided > 10_000 && decided > 100_000, $"{undecided} undecided, {decided} decided: the test would say nothing.");
    }

    [Fact]
    public void Blanks_in_random_places_never_make_a_way_out_sure_that_is_not_first_in_truth()
    {
        var whole = InventedHouseholds.Make(10_000, 3);
        var blanked = InventedHouseholds.Blanked(whole, 0.1, 4);
        var ways = WaysDocument.Read(Shipped("ways-out.json"));
        var sure = 0;
        for (var row = 0; row < whole.Count; row++)
        {
            var (truth, seen) = (ways.Rank(whole, row), ways.Rank(blanked, row));
            if (!WaysDocument.IsSure(seen)) continue;
            sure++;
            Assert.Equal(truth[0].Way.Key, seen[0].Way.Key);
        }
        Assert.InRange(sure, 500, 9_900);
    }

    [Fact]
    public void An_answer_is_given_only_when_every_way_of_filling_the_blanks_gives_it()
    {
        // All fillings of four yes-or-no blanks, against random rules over them: a slow twin.
        var chance = new Random(5);
        string[] keys = ["will", "funds", "idea", "skills"];
        for (var n = 0; n < 300; n++)
        {
            var rule = Rule($$""" "pick": {{Random(3)}} """);
            var one = new HouseholdFeatures([1], [default]);
            var open = keys.Where(_ => chance.Next(2) == 0).ToList();
            foreach (var key in keys.Except(open)) one.Set(HouseholdFeature.Of(key), 0, chance.Next(2) == 0);
            var said = (Truth)rule.Apply(one).Answers[0];
            for (var filling = 0; filling < 1 << open.Count; filling++)
            {
                for (var k = 0; k < open.Count; k++) one.Set(HouseholdFeature.Of(open[k]), 0, (filling >> k & 1) == 1);
                if (said != Truth.Unknown) Assert.Equal((byte)said, rule.Apply(one).Answers[0]);
            }
        }

        string Random(int depth) => depth > 0 && chance.Next(4) > 0
            ? chance.Next(4) switch
            {
                0 => $$"""{ "all": [{{Random(depth - 1)}}, {{Random(depth - 1)}}] }""",
                1 => $$"""{ "any": [{{Random(depth - 1)}}, {{Random(depth - 1)}}] }""",
                2 => $$"""{ "of": [{{Random(depth - 1)}}, {{Random(depth - 1)}}, {{Random(depth - 1)}}], "at-least": 2 }""",
                _ => $$"""{ "not": {{Random(depth - 1)}} }""",
            }
            : $$"""{ "feature": "{{keys[chance.Next(4)]}}", "is": {{(chance.Next(2) == 0 ? "true" : "false")}} }""";
    }

    [Theory]
    [InlineData(120, 120, 2)]
    [InlineData(200, 200, 0)]
    [InlineData(199, 199, 2)]
    [InlineData(150, 250, 1)]
    [InlineData(0, 10_000_00, 1)]
    public void Less_than_two_mu_is_yes_no_or_not_known(int low, int high, int answer)
    {
        var one = new HouseholdFeatures([1], [default]);
        one.Set(Farmland, 0, low, high);
        Assert.Equal(answer, Rule(""" "pick": { "feature": "farmland", "below": 2 } """).Apply(one).Answers[0]);
    }

    [Fact]
    public void A_score_has_the_points_of_all_values_that_are_possible()
    {
        var score = Rule(""" "score": { "start": 1.5, "terms": [{ "feature": "helpers", "bands": [{ "below": 1, "points": 30 }, { "below": 3, "points": 5 }, { "points": 10 }] }, { "feature": "farmland", "per": -2.5, "from": 0, "to": 20 }] }, "pick-at-least": 10 """);
        var one = new HouseholdFeatures([1], [default]);
        one.Set(Farmland, 0, 120, 120);
        one.Set(Helpers, 0, 1, 3);
        Assert.Equal((3.5m, 8.5m), ((decimal)score.Score!.Of(one, 0).Low / Score.Point, (decimal)score.Score.Of(one, 0).High / Score.Point));
        one.Blank(Helpers, 0);
        Assert.Equal((3.5m, 28.5m), ((decimal)score.Score.Of(one, 0).Low / Score.Point, (decimal)score.Score.Of(one, 0).High / Score.Point));
        Assert.Equal(Truth.Unknown, (Truth)score.Apply(one).Answers[0]);
        Assert.Equal(["farmland", "helpers"], score.Features.Select(f => f.Key).Order());
        Assert.Equal(["helpers"], score.Ask(one, 0).Select(f => f.Key));
    }

    [Theory]
    [InlineData("""{ "feature": "farmland", "below": "2" }""", "pick/below", "targeting.value")]
    [InlineData("""{ "feature": "farmlnd", "below": 2 }""", "pick/feature", "targeting.no-feature")]
    [InlineData("""{ "feature": "head-ethnicity", "is": "03" }""", "pick/feature", "targeting.for-groups")]
    [InlineData("""{ "all": [{ "feature": "will", "is": true }, { "feature": "will", "below": 1 }] }""", "pick/all/1/below", "targeting.yes-no-only-is")]
    [InlineData("""{ "feature": "farmland", "below": 2, "above": 1 }""", "pick", "targeting.one-comparison")]
    [InlineData("""{ "feature": "housing", "in": ["c", "e"] }""", "pick/in/1", "targeting.value")]
    [InlineData("""{ "feature": "helpers", "between": [3, 1] }""", "pick/between", "targeting.between")]
    [InlineData("""{ "of": [{ "feature": "will", "is": true }], "at-least": 2 }""", "pick/at-least", "targeting.whole")]
    [InlineData("""{ "feature": "helpers", "below": 1.5 }""", "pick/below", "targeting.value")]
    [InlineData("""{ "all": [] }""", "pick/all", "targeting.list")]
    [InlineData("""{ "feature": "net-income", "below": 20000000 }""", "pick/below", "targeting.value")]
    public void What_is_wrong_with_a_document_is_said_with_its_path(string pick, string path, string code)
    {
        Assert.False(RuleReader.TryRead($$"""{ "name": { "zh": "甲", "en": "A" }, "source": { "zh": "乙", "en": "B" }, "pick": {{pick}} }""", out _, out var faults));
        Assert.Contains(faults, f => f.Code == code && f.Where.Column == path);
    }

    [Fact]
    public void The_same_document_has_the_same_fingerprint_whatever_its_spaces()
    {
        var text = Shipped("monitoring-line.json");
        var squeezed = System.Text.Json.Nodes.JsonNode.Parse(text)!.ToJsonString();
        Assert.Equal(RuleReader.Read(text).Hash, RuleReader.Read(squeezed).Hash);
        Assert.NotEqual(RuleReader.Read(text).Hash, RuleReader.Read(text.Replace("6000 }", "6001 }", StringComparison.Ordinal)).Hash);
    }

    [Fact]
    public void Rules_ask_only_what_the_register_keeps_for_choosing_households()
    {
        var all = RegisterFields.All.ToDictionary(f => (f.Owner, f.Key));
        foreach (var feature in HouseholdFeature.ForRules)
            foreach (var key in feature.Fields.Where(f => f != "name"))
                Assert.Contains(RegisterFields.All.Where(f => f.Key == key), f => f.Purposes.Intersect(["targeting", "exit", "procedure"]).Any());
        Assert.DoesNotContain(HouseholdFeature.ForRules, f => f.Fields.Contains("ethnicity") || f.Fields.Contains("sex"));
    }

    [Fact]
    public void Reasons_are_said_in_both_languages_with_the_figures()
    {
        var rule = Rule(""" "pick": { "any": [{ "feature": "farmland", "below": 2 }, { "feature": "helpers", "at-least": 2 }, { "feature": "will", "is": true }, { "feature": "net-income", "below": 4000 }] } """);
        var one = new HouseholdFeatures([1], [default]);
        one.Set(Farmland, 0, 120, 120);
        one.Set(Helpers, 0, 1, 3);
        one.Set(Will, 0, 0, 0);
        one.Set(Net, 0, Net.Least, 3_500_00);
        var comparisons = rule.Pick!.Comparisons().ToList();
        Assert.Equal(["耕地 1.2 亩，少于 2 亩", "在家帮手 1 人到 3 人，还不能确定是否至少 2 人", "愿意做电商：否", "上年人均纯收入 最多 3500 元，少于 4000 元"], comparisons.Select(c => Words(Language.Zh).Reason(c, one, 0)));
        Assert.Equal("farmland 1.2 mu, below 2 mu", Words(Language.En).Reason(comparisons[0], one, 0));
        Assert.Equal(["pick/any/0", "pick/any/3"], rule.Why(one, 0).Select(c => c.Path));
    }

    [Fact]
    public void Inputs_are_kept_as_they_were()
    {
        var whole = InventedHouseholds.Make(200, 7);
        var blanked = InventedHouseholds.Blanked(whole, 0.3, 8);
        var rule = RuleReader.Read(Shipped("monitoring-line.json"));
        for (var row = 0; row < 200; row++)
        {
            var kept = Inputs.Write(blanked, row, rule.Features, ["pick"]);
            var again = Inputs.Read(kept, blanked.Ids[row], blanked.Villages[row]);
            foreach (var feature in rule.Features) Assert.Equal(blanked[feature, row], again[feature, 0]);
            Assert.Equal(kept, Inputs.Write(again, 0, rule.Features, ["pick"]));
        }
    }

    [Theory]
    [InlineData("national-line.json")]
    [InlineData("monitoring-line.json")]
    [InlineData("e-commerce-readiness.json")]
    public void The_shipped_rules_can_be_read_and_said(string file)
    {
        var rule = RuleReader.Read(Shipped(file));
        var one = InventedHouseholds.Make(1, 1);
        foreach (var language in new[] { Language.Zh, Language.En })
        {
            var words = Words(language);
            var said = rule.Conditions.SelectMany(c => c.Comparisons()).SelectMany(c => new[] { words.Sentence(c), words.Reason(c, one, 0) }).Concat(rule.Score?.Terms.Select(t => words.Reason(t, one, 0)) ?? []);
            Assert.All(said, s => Assert.DoesNotContain("[", s));
        }
    }

    [Fact]
    public void Every_feature_and_value_has_its_words()
    {
        var one = InventedHouseholds.Make(1, 1);
        foreach (var feature in HouseholdFeature.All)
            Assert.DoesNotContain("[", Words(Language.En).Name(feature) + Words(Language.Zh).Known(feature, one[feature, 0].Low, one[feature, 0].High));
    }
}
