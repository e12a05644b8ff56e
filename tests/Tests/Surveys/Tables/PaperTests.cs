using Shanhuo.Surveys.Contracts;
using Shanhuo.Tests.Settlement;

namespace Shanhuo.Tests.Surveys.Tables;

public sealed class PaperTests
{
    /// <summary>The percentages of sections 3.1 to 3.3 of the paper, as whole numbers of its 71 people give them.</summary>
    private static readonly (string Question, string Option, string Percent)[] Figures =
    [
        ("age_over_45", "1", "50.70"), ("education", "primary_or_below", "66.20"), ("education", "junior", "11.27"), ("education", "senior_or_technical", "8.45"),
        ("worry", "payment", "66.20"), ("worry", "quality", "53.52"), ("worry", "logistics_cost", "40.85"), ("worry", "logistics_time", "33.80"),
        ("cause", "infrastructure", "39.44"), ("cause", "public_service", "19.72"), ("cause", "no_industry", "16.90"), ("cause", "disaster", "15.49"), ("cause", "barren_land", "8.45"),
        ("phone_fee_too_dear", "1", "22.54"), ("signal_unstable", "1", "43.66"), ("pickup", "over_10km", "49.30"), ("pickup", "own_village", "11.27"),
        ("view_ecpa", "drives_economy", "39.44"), ("view_ecpa", "sell_produce", "36.62"), ("view_ecpa", "answer_government", "23.94"), ("self_rated_qualified", "1", "50.70"), ("self_rated_qualified", "0", "49.30"),
        ("barrier", "no_skills", "61.97"), ("barrier", "no_funds", "45.07"), ("barrier", "no_idea", "43.66"), ("barrier", "content", "39.44"),
        ("most_receptive_group", "township_enterprise_leader", "28.17"), ("most_receptive_group", "young_innovator", "28.17"), ("most_receptive_group", "elder_cadre", "18.31"), ("most_receptive_group", "ordinary_villager", "18.31"),
    ];

    [Fact]
    public async Task Tabulating_the_71_rows_prints_the_paper_s_list()
    {
        var folder = Path.Combine(Repository.Root, "data", "surveys", "zhangjiachuan");
        var printed = new Dictionary<string, Printed>();
        foreach (var question in Figures.Select(f => f.Question).Distinct()) printed[question] = await SurveyFolder.Run(new TabulateOptions(folder, Path.Combine(folder, "synthetic-71.csv"), question));
        Assert.All(printed.Values, p => Assert.Equal((0, ""), (p.Exit, p.Error)));
        Assert.Equal(Figures.Select(f => f.Percent), Figures.Select(f => printed[f.Question].Cell(f.Option, "answered")["percent"]));
        Assert.Equal(Figures.Select(_ => "71"), Figures.Select(f => printed[f.Question].Cell(f.Option, "asked")["base_count"]));
        // The paper's 138 mentions of worries are the base of answers.
        Assert.Equal("138", printed["worry"].Cell("payment", "answers")["base_count"]);
        // 35 of 71: the 95 % Wilson interval is 38.0 to 60.7 %.
        Assert.Equal((0.380, 0.607), (Math.Round(Printed.Number(printed["pickup"].Cell("over_10km", "answered"), "low"), 3), Math.Round(Printed.Number(printed["pickup"].Cell("over_10km", "answered"), "high"), 3)));
    }
}
