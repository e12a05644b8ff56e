using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Surveys;
using Shanhuo.Surveys.Field;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Surveys.Field;

public sealed class SurveyPagesTests
{
    private static Scope Official => new() { Area = SmallCounty.County, AccountId = 1, Role = Role.CountyOfficial };

    private static async Task<(TestHost Host, Visitor Official, long Survey)> Sent(DatabaseKind kind, bool open = true)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County);
        var page = await official.Submit(await official.Get("/surveys/field/new"), "main form", [], new() { ["Upload"] = ("sales.xlsx", FormFile.Xlsx()) });
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("您在网上卖东西吗？", page.Text);
        var id = long.Parse(page.Address.Segments[^1], System.Globalization.CultureInfo.InvariantCulture);
        if (open) await official.Submit(page, "form[action*=Open]", new() { ["Area"] = "620525", ["Until"] = "2026-12-31" });
        return (host, official, id);
    }

    [Theory, EachDatabase]
    public async Task A_survey_goes_from_the_workbook_to_an_answer_on_a_phone_and_into_a_table(DatabaseKind kind)
    {
        var (host, official, id) = await Sent(kind);
        await using var _ = host;
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        Assert.Contains("卖货调查", (await station.Get("/surveys/field")).Text);
        var begin = await station.Get($"/surveys/field/begin/{id}");
        Assert.Single(begin.Page.QuerySelectorAll("#Area option")); // the own village only
        var page = await station.Submit(begin, "main form", new() { ["ByProxy"] = "true", ["Proxy"] = "孙女" });
        Assert.DoesNotContain("上个月几单", page.Text); // waits for what decides it
        page = await station.Submit(page, "main form", []);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("这一题要回答", page.Page.QuerySelector("fieldset .error")!.TextContent);
        page = await station.Submit(page, "main form", new() { ["q.sells"] = "y", ["none.why"] = "1" });
        Assert.Contains("上个月几单", page.Text); // the same page again, with one question more
        page = await station.Submit(page, "main form", new() { ["q.orders"] = "501" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("单数在 0 到 500 之间", page.Page.QuerySelector(".field.wrong .error")!.TextContent);
        Assert.Equal("501", page.Page.QuerySelector("[name='q.orders']")!.GetAttribute("value"));
        page = await station.Submit(page, "main form", new() { ["q.orders"] = "１２" });
        page = await station.Submit(page, "main form", new() { ["q.good"] = "杏仁", ["Go"] = "more" });
        Assert.Contains("第 2 个", page.Text);
        page = await station.Submit(page, "main form", new() { ["q.good"] = "羊绒毯" });
        Assert.Contains("谢谢", page.Text);
        page = await station.Submit(page, "main form", []);
        Assert.Contains("都问完了", page.Text);
        var last = page;
        foreach (var time in new[] { 1, 2 }) Assert.Contains("收到了", (await station.Submit(last, "main form", [])).Text);
        var stored = await host.Db(db => db.Responses.SingleAsync());
        Assert.Equal("""{"sells":"y","orders":"12","why":"","goods":[{"good":"杏仁"},{"good":"羊绒毯"}]}""", stored.Answers);
        Assert.Equal((ResponseState.Complete, ResponseSource.Browser, "孙女", SmallCounty.VillageA), (stored.State, stored.Source, stored.Proxy, stored.Area));
        // One person is too few for any table.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await official.Get($"/surveys/tables/table/{id}?Rows=sells")).Status);
        await Set(host, id, small: 1);
        var table = await official.Get($"/surveys/tables/table/{id}?Rows=sells&Columns=many");
        Assert.Equal(HttpStatusCode.OK, table.Status);
        Assert.Contains("100.00% 1 / 1", table.Text);
        Assert.Contains("羊绒毯", (await official.Get($"/surveys/tables/table/{id}?Rows=good")).Text);
    }

    [Theory, EachDatabase]
    public async Task The_same_begin_twice_is_one_interview_and_a_draft_waits_for_its_interviewer_only(DatabaseKind kind)
    {
        var (host, _, id) = await Sent(kind);
        await using var __ = host;
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        var begin = await station.Get($"/surveys/field/begin/{id}");
        var first = await station.Submit(begin, "main form", []);
        var second = await station.Submit(begin, "main form", []);
        Assert.Equal(first.Address.AbsolutePath, second.Address.AbsolutePath);
        await station.Submit(first, "main form", new() { ["q.sells"] = "n" });
        Assert.NotNull((await station.Get(first.Address.AbsolutePath)).Page.QuerySelector("[value=n][checked]"));
        Assert.NotNull((await station.Get("/surveys/field")).Page.QuerySelector($"a[href='{first.Address.AbsolutePath}']"));
        foreach (var other in new[] { await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA), await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB) })
            Assert.Equal(HttpStatusCode.NotFound, (await other.Get(first.Address.AbsolutePath)).Status);
        Assert.Equal(1, await host.Db(db => db.Responses.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task A_questionnaire_is_mended_until_somebody_is_asked_and_then_frozen(DatabaseKind kind)
    {
        var (host, _, id) = await Sent(kind);
        await using var __ = host;
        Task<(Survey? Survey, IReadOnlyList<Refusal> Bad)> Send(string survey) => host.In(s => s.GetRequiredService<PutSurvey>().Handle(new SentForm(Guid.NewGuid(), id, FormFile.Xlsx(survey), "again.xlsx"), default), Official);
        Assert.Equal(1, (await Send(FormFile.Survey.Replace("谢谢", "多谢"))).Survey!.Latest);
        Assert.Null((await host.In(s => s.GetRequiredService<Interviews>().Begin(new BeginInterview(Guid.NewGuid(), id, SmallCounty.VillageA, ""), default), Official)).Refused);
        Assert.Equal(2, (await Send(FormFile.Survey.Replace("谢谢", "辛苦了"))).Survey!.Latest);
        Assert.Equal([true, false], await host.Db(db => db.SurveyVersions.OrderBy(v => v.Number).Select(v => v.IsFrozen).ToListAsync()));
        Assert.Equal(2, await host.Db(db => db.SurveyVersions.Select(v => v.Hash).Distinct().CountAsync()));
    }

    [Theory]
    [InlineData("type,name\nmap,where\n", "survey 第 2 行 type", "不认识题型")]
    [InlineData("type,name,relevant\ninteger,a,${b} > 1\ninteger,b,${a} > 1\n", "survey 第 2 行 relevant", "互相依赖")]
    [InlineData("type,name,relevant\ninteger,a,\ninteger,b,${a} >\n", "survey 第 3 行 relevant", "读不懂")]
    [InlineData("type,name\nbegin repeat,a\nbegin repeat,b\ninteger,n\nend repeat,\nend repeat,\n", "survey 第 3 行 name", "套在另一个循环里")]
    public async Task A_faulty_questionnaire_is_refused_on_the_page_with_sheet_row_and_reason(string survey, string place, string reason)
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County);
        var page = await official.Submit(await official.Get("/surveys/field/new"), "main form", [], new() { ["Upload"] = ("bad.xlsx", FormFile.Xlsx(survey)) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains(place, page.Text);
        Assert.Contains(reason, page.Text);
        Assert.Equal(0, await host.Db(db => db.Surveys.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task A_file_is_looked_at_first_and_the_same_rows_are_taken_in_once(DatabaseKind kind)
    {
        var (host, official, id) = await Sent(kind);
        await using var _ = host;
        var file = "sells,orders,why,_uuid,area_code\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"{(i % 2 == 0 ? "y" : "n")},{(i % 2 == 0 ? i : "")},price,u{i},{(i < 10 ? SmallCounty.VillageA : SmallCounty.VillageB)}\n")) + "x,,,u90,\ny,900,,u91,\ny,1,,u92,620525999999\n";
        async Task<Answer> Send(string text)
        {
            var page = await official.Get($"/surveys/field/survey/{id}");
            return await official.Submit(page, "form[action*=Answers]", new() { ["Area"] = "620525" }, new() { ["Upload"] = ("data.csv", Encoding.UTF8.GetBytes(text)) });
        }
        var look = await Send(file);
        Assert.Equal(["20", "0", "3"], look.Page.QuerySelectorAll(".figures dd").Select(d => d.TextContent));
        foreach (var why in new[] { "“x”不是", "“900”不符合", "“620525999999”不是您能管的地方" }) Assert.Contains(why, look.Text);
        Assert.Equal(0, await host.Db(db => db.Responses.CountAsync()));
        await official.Submit(look, "main form", []);
        Assert.Equal(20, await host.Db(db => db.Responses.CountAsync()));
        var again = await Send(file.Replace("u0,", "u0,", StringComparison.Ordinal) + "n,,,u93,\n");
        Assert.Equal(["1", "20", "3"], again.Page.QuerySelectorAll(".figures dd").Select(d => d.TextContent));
        // Without names of rows, the file and the place in it tell.
        var nameless = "sells,orders\ny,3\ny,3\n";
        await official.Submit(await Send(nameless), "main form", []);
        Assert.Equal(["0", "2", "0"], (await Send(nameless)).Page.QuerySelectorAll(".figures dd").Select(d => d.TextContent));
        Assert.Equal(22, await host.Db(db => db.Responses.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task Small_numbers_are_hidden_on_page_and_in_files_and_small_areas_have_no_table(DatabaseKind kind)
    {
        var (host, official, id) = await Sent(kind);
        await using var _ = host;
        // 30 in village A, 3 of them with a price; 3 in village B.
        var file = "sells,why,_uuid,area_code\n" + string.Concat(Enumerable.Range(0, 33).Select(i => $"{(i % 3 == 0 ? "y" : "n")},{(i < 3 ? "price" : "near")},u{i},{(i < 30 ? SmallCounty.VillageA : SmallCounty.VillageB)}\n"));
        await host.In(async s =>
        {
            var take = s.GetRequiredService<TakeFile>();
            Assert.Equal(33, (await take.Take((await take.Keep(id, SmallCounty.County, Encoding.UTF8.GetBytes(file), "d.csv", default)).Value.Id, default)).Value);
        }, Official);
        var page = await official.Get($"/surveys/tables/table/{id}?Rows=why");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("3 / 33", page.Text);
        Assert.DoesNotContain("30 / 33", page.Text); // it would tell of the three
        var csv = await official.Client.GetStringAsync($"/surveys/tables/table/{id}?handler=Csv&Rows=why");
        Assert.DoesNotContain(",3,", csv);
        Assert.Contains("因人数少而隐藏", csv);
        Assert.Contains("11 / 33", (await official.Get($"/surveys/tables/table/{id}?Rows=sells")).Text);
        foreach (var village in new[] { SmallCounty.VillageA, SmallCounty.VillageB })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await official.Get($"/surveys/tables/table/{id}?Rows=sells&Area={village}")).Status);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await official.Get($"/surveys/tables/table/{id}?handler=Xlsx&Rows=sells&Area={village}")).Status);
        }
        await Set(host, id, small: 1);
        Assert.Contains("3 / 33", (await official.Get($"/surveys/tables/table/{id}?Rows=why")).Text);
        Assert.Contains("10 / 30", (await official.Get($"/surveys/tables/table/{id}?Rows=sells&Area={SmallCounty.VillageA}")).Text);
    }

    [Theory, EachDatabase]
    public async Task What_belongs_to_another_county_is_not_found(DatabaseKind kind)
    {
        var (host, official, id) = await Sent(kind);
        await using var _ = host;
        var begun = (await host.In(s => s.GetRequiredService<Interviews>().Begin(new BeginInterview(Guid.NewGuid(), id, SmallCounty.VillageA, ""), default), Official)).Value;
        var file = (await host.In(s => s.GetRequiredService<TakeFile>().Keep(id, SmallCounty.County, "sells\ny\n"u8.ToArray(), "d.csv", default), Official)).Value;
        string[] paths = [$"/surveys/field/survey/{id}", $"/surveys/field/begin/{id}", $"/surveys/field/paper/{id}", $"/surveys/field/file/{file.Id}", $"/surveys/tables/table/{id}", $"/surveys/tables/table/{id}?handler=Csv&Rows=sells", $"/surveys/tables/table/{id}?handler=Xlsx&Rows=sells"];
        foreach (var path in paths) Assert.NotEqual(HttpStatusCode.NotFound, (await official.Get(path)).Status);
        var stranger = await host.VisitAs(Role.CountyOfficial, AreaCode.Parse("622923"));
        foreach (var path in paths.Append($"/surveys/field/answer/{begun.Id}").Append("/surveys/report/zhangjiachuan")) Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get(path)).Status);
        Assert.DoesNotContain("卖货调查", (await stranger.Get("/surveys/field")).Text);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        foreach (var path in new[] { "survey", "file" }) Assert.NotEqual(HttpStatusCode.OK, (await station.Get($"/surveys/field/{path}/{id}")).Status);
        Assert.Equal("survey.area", (await host.In(s => s.GetRequiredService<Interviews>().Begin(new BeginInterview(Guid.NewGuid(), id, SmallCounty.VillageB, ""), default), new Scope { Area = SmallCounty.VillageA, AccountId = 5, Role = Role.Station })).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task Where_a_survey_is_not_open_nobody_is_asked(DatabaseKind kind)
    {
        var (host, _, id) = await Sent(kind, open: false);
        await using var __ = host;
        Task<Outcome<Response>> Begin() => host.In(s => s.GetRequiredService<Interviews>().Begin(new BeginInterview(Guid.NewGuid(), id, SmallCounty.VillageA, ""), default), Official);
        Assert.Equal("survey.not-open", (await Begin()).Refused?.Code);
        await host.In(s => s.GetRequiredService<PutSurvey>().Open(id, SmallCounty.VillageA, host.Clock.Today, default), Official);
        Assert.Null((await Begin()).Refused);
        host.Clock.Days(1);
        Assert.Equal("survey.not-open", (await Begin()).Refused?.Code);
    }

    [Fact]
    public async Task Paper_is_typed_in_with_its_interviewer_and_day_and_prints_with_its_skips()
    {
        var (host, official, id) = await Sent(DatabaseKind.Sqlite);
        await using var _ = host;
        Assert.Contains("只有在 第 1 题 = 是 时才问这一题", (await official.Get($"/surveys/field/paper/{id}")).Text);
        var begin = await official.Get($"/surveys/field/begin/{id}?paper=true");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await official.Submit(begin, "main form", [])).Status);
        await official.Submit(begin, "main form", new() { ["Interviewer"] = "马调查", ["Day"] = "2026-11-01" });
        var stored = await host.Db(db => db.Responses.SingleAsync());
        Assert.Equal((ResponseSource.Paper, "马调查", new DateOnly(2026, 11, 1)), (stored.Source, stored.Interviewer, stored.Day));
    }

    private static Task Set(TestHost host, long id, int small) => host.Db(async db =>
    {
        (await db.Surveys.SingleAsync(s => s.Id == id)).SmallBelow = small;
        await db.SaveChangesAsync();
    });
}
