using Shanhuo.Kernel;
using Shanhuo.Registry.Monitoring;
using Shanhuo.Registry.Procedure;

namespace Shanhuo.Tests.Registry.Monitoring;

public sealed class WarningRuleTests
{
    private static readonly TriggerSet Rule = TriggerSet.Read(PolicyReader.Folder).Value.Single();
    private static readonly DateOnly First = new(2024, 1, 1);

    // The figures of triggers.json were chosen on seeds 1 to 3, and on none of these.
    [Fact]
    public void Of_ten_households_that_fall_into_hardship_nine_are_warned_of_two_months_ahead_and_six_of_ten_warnings_are_right()
    {
        var s = Score.Of(new[] { 2001, 2002, 2003, 2004, 2005 }.SelectMany(seed => new InventedCounty(seed).Households(200)), Rule);
        TestContext.Current.TestOutputHelper?.WriteLine($"{s}");
        Assert.True(s.Spells > 4_000, $"{s}");
        Assert.True(s.Recall >= 0.90 && s.Precision >= 0.60 && s.MedianLead >= 2, $"{s}");
    }

    [Fact]
    public void A_steady_household_is_never_warned_of_and_one_whose_sales_break_away_is_with_its_cause()
    {
        Assert.Null(WarningRule.At(Steady(30), 29, Rule, new Fen(6_000_00)));
        var broken = Steady(30) with { Months = [.. Steady(30).Months.Select((m, i) => i >= 27 ? m with { Sales = new Fen(m.Sales.Value / 5) } : m)] };
        var alarm = WarningRule.At(broken, 29, Rule, new Fen(6_800_00));
        Assert.Equal(("sales", 80), (alarm?.Cause, alarm?.Percent));
        Assert.Null(WarningRule.At(broken, 26, Rule, new Fen(6_800_00))); // what comes later is not known then
    }

    [Fact]
    public void A_harvest_that_comes_once_a_year_is_no_fall()
    {
        var seasonal = Steady(30) with { Months = [.. Steady(30).Months.Select(m => m with { Sales = new Fen(m.Month.Month == 10 ? 8_400_00 : 0) })] };
        for (var at = WarningRule.LeastMonths - 1; at < 30; at++) Assert.Null(WarningRule.At(seasonal, at, Rule, new Fen(6_000_00)));
    }

    [Fact]
    public void An_illness_that_eats_the_year_warns_and_unknown_income_says_nothing_of_the_line()
    {
        var struck = Steady(30) with { Events = [new EventFact(First.AddMonths(29), "illness", new Fen(5_000_00))] };
        Assert.Equal("illness", WarningRule.At(struck, 29, Rule, new Fen(6_000_00))?.Cause);
        var rich = struck with { Members = 1, Events = [new EventFact(First.AddMonths(29), "illness", new Fen(14_000_00))] };
        Assert.Null(WarningRule.At(rich, 29, Rule, new Fen(1_000_00))?.PerHead); // above the line, but the blow alone is too great
        Assert.Equal("illness", WarningRule.At(rich, 29, Rule, new Fen(1_000_00))?.Cause);
        Assert.Null(WarningRule.At(struck with { Months = [.. struck.Months.Select(m => m with { Other = null })] }, 29, Rule, new Fen(6_000_00)));
        Assert.Null(WarningRule.At(struck with { Members = null }, 29, Rule, new Fen(6_000_00)));
    }

    // Two people, 8,400 yuan of sales and 8,400 of wages a year: 8,400 a head.
    private static HouseholdHistory Steady(int months) => new(1, 2, [.. Enumerable.Range(0, months).Select(i => new MonthFacts(First.AddMonths(i), new Fen(700_00), new Fen(700_00)))], []);
}

/// <summary>How well the rule did, as the program uses it. A warning is right when the household is in hardship or falls into it within twelve months; then the household is monitored and not warned of again until that spell is over. A spell is found when a warning came in the twelve months before it or in its first; a warning during hardship that began before is counted right, but finds no spell.</summary>
internal sealed record Score(int Spells, int Found, int Warnings, int Right, double MedianLead)
{
    public double Recall => (double)Found / Spells;
    public double Precision => (double)Right / Warnings;

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"spells {Spells}, recall {Recall:0.000}, precision {Precision:0.000}, lead {MedianLead}, warnings {Warnings}");

    public static Score Of(IEnumerable<InventedHousehold> households, TriggerSet rule)
    {
        var (spells, warnings, right, leads) = (0, 0, 0, new List<int>());
        foreach (var home in households)
        {
            var (given, starts) = (new List<int>(), home.Spells.ToList());
            for (var t = WarningRule.LeastMonths - 1; t < InventedCounty.Months; t++)
            {
                if ((given.Count > 0 && t - given[^1] < rule.QuietMonths) || WarningRule.At(home.Seen, t, rule, InventedCounty.Line) is null) continue;
                given.Add(t);
                warnings++;
                var comes = home.Hardship[t] ? t : starts.FirstOrDefault(s => s >= t && s <= t + 12, -1);
                if (comes < 0) continue;
                right++;
                for (t = comes; t + 1 < InventedCounty.Months && home.Hardship[t + 1]; t++) { }
            }
            spells += starts.Count;
            leads.AddRange(starts.Select(s => s - given.FirstOrDefault(t => t >= s - 12 && t <= s, s + 1)).Where(lead => lead >= 0));
        }
        leads.Sort();
        return new Score(spells, leads.Count, warnings, right, leads.Count == 0 ? 0 : (leads[(leads.Count - 1) / 2] + leads[leads.Count / 2]) / 2.0);
    }
}
