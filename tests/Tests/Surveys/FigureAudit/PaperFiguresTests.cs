using Shanhuo.Kernel;
using Shanhuo.Surveys.Contracts;
using Shanhuo.Tests.Architecture;

namespace Shanhuo.Tests.Surveys.FigureAudit;

/// <summary>The auditor on the figures of the four papers: each verdict that a careful reader came to is raised, and nothing on what holds.</summary>
public sealed class PaperFiguresTests
{
    private static readonly Lazy<Task<FigureReport>> Audited = new(async () =>
    {
        await using var file = File.OpenRead(Path.Combine(Repository.Root, "data", "figures", "paper-figures.csv"));
        var (figures, refused) = await FigureAuditor.Read(file, "paper-figures.csv", default);
        Assert.Empty(refused);
        return FigureAuditor.Run(figures, default);
    });

    [Fact]
    public async Task Verdict_1_names_71_people_21_of_30_fits_20_by_rounding_and_none_on_the_stated_133()
    {
        var found = Assert.Single(await Of("grim-base"));
        // told, stated, rounded at stated, cut at stated, best base, fits, rounded, cut
        Assert.Equal([30, 133L, 0, 1, 71L, 21, 20, 1], found.Reason.Arguments.Take(8));
        Assert.True(int.Parse((string)found.Reason.Arguments[8], System.Globalization.CultureInfo.InvariantCulture) > 20);
        Assert.Equal(29, (await Of("grim")).Count);
    }

    [Fact]
    public async Task Verdict_2_counts_three_closed_questions_that_make_71_and_names_those_that_print_no_rest()
    {
        Assert.Equal(3, Assert.Single(await Of("grim-base")).Reason.Arguments[9]);
        Assert.Equal(["Q02 Q03 Q04", "Q28 Q29 Q30 Q31"], Ids(await Of("closed-sum")));
    }

    [Fact]
    public async Task Verdict_3_names_nine_that_do_not_fit_71_four_that_fit_nothing_and_the_exchanged_decimals()
    {
        Assert.Equal(["Q10", "Q14", "Q15", "Q17", "Q18", "Q25", "Q26", "Q28", "Q31"], Ids(await Of("grim-odd")));
        Assert.Equal(["Q18", "Q25", "Q26", "Q31"], Ids(await Of("grim-none")));
        Assert.Equal(["28.31", "18.17", 71L, "28.17", "18.31"], Assert.Single(await Of("decimals-exchanged")).Reason.Arguments);
    }

    [Fact]
    public async Task Verdict_4_finds_one_count_printed_two_ways() =>
        Assert.Equal(["66.19", "66.20", 47L, 71L], Assert.Single(await Of("two-roundings")).Reason.Arguments);

    [Fact]
    public async Task Verdict_5_gives_the_nearest_possible_value_and_its_interval_and_sets_the_village_stations_beside_it()
    {
        Assert.Equal(["49.44", 71L, 35L, "49.30", "38.0", "60.7"], (await Of("grim-odd")).Single(f => f.Figures[0] == "Q17").Reason.Arguments);
        Assert.Contains(await Of("relation"), f => f.Figures[0] == "Q18");
    }

    [Fact]
    public async Task Verdict_6_finds_44_answers_where_35_were_sent_on() =>
        Assert.Equal(["61.97", "49.3", 44.0, 35.0, 71L], Assert.Single(await Of("skip")).Reason.Arguments);

    [Fact]
    public async Task Verdict_7_finds_258_villages_where_there_are_255() =>
        Assert.Equal(["258", "255", "3", "Z47 + Z48"], Assert.Single(await Of("sum")).Reason.Arguments);

    [Fact]
    public async Task Verdict_8_finds_both_incidences_without_their_population()
    {
        var found = await Of("rate-base");
        Assert.Equal(["104,500", "33.79", "309,263", "309,069–309,457"], found.Single(f => f.Figures[0] == "Z07b").Reason.Arguments.Take(4));
        Assert.Equal("314,353", found.Single(f => f.Figures[0] == "Z08b").Reason.Arguments[2]);
    }

    [Fact]
    public async Task Verdict_9_finds_before_and_after_on_two_populations()
    {
        Assert.Equal(["32.16", "546,331", "8.97", "1,826,087", "-72.1", "-6.8"], Assert.Single(await Of("base-change")).Reason.Arguments);
        Assert.Superset(new HashSet<string> { "L09", "L12b" }, (await Of("rate-base")).Select(f => f.Figures[0]).ToHashSet());
    }

    [Theory]
    [InlineData("relation", "W01 L13", "lifted off poverty, yet 489 villages are poor")]
    [InlineData("relation", "L24b L11 L13", "160 + 489 villages are not 560")]
    [InlineData("relation", "W02", "deep-poverty villages that are called non-poor")]
    [InlineData("list", "L22a", "six counties announced, five named")]
    [InlineData("place", "L22a", "Zhengxian is no county of Linxia")]
    [InlineData("place", "L22b", "Hexian is no county of Linxia")]
    [InlineData("place", "L04c", "a prefecture cannot hold autonomous prefectures")]
    [InlineData("twice", "L21b L21a", "Qingyang in text and table")]
    [InlineData("twice", "L19b L19a", "the table gives Longnan's figure to Weinan")]
    [InlineData("place", "L19b", "Weinan lies in Shaanxi")]
    [InlineData("twice", "L15d L15c", "800 outlets or 800 shops")]
    [InlineData("coverage", "L23b L15b L23a", "58 stations for 124 townships")]
    [InlineData("coverage", "L24b L24a", "214 stations for 560 villages")]
    [InlineData("relation", "L27 L28a L28b", "260 households times 500 yuan")]
    [InlineData("sample", "L02", "300 questionnaires without a result")]
    [InlineData("relation", "W03 L05 L03b", "269 people per square kilometre called sparse")]
    public async Task Verdict_10_raises_each_contradiction(string rule, string figures, string what) =>
        Assert.True(Ids(await Of(rule)).Contains(figures), what);

    [Theory]
    [InlineData("G18c", "Qianxinan, Guizhou")]
    [InlineData("G21b", "Tongren, Guizhou")]
    [InlineData("G21c", "Anshun, Guizhou")]
    [InlineData("G21d", "Qiandongnan, Guizhou")]
    [InlineData("G22", "Qiannan, Guizhou")]
    public async Task Verdict_11_finds_the_cases_of_Gansu_in_Guizhou(string figure, string where) =>
        Assert.EndsWith(where, (string)(await Of("place")).Single(f => f.Figures.Contains(figure)).Reason.Arguments[3], StringComparison.Ordinal);

    [Fact]
    public async Task Verdict_11_finds_that_Longnan_is_no_county() =>
        Assert.Contains("G18a G18b G19a G19b G20", Ids(await Of("place")));

    [Theory]
    [InlineData("Z04")]
    [InlineData("Z05")]
    [InlineData("G10")]
    [InlineData("L08")]
    [InlineData("L16")]
    [InlineData("L17")]
    [InlineData("L18")]
    [InlineData("L20")]
    [InlineData("Z02")]
    [InlineData("Z06")]
    [InlineData("Z46")]
    [InlineData("G05")]
    [InlineData("G07")]
    [InlineData("G14")]
    [InlineData("Q05")]
    public async Task Nothing_is_raised_on_a_fact_that_holds(string fact) =>
        Assert.DoesNotContain((await Audited.Value).Findings.Where(f => f.Rule != "grim-base"), f => f.Figures.Any(id => id.StartsWith(fact, StringComparison.Ordinal)));

    [Fact]
    public async Task Every_finding_is_said_whole_in_both_languages()
    {
        var texts = new Texts([typeof(FigureAuditor).Assembly]);
        foreach (var finding in (await Audited.Value).Findings)
            foreach (var said in new[] { finding.Why(texts, Language.Zh), finding.Why(texts, Language.En), finding.HowToMend(texts, Language.Zh), finding.HowToMend(texts, Language.En) })
                Assert.True(said.Length > 0 && said[0] != '[', said);
    }

    private static async Task<List<FigureFinding>> Of(string rule) => [.. (await Audited.Value).Findings.Where(f => f.Rule == rule)];

    private static IEnumerable<string> Ids(IEnumerable<FigureFinding> findings) => findings.Select(f => string.Join(' ', f.Figures));
}
