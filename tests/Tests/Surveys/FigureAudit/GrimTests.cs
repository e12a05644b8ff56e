using FsCheck;
using FsCheck.Fluent;
using Shanhuo.Surveys.Contracts;
using Shanhuo.Surveys.FigureAudit;

namespace Shanhuo.Tests.Surveys.FigureAudit;

public sealed class GrimTests
{
    [Theory]
    [InlineData(6620, 2, 71, GrimFit.HalfUp | GrimFit.HalfEven)]    // 47/71 = 66.197
    [InlineData(6619, 2, 71, GrimFit.Truncated)]
    [InlineData(1127, 2, 133, GrimFit.Truncated)]                   // 15/133 = 11.278
    [InlineData(1113, 2, 71, GrimFit.None)]
    [InlineData(63, 1, 16, GrimFit.HalfUp)]                         // 1/16 = 6.25 %
    [InlineData(62, 1, 16, GrimFit.HalfEven | GrimFit.Truncated)]
    [InlineData(10000, 2, 7, GrimFit.HalfUp | GrimFit.HalfEven | GrimFit.Truncated)]
    [InlineData(10001, 2, 7, GrimFit.None)]
    internal void A_percentage_fits_its_base_in_the_ways_that_arithmetic_says(long digits, int decimals, long n, GrimFit fit) =>
        Assert.Equal(fit, Grim.Fit(new PrintedPercent(digits, decimals), n));

    /// <summary>The example of Brown and Heathers (2017): 28 whole answers cannot have the mean 5.19, since 145/28 is 5.18 and 146/28 is 5.21.</summary>
    [Theory]
    [InlineData(18, true)]
    [InlineData(19, false)]
    [InlineData(20, false)]
    [InlineData(21, true)]
    public void A_mean_of_28_whole_answers_is_judged_by_its_part_after_the_point(long hundredths, bool possible) =>
        Assert.Equal(possible, (Grim.Fit(new PrintedPercent(hundredths, 0), 28) & GrimFit.Rounded) != 0);

    [Fact]
    public void The_quick_answer_is_that_of_trying_every_count()
    {
        Prop.ForAll(Gen.Choose(1, 300).ToArbitrary(), Gen.Choose(0, 10_000).ToArbitrary(), (n, digits) =>
        {
            var fit = GrimFit.None;
            for (var k = 0; k <= n; k++)
            {
                var exact = 10_000m * k / n;
                if (Math.Round(exact, MidpointRounding.AwayFromZero) == digits) fit |= GrimFit.HalfUp;
                if (Math.Round(exact, MidpointRounding.ToEven) == digits) fit |= GrimFit.HalfEven;
                if (Math.Floor(exact) == digits) fit |= GrimFit.Truncated;
            }
            var percent = new PrintedPercent(digits, 2);
            return fit == Grim.Fit(percent, n) && Grim.Rounds(percent, n) == ((fit & GrimFit.Rounded) != 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void A_true_table_printed_by_rounding_never_raises_anything_of_GRIM()
    {
        var table = Gen.Choose(1, 3000).SelectMany(n => Gen.Choose(0, n).Select(k => (n, k)).SelectMany(t => Gen.Choose(0, 4).Select(d => (t.n, t.k, d))));
        Prop.ForAll(Gen.ListOf(table).ToArbitrary(), rows =>
        {
            var figures = rows.SelectMany((r, i) => new[]
            {
                new ReportedFigure { Id = $"n{i}", Printed = r.n, Kind = FigureKind.Count },
                new ReportedFigure { Id = $"up{i}", Printed = Math.Round(100m * r.k / r.n, r.d, MidpointRounding.AwayFromZero), Decimals = r.d, IsRounded = true, Kind = FigureKind.Percent, Bases = [$"n{i}"] },
                new ReportedFigure { Id = $"even{i}", Printed = Math.Round(100m * r.k / r.n, r.d, MidpointRounding.ToEven), Decimals = r.d, IsRounded = true, Kind = FigureKind.Percent, Bases = [$"n{i}"] },
            }).ToList();
            return FigureAuditor.Run(figures, default).Findings.Count == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void A_table_of_one_base_printed_by_rounding_raises_nothing_either()
    {
        Prop.ForAll(Gen.Choose(2, 400).SelectMany(n => Gen.ListOf(Gen.Choose(0, n)).Select(ks => (n, ks))).ToArbitrary(), t =>
            FigureAuditor.Run(Table(t.n, t.ks.Select(k => Math.Round(100m * k / t.n, 2, MidpointRounding.AwayFromZero))), default).Findings.Count == 0).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    /// <summary>A wrong digit stays unseen only when it makes another percentage that n gives: so the rate is one less that share, counted here the slow way over all counts, places and digits. On 71 people 2 488 of 2 520 are found, 98.7 %.</summary>
    [Theory]
    [InlineData(71, 2488, 2520)]
    [InlineData(133, 4594, 4752)]
    public void Any_single_digit_changed_is_found_at_the_rate_that_theory_says(int n, int found, int all)
    {
        var changed = Enumerable.Range(1, n - 1).Select(k => (int)Math.Round(10_000m * k / n, MidpointRounding.AwayFromZero))
            .SelectMany(v => new[] { 1, 10, 100, 1000 }.SelectMany(place => Enumerable.Range(0, 10).Select(d => v + (d - v / place % 10) * place).Where(w => w != v))).ToList();
        Assert.Equal(all, changed.Count);
        Assert.Equal(found, changed.Count(w => Grim.Fit(new PrintedPercent(w, 2), n) == GrimFit.None));
        var report = FigureAuditor.Run(Table(n, changed.Select(w => w / 100m)), default);
        Assert.Equal(found, report.Findings.Count(f => f.Rule == "grim"));
    }

    [Fact]
    public void Wilson_gives_the_interval_of_Newcombe() // R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263 gives 0.2553 to 0.3662.
    {
        var (low, high) = Grim.Wilson(81, 263);
        Assert.Equal((25.53, 36.62), (Math.Round(low, 2), Math.Round(high, 2)));
    }

    [Fact]
    public void The_bound_on_chance_is_never_below_the_binomial_tail()
    {
        foreach (var (x, m, p) in new[] { (3, 10, 0.1), (20, 30, 0.01), (5, 5, 0.2), (30, 60, 0.4) })
        {
            double tail = 0, choose = 1;
            for (var i = 0; i <= m; i++)
            {
                if (i > 0) choose = choose * (m - i + 1) / i;
                if (i >= x) tail += choose * Math.Pow(p, i) * Math.Pow(1 - p, m - i);
            }
            Assert.True(Grim.LogChance(x, m, p) >= Math.Log10(tail) - 1e-9);
        }
    }

    private static List<ReportedFigure> Table(int n, IEnumerable<decimal> percents) =>
        [new() { Id = "n", Printed = n, Kind = FigureKind.Count }, .. percents.Select((p, i) => new ReportedFigure { Id = $"p{i}", Printed = p, Decimals = 2, IsRounded = true, Kind = FigureKind.Percent, Bases = ["n"] })];
}
