using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;
using Shanhuo.Surveys;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Surveys.Field;

/// <summary>The demo survey of Zhangjiachuan and its report: the figures are those of the paper where 71 people can give them, else the nearest.</summary>
public sealed class ReportTests
{
    private static readonly string[] Paper =
    [
        "50.70", "66.20", "11.27", "8.45", "53.52", "40.85", "33.80", "39.44", "19.72", "16.90", "15.49", "22.54", "43.66", "49.30", "36.62", "23.94", "61.97", "45.07", "28.17", "18.31",
    ];

    internal static async Task<TestHost> Demo(DatabaseKind kind, AreaCode county)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await host.In(async s =>
        {
            Assert.Null((await s.GetRequiredService<AddAccountHandler>().Handle(new AddAccount("official", "县里", "a good password", Role.CountyOfficial, SmallCounty.County), default)).Refused);
            var clock = new DemoClock(SmallCounty.Day);
            foreach (var part in s.GetServices<ISeedDemo>().Where(d => d.Order == 15)) await part.Seed(new DemoCounty(county, SmallCounty.Day, 1, clock), default);
        });
        return host;
    }

    [Theory, EachDatabase]
    public async Task The_report_has_the_sections_and_percentages_of_the_paper_and_says_that_rows_are_invented(DatabaseKind kind)
    {
        await using var host = await Demo(kind, SmallCounty.County);
        Assert.Equal(71, await host.Db(db => db.Responses.CountAsync()));
        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County);
        var page = await official.Get("/surveys/report/zhangjiachuan");
        Assert.Contains("编造的行，论文的边际数", page.Text);
        foreach (var figure in Paper) Assert.Contains(figure + "%", page.Text);
        foreach (var section in new[] { "3.1.1", "3.1.2", "3.1.3", "3.2 ", "3.2.2", "3.2.3", "3.3.1", "3.3.2", "3.3.3" }) Assert.Contains(section, page.Text);
        Assert.Contains("47 / 71", page.Text);
        Assert.Equal(11, page.Page.QuerySelectorAll("svg.chart").Length);
        var english = await host.VisitAs(Role.Auditor, SmallCounty.County, language: "en");
        Assert.Contains("Invented rows with the paper's margins", (await english.Get("/surveys/report/zhangjiachuan")).Text);
    }

    [Fact]
    public async Task Only_the_county_of_the_paper_gets_the_survey()
    {
        await using var host = await Demo(DatabaseKind.Sqlite, DemoCounty.Yongjing);
        Assert.Equal(0, await host.Db(db => db.Surveys.CountAsync()));
    }
}
