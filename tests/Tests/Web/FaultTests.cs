using System.Net;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Tests.Databases;
using Shanhuo.Web.Layout;

namespace Shanhuo.Tests.Web;

/// <summary>Whatever is asked, the answer is a page that speaks.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData("zh", "出错了", "没有这个页面"), InlineData("en", "Something went wrong", "There is no such page")]
    public async Task An_unknown_address_is_answered_in_the_reader_s_language_with_a_way_home(string language, string title, string said)
    {
        await using var host = await Founded(DatabaseKind.Sqlite);
        foreach (var visitor in new[] { await host.Visit(language), await Household(host, language) })
        {
            var answer = await visitor.Get("/no-such-page");
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.Contains(title, answer.Text);
            Assert.Contains(said, answer.Text);
            Assert.NotNull(answer.Page.QuerySelector("main a[href='/']"));
        }
    }

    [Theory]
    [InlineData("zh", "什么也没有改动"), InlineData("en", "nothing changed")]
    public async Task A_form_of_an_old_tab_is_refused_in_words_and_changes_nothing(string language, string said)
    {
        await using var host = await Founded(DatabaseKind.Sqlite);
        var household = await Household(host, language);
        var page = await household.Get("/registry/households/owncode");
        foreach (var token in new[] { "", "CfDJ8AnotherTokenOfAnotherDay" })
        {
            var answer = await household.Submit(page, "main form", new() { ["Code"] = "9137", ["Again"] = "9137", ["__RequestVerificationToken"] = token });
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Contains(said, answer.Text);
        }
        Assert.Null(await host.Db(async db => (await db.FindAsync<Shanhuo.Registry.Households.Household>(SmallCounty.Ma))!.ApprovalCodeHash));
    }

    [Theory]
    [InlineData("zh", "文件太大"), InlineData("en", "The file is too large")]
    public async Task A_file_that_is_too_large_is_refused_in_words(string language, string said)
    {
        await using var host = await Founded(DatabaseKind.Sqlite);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County, language: language);
        var page = await staff.Get("/market/channels");
        var answer = await staff.Submit(page, "main form[enctype='multipart/form-data']", [], new() { ["File"] = ("orders.csv", new byte[RequestSize.MostBytes + 1]) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Contains(said, answer.Text);
    }

    [Theory, EachDatabase]
    public async Task No_page_breaks_on_values_that_cannot_be(DatabaseKind kind)
    {
        await using var host = await Founded(kind);
        await host.Site();
        var pages = host.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null && !e.RoutePattern.RawText!.StartsWith("fault", StringComparison.Ordinal)).DistinctBy(e => e.RoutePattern.RawText)
            .Select(e => (e.RoutePattern, Roles: e.Metadata.GetMetadata<AudienceAttribute>()?.Roles?.Split(','))).ToList();
        Assert.True(pages.Count > 60);
        var faults = new List<string>();
        foreach (var (role, visitor) in new[] { (Role.Household, await Household(host, "zh")), (Role.Station, await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA)), (Role.CountyStaff, await host.VisitAs(Role.CountyStaff, SmallCounty.County, language: "en")) })
        {
            var token = (await visitor.Get("/")).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            foreach (var (pattern, _) in pages.Where(p => p.Roles is null ? role == Role.Household : p.Roles.Contains(role)))
            {
                foreach (var value in pattern.Parameters.Count == 0 ? [] : new[] { "x", "-1", "99999999999999999999", "4611686018427387904", "%27" })
                    await Look(visitor.Client.GetAsync(Address(pattern, value)), faults);
                foreach (var query in new[] { "id=x&page=x&number=x&day=x&before=x&lot=x&code=x&q=x&from=x&to=x", "id=-1&page=-1&number=-1&day=0001-01-01&before=-1&household=-1&product=-1&q=%25_%5C", "id=9223372036854775807&page=2147483647&number=2147483647&day=9999-12-31&from=9999-12&code=99&town=x&channel=%27&station=x", "q=%00&code=a%00b", "handler=Nonsense" })
                    await Look(visitor.Client.GetAsync(Address(pattern, "1") + "?" + query), faults);
                await Look(visitor.Client.PostAsync(Address(pattern, "1") + "?handler=Nonsense", Form(token)), faults);
                await Look(visitor.Client.PostAsync(Address(pattern, "1"), Form(token, ("Form.Note", "a\0b"), ("Code", "\0"))), faults);
                await Look(visitor.Client.PostAsync(Address(pattern, "1"), Form(token)), faults);
            }
        }
        Assert.True(faults.Count == 0, $"{faults.Count}:\n{string.Join('\n', faults.Distinct().Take(60))}");
    }

    private static async Task Look(Task<HttpResponseMessage> asked, List<string> faults)
    {
        using var answer = await asked;
        var body = await answer.Content.ReadAsStringAsync();
        var request = answer.RequestMessage!;
        var name = $"{request.Method} {request.RequestUri!.PathAndQuery}: {(int)answer.StatusCode}";
        if ((int)answer.StatusCode >= 500) faults.Add(name);
        else if (answer.Content.Headers.ContentType?.MediaType == "text/html" ? !body.Contains("<h1", StringComparison.Ordinal) : body.Length == 0) faults.Add($"{name}, and says nothing");
    }

    private static string Address(RoutePattern pattern, string value) =>
        "/" + string.Join('/', pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p is RoutePatternLiteralPart literal ? literal.Content : p is RoutePatternSeparatorPart separator ? separator.Content : value))));

    private static FormUrlEncodedContent Form(string token, params (string Key, string Value)[] fields) =>
        new([new("__RequestVerificationToken", token), .. fields.Select(f => KeyValuePair.Create(f.Key, f.Value))]);

    private static Task<Visitor> Household(TestHost host, string language) => host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma, language: language);

    private static async Task<TestHost> Founded(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        return host;
    }
}
