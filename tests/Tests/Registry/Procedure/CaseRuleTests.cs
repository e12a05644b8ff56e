using Shanhuo.Kernel;
using Shanhuo.Registry.Procedure;

namespace Shanhuo.Tests.Registry.Procedure;

public sealed class CaseRuleTests
{
    private const long Home = 101;
    private static readonly AreaCode Village = AreaCode.Parse("620525100201"), Township = AreaCode.Parse("620525100"), County = AreaCode.Parse("620525"), Province = AreaCode.Parse("62");
    private static readonly Actor Cadre = new(1, Role.VillageCadre, Village, null), Town = new(2, Role.TownshipOfficial, Township, null), Compares = new(3, Role.CountyOfficial, County, null), Approves = new(4, Role.CountyOfficial, County, null), Family = new(5, Role.Household, Village, Home);
    private static readonly Dictionary<string, bool?> AllMet = Evidence.ChecklistItems.ToDictionary(i => i, _ => (bool?)true);

    private static readonly Evidence Full = new()
    {
        Text = "村民代表会议讨论并通过，记录在案。", Ballot = new BallotCount(30, 24, 20, 3, 1), Checklist = AllMet, IncomePerHead = new Fen(9000_00), Agreement = "paper", Departments = ["civil"], Poor = 2, Population = 100,
    };

    [Fact]
    public void Ten_thousand_random_cases_never_end_approved_early_over_an_objection_or_with_one_person_in_two_hats()
    {
        var (approved, refused, steps) = (0, 0, 0);
        for (var seed = 0; seed < 10_000; seed++)
        {
            var chance = new Random(seed);
            var rule = Kinds[seed % Kinds.Length];
            var c = Start(rule);
            var log = new List<(StepAct Act, CaseView Before)>();
            var decided = new List<(Actor By, long Objection)>();
            var day = c.Opened;
            for (var turn = 0; turn < 120 && c.End == CaseEnd.None; turn++)
            {
                day = day.AddDays(chance.Next(0, 4));
                if (chance.NextDouble() < 0.06) { if (CaseRule.Object(c, new ObjectionView(turn + 1, chance.Next(0, 9), ObjectionEnd.Dismissed, 0), chance.Next(2) == 0, day).Ok(out var objected, out _)) c = objected; continue; }
                if (c.Objections.FirstOrDefault(o => o.End == ObjectionEnd.Open) is { } open && chance.Next(2) == 0)
                {
                    var judge = Anybody(chance);
                    if (CaseRule.Decide(c, open.Id, chance.Next(12) == 0, judge, "查过了，情况不属实").Ok(out var after, out _)) { c = after; decided.Add((judge, open.Id)); }
                    continue;
                }
                var act = new StepAct(chance.Next(20) == 0 ? "approve" : c.Next!.Key, chance.Next(60) != 0, Anybody(chance), day, chance.Next(25) == 0 ? new Evidence() : Full, new Fen(6000_00));
                if (act.By.Role == Role.Household) act = act with { Evidence = Full with { Agreement = "own-code" } };
                if (CaseRule.Take(c, act).Ok(out var next, out _)) { log.Add((act, c)); c = next; steps++; } else refused++;
            }
            if (c.End != CaseEnd.Approved) continue;
            approved++;
            // Told again from the record alone, not from the rule's own fields.
            Assert.Equal(rule.Kind.Steps.Select(s => s.Key), log.Select(l => l.Act.Step));
            for (var i = 1; i < log.Count; i++)
                if (rule.Kind.Steps[i - 1].OpenDays is { } days) Assert.True(log[i].Act.Day.DayNumber - log[i - 1].Act.Day.DayNumber > days, $"seed {seed}: {log[i].Act.Step} in the window");
            Assert.All(log, l => Assert.DoesNotContain(l.Before.Objections, o => o.End == ObjectionEnd.Open));
            Assert.DoesNotContain(c.Objections, o => o.End != ObjectionEnd.Dismissed);
            var hats = log.Select(l => (l.Act.By.AccountId, l.Act.Step)).Concat(decided.Select(d => (d.By.AccountId, Step: "objection"))).ToList();
            foreach (var pair in rule.Kind.Incompatible)
                Assert.Empty(hats.Where(h => h.Item2 == pair[0]).Select(h => h.Item1).Intersect(hats.Where(h => h.Item2 == pair[1]).Select(h => h.Item1)));
            Assert.All(log, l => Assert.Contains(rule.Kind.Steps.Single(s => s.Key == l.Act.Step).Who, w => w.Role == l.Act.By.Role));
        }
        Assert.True(approved > 2_000, $"only {approved} were approved: the test tries too little");
        Assert.True(refused > 50_000, $"{refused} refused of {refused + steps}");
    }

    [Fact]
    public void The_window_counts_from_the_day_after_the_notice_and_the_next_step_waits_for_its_last_day_to_pass()
    {
        var c = Upto("monitor", "review");
        var posted = c.Steps[^1].Day;
        Assert.Equal(posted.AddDays(6), c.NextFrom);
        Assert.Equal("procedure.window-open", CaseRule.Take(c, Act("review", Town, posted.AddDays(5))).Refused?.Code);
        Assert.Null(CaseRule.Take(c, Act("review", Town, posted.AddDays(6))).Refused);
    }

    [Fact]
    public void An_open_objection_stops_every_step_and_an_upheld_one_ends_the_case()
    {
        var c = CaseRule.Object(Upto("monitor", "review"), new ObjectionView(7, 0, ObjectionEnd.Open, 0), true, new DateOnly(2026, 11, 22)).Value;
        Assert.Equal("procedure.objection-open", CaseRule.Take(c, Act("review", Town, new(2026, 12, 20))).Refused?.Code);
        Assert.Equal("procedure.not-yours", CaseRule.Decide(c, 7, false, Cadre, "不属实，已走访").Refused?.Code);
        Assert.Equal("procedure.no-reason", CaseRule.Decide(c, 7, false, Town, " ").Refused?.Code);
        Assert.Equal(CaseEnd.ObjectionUpheld, CaseRule.Decide(c, 7, true, Town, "反映属实").Value.End);
        var after = CaseRule.Decide(c, 7, false, Town, "不属实，已走访").Value;
        Assert.Equal("procedure.two-hats", CaseRule.Take(after, Act("review", Town, new(2026, 12, 20))).Refused?.Code);
        Assert.Null(CaseRule.Take(after, Act("review", Town with { AccountId = 22 }, new(2026, 12, 20))).Refused);
    }

    [Fact]
    public void Who_compared_may_not_approve_and_nobody_decides_about_the_own_household()
    {
        var c = Upto("monitor", "approve");
        Assert.Equal("procedure.two-hats", CaseRule.Take(c, Act("approve", Compares, new(2027, 1, 1))).Refused?.Code);
        Assert.Equal("procedure.own-household", CaseRule.Take(c, Act("approve", Approves with { HouseholdId = Home }, new(2027, 1, 1))).Refused?.Code);
        Assert.Equal("procedure.not-yours", CaseRule.Take(c, Act("approve", Approves with { Area = AreaCode.Parse("622923") }, new(2027, 1, 1))).Refused?.Code);
        Assert.Equal("procedure.not-yours", CaseRule.Take(c, Act("approve", Town, new(2027, 1, 1))).Refused?.Code);
        Assert.Null(CaseRule.Take(c, Act("approve", Approves, new(2027, 1, 1))).Refused);
    }

    [Fact]
    public void A_neighbour_cannot_agree_for_the_household_and_a_cadre_only_on_paper()
    {
        var c = Upto("release", "agree");
        Assert.Equal("procedure.not-yours", CaseRule.Take(c, Act("agree", Family with { HouseholdId = 102 }, new(2026, 12, 1))).Refused?.Code);
        Assert.Equal("procedure.lacks-agreement", CaseRule.Take(c, Act("agree", Cadre, new(2026, 12, 1), Full with { Agreement = null })).Refused?.Code);
        Assert.Equal("procedure.lacks-agreement", CaseRule.Take(c, Act("agree", Family, new(2026, 12, 1), Full with { Agreement = "paper" })).Refused?.Code);
        Assert.Null(CaseRule.Take(c, Act("agree", Family, new(2026, 12, 1), Full with { Agreement = "own-code" })).Refused);
    }

    [Theory]
    [InlineData(30, 19, 19, "procedure.no-quorum"), InlineData(30, 20, 10, "procedure.not-carried"), InlineData(30, 20, 11, null), InlineData(31, 20, 20, "procedure.no-quorum"), InlineData(31, 21, 22, "procedure.ballot-counts"), InlineData(0, 0, 0, "procedure.ballot-counts")]
    public void Two_thirds_must_come_and_more_than_half_of_them_be_for_it(int eligible, int present, int yes, string? refused) =>
        Assert.Equal(refused, CaseRule.Take(Upto("release", "propose"), Act("propose", Cadre, new(2026, 12, 1), Full with { Ballot = new BallotCount(eligible, present, yes, 0, 0) })).Refused?.Code);

    [Fact]
    public void Leaving_needs_income_above_the_line_and_every_item_and_unknown_is_not_yes()
    {
        var c = Upto("release", "verify");
        Assert.Equal("procedure.income-below", Refused(Full with { IncomePerHead = new Fen(6000_00) }));
        Assert.Equal("procedure.income-unknown", Refused(Full with { IncomePerHead = null }));
        foreach (var item in Evidence.ChecklistItems)
        {
            Assert.Equal("procedure.checklist-fails", Refused(Full with { Checklist = new Dictionary<string, bool?>(AllMet) { [item] = false } }));
            Assert.Equal("procedure.checklist-unknown", Refused(Full with { Checklist = new Dictionary<string, bool?>(AllMet) { [item] = null } }));
        }
        Assert.Null(Refused(Full with { IncomePerHead = new Fen(6000_01) }));

        string? Refused(Evidence evidence) => CaseRule.Take(c, Act("verify", Town, new(2026, 12, 1), evidence)).Refused?.Code;
    }

    [Theory]
    [InlineData(30, 1000, true), InlineData(31, 1000, false), InlineData(0, 0, false)]
    public void A_village_leaves_with_at_most_three_percent(int poor, int population, bool may)
    {
        var rule = PolicyTests.Shipped.Open("village-exit", new(2018, 1, 1)).Value;
        var c = new CaseView { Rule = rule, Area = Village, HouseholdId = 0, Opened = new(2018, 1, 1) };
        Assert.Equal(may, CaseRule.Take(c, Act("propose", Cadre, new(2018, 1, 1), Full with { Poor = poor, Population = population })).Refused is null);
    }

    private static KindInForce[] Kinds { get; } = [.. PolicyTests.Shipped.Periods.SelectMany(p => p.Kinds.Select(k => new KindInForce(p, k)))];

    private static CaseView Start(KindInForce rule) => new()
    {
        Rule = rule, Area = rule.Kind.Subject == "county" ? County : Village, HouseholdId = rule.Kind.Subject == "household" ? Home : 0, Opened = rule.Kind.From ?? rule.Period.From,
    };

    private static CaseView Upto(string kind, string step)
    {
        var c = Start(PolicyTests.Shipped.Open(kind, new(2026, 11, 1)).Value) with { Opened = new(2026, 11, 21) };
        while (c.Next!.Key != step)
        {
            var by = c.Next.Who.First(w => w.Role != Role.Household).Role switch { Role.VillageCadre => Cadre, Role.TownshipOfficial => Town, _ => c.Next.Key == "compare" ? Compares : Approves };
            c = CaseRule.Take(c, Act(c.Next.Key, by, c.NextFrom)).Value;
        }
        return c;
    }

    private static StepAct Act(string step, Actor by, DateOnly day, Evidence? evidence = null) => new(step, true, by, day, evidence ?? Full, new Fen(6000_00));

    // Few people, so that they meet themselves often.
    private static Actor Anybody(Random chance) => chance.Next(5) switch
    {
        0 => new Actor(chance.Next(1, 4), Role.VillageCadre, Village, null),
        1 => new Actor(chance.Next(3, 6), Role.TownshipOfficial, Township, chance.Next(9) == 0 ? Home : null),
        2 => new Actor(chance.Next(5, 9), Role.CountyOfficial, chance.Next(9) == 0 ? AreaCode.Parse("622923") : County, null),
        3 => new Actor(chance.Next(8, 11), Role.ProvinceOfficial, chance.Next(2) == 0 ? Province : AreaCode.Parse("6205"), null),
        _ => new Actor(11, Role.Household, Village, chance.Next(4) == 0 ? 102 : Home),
    };
}
