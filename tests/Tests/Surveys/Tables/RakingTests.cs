using System.Globalization;

namespace Shanhuo.Tests.Surveys.Tables;

/// <summary>Raked weights and their errors against R survey's rake (rake.R, rake.out).</summary>
public sealed class RakingTests
{
    private const string Form = "type,name\nselect_one yn,sch.wide\nselect_one yn,comp.imp\nselect_one yn,awards\nselect_one stype,stype";
    private const string Choices = "list_name,name\nyn,No\nyn,Yes\nstype,E\nstype,H\nstype,M\n";
    private const string Types = "question,option,population\nstype,E,4421\nstype,H,755\nstype,M,1018\n", Wide = "sch.wide,No,1072\nsch.wide,Yes,5122\n", Awards = "awards,No,2027\nawards,Yes,4167\n";
    private static readonly string Here = Path.Combine(Settlement.Repository.Root, "tests", "Tests", "Surveys", "Tables");

    private static async Task<Printed> Rake(string data, string margins, string rows, string? columns, string? strata, string? cluster, string? population, string weight = "pw")
    {
        using var folder = new SurveyFolder(Form, Choices, data);
        folder.Write("margins.csv", margins);
        return await SurveyFolder.Run(new(folder.Path, folder.Data, rows, columns, weight, strata, cluster, population) { Rake = Path.Combine(folder.Path, "margins.csv") });
    }

    [Theory]
    [InlineData("strat", "apistrat.csv", Types + Wide + Awards, "stype", null, "fpc")]
    [InlineData("clus", "apiclus1.csv", Types + Wide, null, "dnum", null)]
    public async Task Raked_shares_errors_and_tests_are_those_of_R(string name, string file, string margins, string? strata, string? cluster, string? population)
    {
        var data = await File.ReadAllTextAsync(Path.Combine(Here, file));
        var known = (await File.ReadAllLinesAsync(Path.Combine(Here, "rake.out"))).Select(l => l.Split(' ')).Where(l => l[0] == name).ToDictionary(l => l[1], l => (Value: Number(l[2]), Second: Number(l[3])));
        Assert.Equal(6, known.Count);
        var all = (await Rake(data, margins, "comp.imp", null, strata, cluster, population)).Cell("Yes", "answered");
        Near(known["Yes"].Value, all["proportion"]);
        Near(known["Yes"].Second, all["se"]);
        Assert.Equal(1, Number(all["se"]) / known["exact"].Second, 8);
        var by = await Rake(data, margins, "comp.imp", "stype", strata, cluster, population);
        // R's ten rounds of residuals are not quite all the way; what they lead to is "exact" in rake.out.
        foreach (var type in new[] { "E", "H", "M" })
        {
            Near(known[type].Value, by.Cell("Yes", "column-answered", type)["proportion"]);
            Near(known[type].Second, by.Cell("Yes", "column-answered", type)["se"]);
        }
        var test = (await Rake(data, margins, "comp.imp", "awards", strata, cluster, population)).Of("test").Single();
        Assert.Equal(1, Number(test["statistic"]) / known["F"].Value, 3);
    }

    [Fact]
    public async Task The_margins_themselves_have_no_error_left()
    {
        var data = await File.ReadAllTextAsync(Path.Combine(Here, "apistrat.csv"));
        var cell = (await Rake(data, Types + Wide, "sch.wide", null, "stype", null, "fpc")).Cell("Yes", "answered");
        Assert.Equal(5122.0 / 6194, Printed.Number(cell, "proportion"), 9);
        Assert.True(Printed.Number(cell, "se") < 1e-9, cell["se"]);
    }

    [Theory]
    [InlineData("question,option,population\nstype,E,10\nstype,X,5\n", "no choice 'X'")]
    [InlineData("question,option,population\nstype,E,10\nstype,H,5\n", "have no answer to 'stype'")]
    [InlineData("question,option,population\nstype,E,10\nstype,H,5\nstype,M,5\nawards,No,9\nawards,Yes,9\n", "do not add up")]
    [InlineData("question,option,population\nnone,E,10\n", "no question with one choice")]
    [InlineData("question,option\nstype,E\n", "no column 'population'")]
    [InlineData("question,option,population\nstype,E,-1\n", "no number of people")]
    public async Task Margins_that_do_not_fit_are_refused_with_their_row(string margins, string why)
    {
        var printed = await Rake(await File.ReadAllTextAsync(Path.Combine(Here, "apistrat.csv")), margins, "comp.imp", null, null, null, null);
        Assert.Equal(1, printed.Exit);
        Assert.Contains(why, printed.Error);
        Assert.StartsWith("margins.csv:", printed.Error);
        Assert.Empty(printed.Rows);
    }

    [Fact]
    public async Task A_margin_with_nobody_and_margins_that_contradict_each_other_are_refused()
    {
        var nobody = await Rake("pw,stype,sch.wide,comp.imp,awards\n1,E,Yes,Yes,No\n1,H,No,No,Yes\n", Types, "comp.imp", null, null, null, null);
        Assert.Contains("Nobody in the sample gave 'M'", nobody.Error);
        // Who says E says Yes and who says H says No, so 6 of 10 cannot be E while 3 of 10 say Yes.
        var far = await Rake("pw,stype,sch.wide,comp.imp,awards\n1,E,Yes,Yes,No\n1,H,No,No,Yes\n", "question,option,population\nstype,E,6\nstype,H,4\nsch.wide,Yes,3\nsch.wide,No,7\n", "comp.imp", null, null, null, null);
        Assert.Equal(1, far.Exit);
        Assert.Contains("After 500 rounds", far.Error);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static void Near(double known, string printed) => Assert.True(Math.Abs(Number(printed) - known) < 1e-5, $"{printed} and R {known:R}");
}
