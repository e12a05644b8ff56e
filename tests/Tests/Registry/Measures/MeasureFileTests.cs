using System.Globalization;
using System.Text;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Tests.Registry.Measures;

public class MeasureFileTests
{
    [Fact]
    public async Task The_table_begins_with_the_promised_columns_and_ends_with_all()
    {
        var (code, table, said) = await Measure("village,income\nb,100\na,200\nb,400\n", o => o with { By = "village" }, 300);
        Assert.Equal(0, code);
        Assert.Equal("group,n,weighted_n,p0,p1,p2,sen,gini\na,1,1,1,0.333333333333,0.111111111111,0.333333333333,0\nb,2,2,0.5,0.333333333333,0.222222222222,0.333333333333,0.3\nall,3,3,0.666666666667,0.333333333333,0.185185185185,0.388888888889,0.285714285714\n", table);
        Assert.Contains("not at it", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_income_is_not_poor_and_no_household_crosses_the_line_silently()
    {
        var random = new Random(7);
        var rows = Enumerable.Range(0, 10_000).Select(i => (Village: $"v{i % 40}", Income: random.Next(0, 12_000) / 2m, IsBlank: random.Next(5) == 0)).ToArray();
        var blank = random.GetItems(new[] { "", " ", "NA", "不详", "　" }, rows.Length);
        var whole = await Measure("village,income\n" + string.Concat(rows.Select(r => Line(r.Village, r.Income.ToString(CultureInfo.InvariantCulture)))), o => o with { By = "village" });
        var kept = await Measure("village,income\n" + string.Concat(rows.Where(r => !r.IsBlank).Select(r => Line(r.Village, r.Income.ToString(CultureInfo.InvariantCulture)))), o => o with { By = "village" });
        var holed = await Measure("village,income\n" + string.Concat(rows.Select((r, i) => Line(r.Village, r.IsBlank ? blank[i] : r.Income.ToString(CultureInfo.InvariantCulture)))), o => o with { By = "village", Bounds = true });
        Assert.Equal(0, holed.Code);
        Assert.Contains($"{rows.Count(r => r.IsBlank)} of unknown income", holed.Said, StringComparison.Ordinal);
        foreach (var group in rows.Select(r => r.Village).Distinct().Append("all"))
        {
            var own = rows.Where(r => group == "all" || r.Village == group).ToArray();
            Assert.Equal(own.Count(r => !r.IsBlank), SmallSurvey.Figure(holed.Table, group, "n"));
            Assert.Equal(own.Count(r => r.IsBlank), SmallSurvey.Figure(holed.Table, group, "unknown"));
            foreach (var measure in new[] { "p0", "p1", "p2", "sen", "gini" })
            {
                Assert.Equal(SmallSurvey.Figure(kept.Table, group, measure), SmallSurvey.Figure(holed.Table, group, measure));
                Assert.InRange(SmallSurvey.Figure(whole.Table, group, measure), SmallSurvey.Figure(holed.Table, group, measure + "_lo"), SmallSurvey.Figure(holed.Table, group, measure + "_hi"));
            }
        }

        static string Line(string village, string income) => $"{village},{income}\n";
    }

    [Fact]
    public async Task A_group_of_unknown_incomes_only_has_no_figures_and_the_widest_bounds()
    {
        var (code, table, _) = await Measure("village,income\na,\nb,100\nb,900\n", o => o with { By = "village", Bounds = true, StandardErrors = true }, 300);
        Assert.Equal(0, code);
        Assert.Contains("\na,0,0,,,,,,,,,,,1,1,0,1,0,1,0,1,0,1,0,0\n", table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_are_read_as_people_write_them()
    {
        var (code, table, _) = await Measure("收入\n\"1,200.50\"\n１２００.５\n1.2005e3\n￥1200.5元\n 1200.50 \n", o => o with { Income = "收入" }, 1200.51);
        Assert.Equal(0, code);
        Assert.Equal((5, 1), (SmallSurvey.Figure(table, "all", "n"), SmallSurvey.Figure(table, "all", "p0")));
        Assert.Equal(0, SmallSurvey.Figure(table, "all", "gini"), 12);
    }

    [Theory]
    [InlineData("gb18030", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    public async Task A_file_in_any_usual_encoding_gives_the_same(string encoding, bool mark)
    {
        var code = encoding == "gb18030" ? CodePagesEncodingProvider.Instance.GetEncoding(encoding)! : Encoding.GetEncoding(encoding);
        var path = SmallSurvey.Files("")[0];
        await File.WriteAllBytesAsync(path, [.. mark ? code.GetPreamble() : [], .. code.GetBytes("村,收入\n大堡,100\n大堡,400\n")]);
        var run = await SmallSurvey.Run(new MeasureOptions(path, "收入", 300) { By = "村" });
        Assert.Contains("\n大堡,2,2,0.5,", run.Table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workbook_gives_the_same()
    {
        var path = Path.ChangeExtension(SmallSurvey.Files("")[0], ".xlsx");
        await using (var stream = File.Create(path))
        using (var sheet = SheetWriter.Begin(SheetFormat.Xlsx, stream, "户", new SheetColumn("income", SheetColumnKind.Whole), new SheetColumn("v")))
            foreach (var income in new[] { 100L, 400 }) sheet.Row(income, "a");
        var run = await SmallSurvey.Run(new MeasureOptions(path, "income", 300));
        Assert.Contains("\nall,2,2,0.5,", run.Table, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Groups_that_are_numbers_stand_in_the_order_of_numbers()
    {
        var (_, table, _) = await Measure("village,income\n10,1\n9,1\n101,1\n", o => o with { By = "village" });
        Assert.Equal(["group", "9", "10", "101", "all"], table.TrimEnd('\n').Split('\n').Select(l => l.Split(',')[0]));
    }

    [Theory]
    [InlineData("village,income,w\na,x1,1\n", "A.csv:2:income: 'x1' is no number")]
    [InlineData("village,income,w\na,无,1\n", "A.csv:2:income: '无' is no number")]
    [InlineData("village,income,w\na,1e15,1\n", "A.csv:2:income: '1e15' is no number")]
    [InlineData("village,income,w\na,Infinity,1\n", "A.csv:2:income: 'Infinity' is no number")]
    [InlineData("village,income,w\na,5,1\na,5,-1\n", "A.csv:3:w: The weight -1 is below zero")]
    [InlineData("village,income,w\nall,5,1\n", "A.csv:2:village: The group 'all'")]
    [InlineData("village,earned,w\na,5,1\n", "A.csv:1:income: There is no column 'income'. The first row has: village, earned, w")]
    [InlineData("village,income,w,income\na,5,1,6\n", "A.csv:1:income: The column 'income' stands twice")]
    [InlineData("", "A.csv: The file is empty")]
    public async Task A_wrong_file_is_refused_with_its_place_and_nothing_is_printed(string file, string why)
    {
        var (code, table, said) = await Measure(file, o => o with { By = "village", Weight = "w" });
        Assert.Equal((1, ""), (code, table));
        Assert.Contains(why, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s,N\na,3\na,4\n", "A.csv:3:fpc: The population of stratum 'a' was 3 before and is 4 here")]
    [InlineData("s,N\na,1\nb,4\n", "has a share (1)")]
    [InlineData("s,N\na,2\na,2\na,2\n", "has a population of 2, fewer than its 3")]
    [InlineData("s,N\na,9\nb,9\nb,9\n", "Stratum 'a' has only one cluster")]
    [InlineData("s,N\n,9\n", "A.csv:2:s: This cell is empty")]
    [InlineData("s,N\na,\n", "A.csv:2:N: '' is no size")]
    public async Task A_design_that_cannot_be_is_refused(string file, string why)
    {
        var (code, _, said) = await Measure(file, o => o with { Income = "N", Strata = "s", Fpc = "N", StandardErrors = true });
        Assert.Equal(1, code);
        Assert.Contains(why, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_that_is_none_is_wrong_usage() => Assert.Equal(2, (await Measure("income\n1\n", o => o, -1)).Code);

    [Fact]
    public async Task A_stopped_run_prints_nothing()
    {
        var path = SmallSurvey.Files("income\n" + string.Concat(Enumerable.Repeat("1\n", 10_000)))[0];
        var (code, table, said) = await SmallSurvey.Run(new MeasureOptions(path, "income", 5), new CancellationToken(canceled: true));
        Assert.Equal((1, ""), (code, table));
        Assert.Contains("Stopped", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_rows_than_a_sheet_may_have_are_read_from_a_CSV_file_at_the_command_line()
    {
        var (code, table, _) = await Measure("income\n" + string.Concat(Enumerable.Repeat("1\n9\n", 150_000)), o => o);
        Assert.Equal((0, 300_000), (code, SmallSurvey.Figure(table, "all", "n")));
    }

    [Fact]
    public async Task Multidimensional_poverty_of_a_file_adds_up_by_group_and_leaves_the_unknown_out()
    {
        // The example of Alkire and Foster (2011), with a fifth person who did not answer all.
        var path = SmallSurvey.Files("g,a,b,c,d\nx,0,0,0,0\nx,0,1,0,1\ny,是,1,1,1\ny,0,1,0,否\ny,1,,0,0\n")[0];
        var (code, table, said) = await SmallSurvey.Run(new DeprivationOptions(path, "a,b,c,d", "1/2") { By = "g", Bounds = true, StandardErrors = true });
        Assert.Equal(0, code);
        Assert.StartsWith("group,n,weighted_n,h,a,m0,se_h,se_a,se_m0,unknown,", table, StringComparison.Ordinal);
        Assert.Equal((0.5, 0.75, 0.375), (SmallSurvey.Figure(table, "all", "h"), SmallSurvey.Figure(table, "all", "a"), SmallSurvey.Figure(table, "all", "m0")));
        Assert.Equal(0.375, (SmallSurvey.Figure(table, "x", "m0") + SmallSurvey.Figure(table, "y", "m0")) / 2, 12);
        Assert.Equal((1, 0.4, 0.6), (SmallSurvey.Figure(table, "all", "unknown"), SmallSurvey.Figure(table, "all", "h_lo"), SmallSurvey.Figure(table, "all", "h_hi")));
        Assert.Contains("1 with an unknown one", said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Table, string Said)> Measure(string file, Func<MeasureOptions, MeasureOptions> how, double line = 2995) =>
        await SmallSurvey.Run(how(new MeasureOptions(SmallSurvey.Files(file)[0], "income", line)));
}
