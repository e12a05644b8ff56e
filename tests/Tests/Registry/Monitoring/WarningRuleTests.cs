using Shanhuo.Kernel;
using Shanhuo.Registry.Monitoring;
using Shanhuo.Registry.Procedure;

namespace Shanhuo.Tests.Registry.Monitoring;

public sealed class WarningRuleTests
{
    private static readonly TriggerSet Rule = TriggerSet.Read(PolicyReader.Folder).Value.Single();
    private static readonly DateOnly First = new(2024, 1, 1);

    // The figures of triggers.json were chosen on seeds 1 to 5; these were not looked at.
    [Theory]
    [InlineData(1001), InlineData(1002), InlineData(1003), InlineData(1004), InlineData(1005)]
    public void Of_ten_households_that_fall_into_hardship_nine_are_warned_of_two_months_ahead_and_six_of_ten_warnings_are_right(int seed)
    {
        var s = Score.Of(new InventedCounty(seed).Households(75), Rule);
        TestContext.Current.TestOutputHelper?.WriteLine($"{seed}: {s}");
        Assert.True(s.Spells > 200, $"{s}");
        Assert.True(s.Recall >= 0.90 && s.Precision >= 0.60 && s.MedianLead >= 2, $"{s}");
    }

    [Fact]
    public void A_steady_household_is_never_warned_of_and_one_whose_sales_break_away_is_with_its_cause()
    {
        Assert.Null(WarningRule.At(Steady(30), 29, Rule, new Fen(6_000_00)));
        var broken = Steady(30) with { Months = [.. Steady(30).Months.Select((m, i) => i >= 27 ? m with { Sales = new Fen(m.Sales.Value / 5) } : m)] };
        var alarm = WarningRule.At(broken, 29, Rule, new Fen(6_000_00));
        Assert.Equal(("sales", 80), (alarm?.Cause, alarm?.Percent));
        Assert.Null(WarningRule.At(broken, 26, Rule, new Fen(6_000_00))); // what comes later is not known then
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

/// <summary>How well the rule did. A warning is right when the household is in hardship or falls into it within twelve months; a spell is found when a warning came in the twelve months before it or in its first.</summary>
internal sealed record Score(int Spells, int Found, int Warnings, int Right, int AheadWarnings, int AheadRight, double MedianLead)
{
    public double Recall => (double)Found / Spells;
    public double Precision => (double)Right / Warnings;

    /// <summary>Of warnings of households that were not in hardship already.</summary>
    public double AheadPrecision => (double)AheadRight / AheadWarnings;

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"spells {Spells}, recall {Recall:0.000}, precision {Precision:0.000} (ahead only {AheadPrecision:0.000}), lead {MedianLead}, warnings {Warnings}");

    public static Score Of(IEnumerable<InventedHousehold> households, TriggerSet rule)
    {
        var (spells, found, warnings, right, ahead, aheadRight, leads) = (0, 0, 0, 0, 0, 0, new List<int>());
        foreach (var home in households)
        {
            var given = new List<int>();
            for (var t = WarningRule.LeastMonths - 1; t < InventedCounty.Months; t++)
                if ((given.Count == 0 || t - given[^1] >= rule.QuietMonths) && WarningRule.At(home.Seen, t, rule, InventedCounty.Line) is not null) given.Add(t);
            foreach (var t in given)
            {
                var comes = home.Spells.Any(s => s >= t && s <= t + 12);
                warnings++;
                if (comes || home.Hardship[t]) right++;
                if (home.Hardship[t] && home.Hardship[t - 1]) continue;
                ahead++;
                if (comes) aheadRight++;
            }
            foreach (var s in home.Spells)
            {
                spells++;
                if (given.FirstOrDefault(t => t >= s - 12 && t <= s, -1) is >= 0 and var t0) { found++; leads.Add(s - t0); }
            }
        }
        leads.Sort();
        return new Score(spells, found, warnings, right, ahead, aheadRight, leads.Count == 0 ? 0 : leads.Count % 2 == 1 ? leads[leads.Count / 2] : (leads[leads.Count / 2 - 1] + leads[leads.Count / 2]) / 2.0);
    }
}
