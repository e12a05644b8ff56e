using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Surveys;
using Shanhuo.Surveys.Field;
using Shanhuo.Surveys.Forms;
using Shanhuo.Surveys.Tables;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Surveys.Field;

/// <summary>Tables of stored responses: what came since the last table, versions, and how people were drawn.</summary>
public sealed class StoredTablesTests
{
    private static Scope Official => new() { Area = SmallCounty.County, AccountId = 1, Role = Role.CountyOfficial };

    private static async Task<(TestHost Host, Visitor Official, long Survey)> Sent(DatabaseKind kind, int small = 1)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County);
        var id = (await host.In(s => s.GetRequiredService<PutSurvey>().Handle(new SentForm(Guid.NewGuid(), null, FormFile.Xlsx(), "sales.xlsx"), default), Official)).Survey!.Id;
        await host.In(s => s.GetRequiredService<PutSurvey>().Open(id, SmallCounty.County, host.Clock.Today, default), Official);
        await host.Db(async db =>
        {
            (await db.Surveys.SingleAsync()).SmallBelow = small;
            await db.SaveChangesAsync();
        });
        return (host, official, id);
    }

    private static async Task Take(TestHost host, long id, string csv) => await host.In(async s =>
    {
        var take = s.GetRequiredService<TakeFile>();
        Assert.Null((await take.Take((await take.Keep(id, SmallCounty.VillageA, Encoding.UTF8.GetBytes(csv), "d.csv", default)).Value.Id, default)).Refused);
    }, Official);

    private static async Task<Response> Begin(TestHost host, long id) => (await host.In(s => s.GetRequiredService<Interviews>().Begin(new BeginInterview(Guid.NewGuid(), id, SmallCounty.VillageB, ""), default), Official)).Value;

    private static Task Finish(TestHost host, Response begun, string sells) => host.In(async s =>
    {
        var (work, forms) = (s.GetRequiredService<Interviews>(), s.GetRequiredService<FormShelf>());
        var (response, interview) = (await work.Find(begun.Id, default))!.Value;
        interview.Book.Answers["sells"] = sells;
        var form = await work.FormOf(response, default);
        Assert.Null((await work.End(response, interview, form, default)).Refused);
    }, Official);

    [Theory, EachDatabase]
    public async Task A_table_counts_every_response_once_in_whatever_order_interviews_end(DatabaseKind kind)
    {
        var (host, official, id) = await Sent(kind);
        await using var _ = host;
        async Task Shows(string share) => Assert.Contains(share, (await official.Get($"/surveys/tables/table/{id}?Rows=sells")).Text);
        var early = await Begin(host, id); // the lowest id ends last
        var other = await Begin(host, id);
        await Take(host, id, "sells,_uuid\ny,u1\nn,u2\nn,u3\n");
        await Shows("1 / 3");
        await Finish(host, other, "y");
        await Shows("2 / 4");
        await Take(host, id, "sells,_uuid\ny,u4\n");
        var late = await Begin(host, id);
        await Shows("3 / 5");
        await Finish(host, late, "n");
        await Finish(host, early, "y");
        await Shows("4 / 7");
        await Shows("4 / 7");
        // An id from another machine, lower than all.
        await host.Db(async db =>
        {
            db.Responses.Add(new Response { County = SmallCounty.County, Id = 1, RequestId = Guid.NewGuid(), SurveyId = id, Version = 1, Area = SmallCounty.VillageA, ByAccountId = 1, Interviewer = "", Proxy = "", Day = SmallCounty.Day, Source = ResponseSource.File, State = ResponseState.Complete, Answers = "{\"sells\":\"y\"}" });
            await db.SaveChangesAsync();
        });
        await Shows("5 / 8");
    }

    [Fact]
    public async Task An_earlier_version_is_chosen_on_the_page_and_its_files_are_of_that_version()
    {
        var (host, official, id) = await Sent(DatabaseKind.Sqlite);
        await using var _ = host;
        await Take(host, id, "sells,_uuid\ny,u1\nn,u2\nn,u3\n");
        Assert.Null((await official.Get($"/surveys/tables/table/{id}?Rows=sells")).Page.QuerySelector("select[name=Version]"));
        await host.In(s => s.GetRequiredService<PutSurvey>().Handle(new SentForm(Guid.NewGuid(), id, FormFile.Xlsx(FormFile.Survey.Replace("谢谢", "辛苦了")), "again.xlsx"), default), Official);
        await Take(host, id, "sells,_uuid\ny,u11\ny,u12\n");
        var latest = await official.Get($"/surveys/tables/table/{id}?Rows=sells");
        Assert.Contains("2 / 2", latest.Text);
        Assert.Equal(["1", "2"], latest.Page.QuerySelectorAll("select[name=Version] option").Select(o => o.GetAttribute("value")));
        var earlier = await official.Get($"/surveys/tables/table/{id}?Rows=sells&Version=1&Cluster=&Strata=");
        Assert.Contains("1 / 3", earlier.Text);
        Assert.Equal("1", earlier.Page.QuerySelector("select[name=Version] option[selected]")!.GetAttribute("value"));
        var links = earlier.Page.QuerySelectorAll("a[download]").Select(a => a.GetAttribute("href")!).ToList();
        Assert.Equal(2, links.Count);
        Assert.All(links, l => Assert.Contains("Version=1", l));
        Assert.Contains(",1,3,", await official.Client.GetStringAsync(links[0]));
        Assert.Equal(HttpStatusCode.NotFound, (await official.Get($"/surveys/tables/table/{id}?Rows=sells&Version=3")).Status);
    }

    [Theory, EachDatabase]
    public async Task Villages_as_clusters_change_the_error_as_the_formula_says_and_not_the_share(DatabaseKind kind)
    {
        var (host, official, id) = await Sent(kind);
        await using var _ = host;
        await Take(host, id, "sells,_uuid,area_code\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{(i < 15 || i is >= 20 and < 25 ? "y" : "n")},u{i},{(i < 20 ? SmallCounty.VillageA : SmallCounty.VillageB)}\n")));
        Task<SafeTable> Table(string? strata, string? cluster) => host.In(async s => (await s.GetRequiredService<MakeTable>().Handle(new TableRequest(id, null, "sells", Strata: strata, Cluster: cluster), Language.En, default)).Value, Official);
        static Share Yes(SafeTable t) => t.Table.Shares.First(s => s is { Row: 0, Base: "answered" }).Value;
        // Two villages of 20: 15 and 5 say yes. u = (15 − 10)/40 and its opposite: sqrt(2/1 · 2 · (5/40)²) = 0.25.
        var clustered = Yes(await Table(null, StoredDesign.Village));
        Assert.Equal((0.5, 0.25), (clustered.Proportion, Math.Round(clustered.Error, 12)));
        // Drawn one by one: sqrt(40/39 · 40 · (0.5/40)²).
        Assert.Equal(Math.Sqrt(40.0 / 39 * 40 * Math.Pow(0.5 / 40, 2)), Yes(await Table(null, null)).Error, 1e-12);
        // Strata of one question's answers: within them everybody says the same.
        Assert.Equal(0, Yes(await Table("sells", null)).Error, 1e-12);
        var page = await official.Get($"/surveys/tables/table/{id}?Rows=sells&Cluster=@village");
        Assert.Equal("@village", page.Page.QuerySelector("select[name=Cluster] option[selected]")!.GetAttribute("value"));
        Assert.Contains("Cluster=@village", page.Page.QuerySelector("a[download]")!.GetAttribute("href"));
        Assert.Contains("只有一个群", (await official.Get($"/surveys/tables/table/{id}?Rows=sells&Cluster=@village&Area={SmallCounty.VillageA}")).Text);
        await Take(host, id, "sells,_uuid,area_code\ny,u90,620525\n");
        Assert.Contains("有的答卷没有写到村", (await official.Get($"/surveys/tables/table/{id}?Rows=sells&Cluster=@village")).Text);
    }

    [Fact]
    public async Task The_page_of_a_survey_does_not_count_so_exactly_that_the_few_who_did_not_answer_are_known()
    {
        var (host, official, id) = await Sent(DatabaseKind.Sqlite, small: 5);
        await using var _ = host;
        // 31 people, 2 of whom did not say why.
        await Take(host, id, "sells,why,_uuid\n" + string.Concat(Enumerable.Range(0, 31).Select(i => $"{(i < 15 ? "y" : "n")},{(i < 2 ? "" : i % 2 == 0 ? "price" : "near")},u{i}\n")));
        var table = await official.Get($"/surveys/tables/table/{id}?Rows=why");
        Assert.Contains("/ 29", table.Text);
        Assert.DoesNotContain("/ 31", table.Text);
        Assert.DoesNotContain("没有回答：2", table.Text);
        var figures = (await official.Get($"/surveys/field/survey/{id}")).Page.QuerySelector(".figures")!.TextContent;
        Assert.Contains("不少于 30", figures);
        Assert.DoesNotContain("31", figures);
    }
}
