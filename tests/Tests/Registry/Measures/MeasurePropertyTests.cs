using FsCheck;
using FsCheck.Fluent;
using Shanhuo.Registry.Measures;

namespace Shanhuo.Tests.Registry.Measures;

public class MeasurePropertyTests
{
    private const double Line = 3000;

    // Incomes in steps, so that ties and incomes at the line are common.
    private static readonly Arbitrary<(int Income, int Weight)[]> Households =
        Gen.Choose(0, 24).Select(i => i * 250).Zip(Gen.Choose(1, 5)).NonEmptyListOf().Select(l => l.ToArray()).ToArbitrary();

    private static readonly Arbitrary<((int, int)[], (int, int)[])> Two = Households.Generator.Zip(Households.Generator).ToArbitrary();

    [Fact]
    public void Measures_equal_their_slow_twins_over_households_counted_one_by_one() => Holds(Households, (y, w) =>
    {
        var all = y.SelectMany((income, i) => Enumerable.Repeat(income, (int)w[i])).ToArray();
        var poor = all.Where(i => i < Line).ToArray();
        var figures = PovertyFigures.Of(y, w, Line);
        double Pairs(double[] of) => of.Sum(a => of.Sum(b => Math.Abs(a - b)));
        var h = (double)poor.Length / all.Length;
        var i = poor.Length == 0 ? 0 : poor.Average(p => (Line - p) / Line);
        var gp = poor.Sum() > 0 ? Pairs(poor) / (2 * poor.Length * poor.Sum()) : 0;
        return Near(figures.P0, h) && Near(figures.P1, h * i) && Near(figures.P2, all.Average(a => a < Line ? Math.Pow((Line - a) / Line, 2) : 0))
            && Near(figures.Sen, h * (i + (1 - i) * gp)) && (all.Sum() == 0 ? double.IsNaN(figures.Gini) : Near(figures.Gini, Pairs(all) / (2 * all.Length * all.Sum())));
    });

    [Fact]
    public void Incidence_is_at_least_the_gap_and_the_gap_at_least_the_severity() => Holds(Households, (y, w) =>
    {
        var f = PovertyFigures.Of(y, w, Line);
        return f.P0 >= f.P1 && f.P1 >= f.P2 && f.P2 >= 0 && f.Sen >= f.P1 - 1e-12 && f.Sen <= f.P0 + 1e-12;
    });

    [Fact]
    public void Other_units_of_money_or_of_weight_change_nothing() => Holds(Households, (y, w) =>
        Same(PovertyFigures.Of(y, w, Line), PovertyFigures.Of([.. y.Select(i => i * 6.88)], [.. w.Select(i => i * 0.37)], Line * 6.88)));

    [Fact]
    public void Everybody_counted_twice_changes_nothing() => Holds(Households, (y, w) =>
        Same(PovertyFigures.Of(y, w, Line), PovertyFigures.Of([.. y.SelectMany(i => new[] { i, i })], [.. w.SelectMany(i => new[] { i, i })], Line)));

    [Fact]
    public void The_whole_is_the_mean_of_its_groups_by_weight() => Prop.ForAll(Two, two =>
    {
        var (a, b) = (Sorted(two.Item1), Sorted(two.Item2));
        var (all, wa, wb) = (Sorted([.. two.Item1, .. two.Item2]), a.W.Sum(), b.W.Sum());
        return Enumerable.Range(0, 3).All(p => Near(Fgt.Of(all.Y, all.W, Line, p), (wa * Fgt.Of(a.Y, a.W, Line, p) + wb * Fgt.Of(b.Y, b.W, Line, p)) / (wa + wb)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_yuan_from_richest_to_poorest_lowers_severity_and_Gini() => Holds(Households, (y, w) =>
    {
        var ones = y.Select(_ => 1d).ToArray();
        if (y[^1] - y[0] <= 2) return true;
        var moved = y.ToArray();
        (moved[0], moved[^1]) = (moved[0] + 1, moved[^1] - 1);
        Array.Sort(moved);
        return Gini.Of(moved, ones) < Gini.Of(y, ones) && (y[0] >= Line || y[^1] < Line + 1 || Fgt.Of(moved, ones, Line, 2) < Fgt.Of(y, ones, Line, 2));
    });

    [Fact]
    public void Influence_is_what_a_little_weight_changes() => Holds(Households, (y, w) =>
    {
        if (y[^1] == 0) return true;
        var influence = new double[y.Length];
        for (var m = 0; m < PovertyFigures.Count; m++)
        {
            Influence.Of(m, y, w, Line, influence);
            for (var k = 0; k < y.Length; k++)
            {
                var (more, less) = (w.ToArray(), w.ToArray());
                (more[k], less[k]) = (w[k] + 1e-4, w[k] - 1e-4);
                if (Math.Abs((PovertyFigures.Of(y, more, Line)[m] - PovertyFigures.Of(y, less, Line)[m]) / 2e-4 - influence[k]) > 1e-6) return false;
            }
        }
        return true;
    });

    [Fact]
    public void Whatever_the_unknown_incomes_are_the_measures_stay_within_their_bounds() => Prop.ForAll(Two, two =>
    {
        var (known, unknown) = (Sorted(two.Item1), two.Item2);
        var (least, greatest) = Unknowns.Bound(known.Y, known.W, unknown.Sum(u => u.Item2), unknown.Min(u => u.Item2), Line);
        var truth = Sorted([.. two.Item1, .. unknown]);
        var figures = PovertyFigures.Of(truth.Y, truth.W, Line);
        return Enumerable.Range(0, PovertyFigures.Count).All(m => double.IsNaN(figures[m]) || (double.IsNaN(least[m]) || figures[m] >= least[m] - 1e-12) && figures[m] <= greatest[m] + 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_bounds_are_reached()
    {
        var (least, greatest) = Unknowns.Bound([1000, 2000, 4000, 8000], [1, 1, 1, 1], 2, 1, Line);
        Assert.True(Same(PovertyFigures.Of([0, 0, 1000, 2000, 4000, 8000], [1, 1, 1, 1, 1, 1], Line) with { Gini = greatest.Gini }, greatest));
        Assert.Equal(PovertyFigures.Of([1000, 2000, 3000, 3000, 4000, 8000], [1, 1, 1, 1, 1, 1], Line).P2, least.P2, 12);
        Assert.Equal(Enumerable.Range(0, 8001).Min(v => { var s = Sorted([(1000, 1), (2000, 1), (4000, 1), (8000, 1), (v, 2)]); return Gini.Of(s.Y, s.W); }), least.Gini, 12);
        Assert.Equal(Gini.Of([0, 1000, 2000, 4000, 8000, 1e13], [1, 1, 1, 1, 1, 1]), greatest.Gini, 6);
    }

    [Fact]
    public void The_lorenz_curve_rises_below_the_diagonal_and_bends_upwards() => Holds(Households, (y, w) =>
    {
        var l = Lorenz.Of(y, w, 10);
        return double.IsNaN(l[0]) || Enumerable.Range(1, 9).All(i => l[i] >= l[i - 1] - 1e-12 && l[i] <= i / 10d + 1e-12 && l[i + 1] - l[i] >= l[i] - l[i - 1] - 1e-12);
    });

    [Fact]
    public void Variance_equals_the_textbook_formula_over_all_clusters()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var stratumOf = Enumerable.Range(0, 30).Select(_ => random.Next(4)).ToArray();
            var sizes = Enumerable.Range(0, 4).Select(h => stratumOf.Count(s => s == h)).ToArray();
            var shares = sizes.Select(_ => random.NextDouble()).ToArray();
            var design = new SampleDesign(stratumOf, sizes, shares);
            var totals = new double[30];
            for (var i = 0; i < 40; i++)
            {
                var (cluster, part) = (random.Next(12), random.NextDouble() - 0.5);
                totals[cluster] += part;
                design.Add(cluster, part);
            }
            var expected = Enumerable.Range(0, 4).Where(h => sizes[h] > 1).Sum(h =>
            {
                var own = totals.Where((_, c) => stratumOf[c] == h).ToArray();
                return (1 - shares[h]) * sizes[h] / (sizes[h] - 1) * own.Sum(t => Math.Pow(t - own.Average(), 2));
            });
            Assert.Equal(expected, design.Take(), 12);
        }
    }

    private static void Holds(Arbitrary<(int Income, int Weight)[]> households, Func<double[], double[], bool> promise) =>
        Prop.ForAll(households, some => { var (y, w) = Sorted(some); return promise(y, w); }).QuickCheckThrowOnFailure();

    private static (double[] Y, double[] W) Sorted((int Income, int Weight)[] some)
    {
        var order = some.OrderBy(s => s.Income).ToArray();
        return ([.. order.Select(s => (double)s.Income)], [.. order.Select(s => (double)s.Weight)]);
    }

    private static bool Same(PovertyFigures a, PovertyFigures b) => Enumerable.Range(0, PovertyFigures.Count).All(m => double.IsNaN(a[m]) == double.IsNaN(b[m]) && (double.IsNaN(a[m]) || Near(a[m], b[m])));

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-10;
}
