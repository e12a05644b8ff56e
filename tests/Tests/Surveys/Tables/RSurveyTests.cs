namespace Shanhuo.Tests.Surveys.Tables;

/// <summary>
/// The api samples of R's survey package (Lumley 2004, Journal of Statistical Software 9(8); data of the California Department of Education): a stratified sample of 200 schools and a cluster sample of 15 districts.
/// The figures were computed with R survey 4.1-1: svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc) and svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc); svymean(deff = "replace"), svyciprop(method = "logit"), svyratio, svychisq.
/// </summary>
public sealed class RSurveyTests
{
    private const string Form = "type,name\nselect_one yn,sch.wide\nselect_one yn,comp.imp\nselect_one yn,awards\nselect_one stype,stype";
    private const string Choices = "list_name,name\nyn,No\nyn,Yes\nstype,E\nstype,H\nstype,M\n";

    private static SurveyFolder Folder(string name) => new(Form, Choices, File.ReadAllText(Path.Combine(Settlement.Repository.Root, "tests", "Tests", "Surveys", "Tables", name)));

    private static Task<Printed> Strat(SurveyFolder folder, string rows, string? columns = null) => folder.Tabulate(rows, columns, "pw", "stype", null, "fpc");

    private static Task<Printed> Cluster(SurveyFolder folder, string rows, string? columns = null, bool finite = true) => folder.Tabulate(rows, columns, "pw", null, "dnum", finite ? "fpc" : null);

    private static void Same(Dictionary<string, string> row, double proportion, double se, double low, double high, double effect)
    {
        foreach (var (column, value) in new[] { ("proportion", proportion), ("se", se), ("low", low), ("high", high), ("design_effect", effect) })
            if (!double.IsNaN(value)) Assert.True(Math.Abs(Printed.Number(row, column) / value - 1) < 1e-8, $"{column}: {row[column]} and R {value:R}");
    }

    private static void SameTest(Printed printed, double f, double df1, double df2, double p)
    {
        var row = printed.Of("test").Single();
        foreach (var (column, value) in new[] { ("statistic", f), ("df1", df1), ("df2", df2), ("p_value", p) })
            Assert.True(Math.Abs(Printed.Number(row, column) / value - 1) < 1e-8, $"{column}: {row[column]} and R {value:R}");
    }

    [Fact]
    public async Task A_stratified_sample_gives_what_R_gives()
    {
        using var folder = Folder("apistrat.csv");
        var one = await Strat(folder, "sch.wide");
        Same(one.Cell("Yes", "answered"), 0.82794801142, 0.02434478011, 0.774539654352, 0.870814854545, 0.82794602415);
        Same(one.Cell("No", "answered"), 0.17205198858, 0.02434478011, 0.129185145455, 0.225460345648, 0.82794602415);
        var two = await Strat(folder, "sch.wide", "stype");
        Same(two.Cell("Yes", "column-answered", "E"), 0.91, 0.0284351962064, 0.835445944244, 0.952688893982, 0.977380683103);
        Same(two.Cell("No", "column-answered", "H"), 0.48, 0.0689676349228, double.NaN, double.NaN, 0.933774834437);
        SameTest(two, 17.2474439639, 1.82867150416, 360.248286320, 2.03504635947e-07);
        SameTest(await Strat(folder, "comp.imp", "stype"), 15.0558142245, 1.88177992716, 370.710645651, 9.71822468041e-07);
    }

    [Fact]
    public async Task A_cluster_sample_gives_what_R_gives()
    {
        using var folder = Folder("apiclus1.csv");
        Same((await Cluster(folder, "sch.wide")).Cell("Yes", "answered"), 0.87431693989, 0.02035947724, 0.823798892379, 0.911900077021, 0.686529169247);
        Same((await Cluster(folder, "sch.wide", finite: false)).Cell("Yes", "answered"), 0.87431693989, 0.02056423745, 0.823218026789, 0.912220624145, 0.700407791267);
        var two = await Cluster(folder, "sch.wide", "stype");
        Same(two.Cell("Yes", "column-answered", "E"), 0.916666666667, 0.0209842789525, 0.859206537056, 0.951986801472, 0.824316411028);
        // A domain that only 8 of the 15 districts have: 7 degrees of freedom.
        Same(two.Cell("Yes", "column-answered", "H"), 0.785714285714, 0.0914619099888, 0.503687967866, 0.929812572365, 0.645901088909);
        SameTest(two, 5.1933695414749, 1.4946397777075, 20.9249568879044, 0.0217474623708);
        SameTest(await Cluster(folder, "comp.imp", "stype"), 3.5450737230008, 1.4293585726163, 20.0110200166282, 0.0613543866424);
        SameTest(await Cluster(folder, "awards", "stype"), 5.0258756379809, 1.7120028343206, 23.9680396804879, 0.0187868950864);
        SameTest(await Cluster(folder, "sch.wide", "stype", finite: false), 5.0904626152898, 1.4946397777075, 20.9249568879044, 0.0230716168258);
    }

    [Fact]
    public async Task Shares_of_answers_are_R_s_ratio_estimator()
    {
        var lines = File.ReadAllLines(Path.Combine(Settlement.Repository.Root, "tests", "Tests", "Surveys", "Tables", "apiclus1.csv")).Select(l => l.Split(',')).ToArray();
        var (imp, awards, dnum, pw, fpc) = (Array.IndexOf(lines[0], "comp.imp"), Array.IndexOf(lines[0], "awards"), Array.IndexOf(lines[0], "dnum"), Array.IndexOf(lines[0], "pw"), Array.IndexOf(lines[0], "fpc"));
        static int Mark(string text) => text == "Yes" ? 1 : 0;
        using var folder = new SurveyFolder("type,name\nselect_multiple got,got", "list_name,name\ngot,awards\ngot,imp\n",
            "got/awards,got/imp,dnum,pw,fpc\n" + string.Join('\n', lines.Skip(1).Select(l => $"{Mark(l[awards])},{Mark(l[imp])},{l[dnum]},{l[pw]},{l[fpc]}")));
        Same((await Cluster(folder, "got")).Cell("awards", "answers"), 0.494296577947, 0.0037210882498, double.NaN, double.NaN, double.NaN);
    }

    [Fact]
    public async Task Without_a_design_the_test_is_Pearson_s()
    {
        using var folder = Folder("apistrat.csv");
        var test = (await folder.Tabulate("sch.wide", "stype")).Of("test").Single();
        Assert.StartsWith("pearson", test["method"], StringComparison.Ordinal);
        Assert.Equal((29.11184211, 2), (Math.Round(Printed.Number(test, "statistic"), 8), Printed.Number(test, "df1")));
        Assert.Equal(4.76918102996e-07, Printed.Number(test, "p_value"), 1e-15);
    }
}
