using System.Globalization;

namespace Shanhuo.Tests.Surveys.Tables;

/// <summary>Random surveys, tabulated by the program and by a twin that writes the formulas out person by person.</summary>
public sealed class TabulationTwinTests
{
    private const string Form = "type,name\nselect_one a,one\nselect_multiple b,many\n";
    private const string Choices = "list_name,name\na,x\na,y\na,z\nb,p\nb,q\nb,r\n";

    private sealed record Person(string One, string[]? Many, double Weight, string Stratum, string Cluster);

    private static List<Person> People(Random chance)
    {
        var strata = chance.Next(1, 4);
        return [.. Enumerable.Range(0, chance.Next(20, 80)).Select(i => new Person(
            chance.Next(8) == 0 ? "" : "xyz"[chance.Next(3)].ToString(),
            chance.Next(8) == 0 ? null : [.. "pqr".Where(_ => chance.Next(2) == 0).Select(c => c.ToString())],
            // Two clusters at least in each stratum.
            chance.Next(0, 50) / 8.0, $"s{i % strata}", $"c{(i < 2 * strata ? i / strata : chance.Next(6))}"))];
    }

    private static string Csv(IEnumerable<Person> people, double times = 1) => "one,many/p,many/q,many/r,w,s,c\n" + string.Join('\n', people.Select(p => string.Create(CultureInfo.InvariantCulture,
        $"{p.One},{Mark(p, "p")},{Mark(p, "q")},{Mark(p, "r")},{p.Weight * times},{p.Stratum},{p.Cluster}")));

    private static string Mark(Person p, string option) => p.Many is null ? "" : p.Many.Contains(option) ? "1" : "0";

    /// <summary>Share and standard error of Σwy/Σwz: u = w(y − pz)/Σwz for each person, summed by cluster, n/(n − 1) times squared deviations from the stratum's mean.</summary>
    private static (double Share, double Error) Twin(List<Person> people, Func<Person, double> part, Func<Person, double> whole)
    {
        var z = people.Sum(p => p.Weight * whole(p));
        var share = people.Sum(p => p.Weight * part(p)) / z;
        var variance = 0.0;
        foreach (var stratum in people.GroupBy(p => p.Stratum))
        {
            var sums = stratum.GroupBy(p => p.Cluster).Select(c => c.Sum(p => p.Weight * (part(p) - share * whole(p)) / z)).ToArray();
            variance += sums.Length / (sums.Length - 1.0) * sums.Sum(u => Math.Pow(u - sums.Average(), 2));
        }
        return (share, Math.Sqrt(variance));
    }

    private static void Same(Dictionary<string, string> row, (double Share, double Error) twin)
    {
        if (double.IsNaN(twin.Share)) Assert.Equal("", row["proportion"]);
        else
        {
            Assert.Equal(twin.Share, Printed.Number(row, "proportion"), 1e-10);
            if (row["se"].Length > 0) Assert.Equal(twin.Error, Printed.Number(row, "se"), 1e-9);
            else Assert.Equal(0, twin.Error, 1e-9);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Every_share_and_error_is_the_slow_twin_s(int seed)
    {
        var chance = new Random(seed);
        for (var round = 0; round < 20; round++)
        {
            var people = People(chance);
            using var folder = new SurveyFolder(Form, Choices, Csv(people));
            var one = await folder.Tabulate("many", null, "w", "s", "c");
            Assert.Equal((0, ""), (one.Exit, one.Exit == 0 ? "" : one.Error));
            foreach (var option in new[] { "p", "q", "r" })
            {
                double Has(Person p) => p.Many?.Contains(option) == true ? 1 : 0;
                Same(one.Cell(option, "asked"), Twin(people, Has, _ => 1));
                Same(one.Cell(option, "answered"), Twin(people, Has, p => p.Many is null ? 0 : 1));
                Same(one.Cell(option, "answers"), Twin(people, Has, p => p.Many?.Length ?? 0));
            }
            var two = await folder.Tabulate("many", "one", "w", "s", "c");
            foreach (var column in new[] { "x", "y", "z" })
                foreach (var option in new[] { "p", "q", "r" })
                {
                    double In(Person p) => p.One == column ? 1 : 0;
                    double Has(Person p) => In(p) * (p.Many?.Contains(option) == true ? 1 : 0);
                    Same(two.Cell(option, "column-asked", column), Twin(people, Has, In));
                    Same(two.Cell(option, "column-answered", column), Twin(people, Has, p => p.Many is null ? 0 : In(p)));
                    Same(two.Cell(option, "column-answers", column), Twin(people, Has, p => In(p) * (p.Many?.Length ?? 0)));
                    Same(two.Cell(option, "row-answered", column), Twin(people, Has, p => p.One.Length > 0 && p.Many?.Contains(option) == true ? 1 : 0));
                    Same(two.Cell(option, "all-answered", column), Twin(people, Has, p => p.One.Length > 0 && p.Many is not null ? 1 : 0));
                }
        }
    }

    [Fact]
    public async Task Neither_the_order_of_rows_nor_the_scale_of_weights_changes_anything_but_weighted_counts()
    {
        var chance = new Random(7);
        for (var round = 0; round < 20; round++)
        {
            var people = People(chance);
            using var folder = new SurveyFolder(Form, Choices, Csv(people));
            using var other = new SurveyFolder(Form, Choices, Csv(people.OrderBy(_ => chance.Next()), 16));
            var (first, second) = (await folder.Tabulate("many", "one", "w", "s", "c"), await other.Tabulate("many", "one", "w", "s", "c"));
            Assert.Equal(first.Rows.Count, second.Rows.Count);
            foreach (var (a, b) in first.Rows.Zip(second.Rows))
                foreach (var column in a.Keys.Except(["weighted", "base_weighted"]))
                    if (double.TryParse(a[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && column != "percent") Assert.Equal(value, Printed.Number(b, column), Math.Abs(value) * 1e-9 + 1e-9);
                    else Assert.Equal(a[column], b[column]);
        }
    }

    [Theory]
    [InlineData("-1,s0,c0", "w: The weight '-1'")]
    [InlineData(",s0,c0", "w: The weight ''")]
    [InlineData("1,,c0", "s: 's' is blank")]
    [InlineData("1,alone,c0", "Only one unit was drawn in stratum 'alone'")]
    public async Task A_design_that_cannot_be_is_refused(string design, string error)
    {
        using var folder = new SurveyFolder(Form, Choices, $"one,w,s,c\nx,1,s0,c1\ny,1,s0,c2\nx,{design}");
        var printed = await folder.Tabulate("one", null, "w", "s", "c");
        Assert.Equal(1, printed.Exit);
        Assert.Contains(error, printed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_is_stopped_prints_nothing()
    {
        using var folder = new SurveyFolder(Form, Choices, Csv(People(new Random(1))));
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var printed = await folder.Tabulate("one", cancel: stop.Token);
        Assert.Equal((1, 0), (printed.Exit, printed.Rows.Count));
        Assert.Contains("Stopped", printed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_answers_are_tested_option_by_option_with_the_family_s_chance_beside()
    {
        using var folder = new SurveyFolder(Form, Choices, Csv(People(new Random(3))));
        foreach (var design in new[] { true, false })
        {
            var tests = (await folder.Tabulate("many", "one", design ? "w" : null, design ? "s" : null, design ? "c" : null)).Of("test").ToList();
            Assert.Equal(["p", "q", "r"], tests.Select(t => t["row"]));
            Assert.All(tests, t => Assert.Equal(Math.Min(1, 3 * Printed.Number(t, "p_value")), Printed.Number(t, "p_family"), 1e-9));
        }
        Assert.Equal(9, (await folder.Tabulate("many", "many")).Of("test").Count());
    }
}
