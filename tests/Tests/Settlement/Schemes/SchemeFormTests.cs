using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Tests.Databases;
using Person = Shanhuo.Kernel.Role;

namespace Shanhuo.Tests.Settlement.Schemes;

public sealed class SchemeFormTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly string[] OddTexts = ["any", "方案\n二", " leading", "back\\slash\\n", "tab\tend\t", "\u2028line", "quote\"s", "\\u0041", "𠮷", "a\\"];

    [Fact]
    public void The_form_gives_back_every_scheme_that_the_reader_accepts()
    {
        for (var seed = 1; seed <= 500; seed++)
        {
            var scheme = Odd(seed);
            Assert.Equal(scheme.Json, Read(SchemeFormWriter.Write(SchemeFormWriter.Read(scheme.Json)!)).Json);
        }
    }

    [Fact]
    public void Every_line_of_a_list_comes_back_as_it_was()
    {
        foreach (var text in OddTexts) Assert.Equal([text, "x"], FormLines.Split(FormLines.Join([text, "x"]).Replace("\n", "\r\n", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_browser_without_script_gives_back_every_scheme()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        var visitor = await host.VisitAs(Person.CountyStaff, SmallCounty.County);
        for (var seed = 1; seed <= 6; seed++)
        {
            var scheme = Odd(seed);
            var id = await Draft(host, scheme.Json, seed + 1);
            var page = await visitor.Get($"/settlement/schemes/edit/{id}");
            Assert.Equal(HttpStatusCode.OK, page.Status);
            await visitor.Submit(page, "#editor", new() { ["Do"] = "save" });
            Assert.Equal(scheme.Json, Read(await host.Db(db => db.SchemeVersions.Where(v => v.Id == id).Select(v => v.Document).SingleAsync())).Json);
        }
    }

    [Fact]
    public async Task Steps_are_added_before_the_last_moved_and_removed_by_named_buttons()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        var id = await Draft(host, SmallCounty.Example, 2);
        var visitor = await host.VisitAs(Person.CountyStaff, SmallCounty.County);
        var page = await visitor.Submit(await visitor.Get($"/settlement/schemes/edit/{id}"), "#editor", new() { ["Do"] = "add" });
        Assert.Equal(9, page.Page.QuerySelectorAll("fieldset.step").Length);
        page = await visitor.Submit(page, "#editor", new() { ["Do"] = "up:7", ["Form.Steps[7].Rate"] = "２.5%" });
        page = await visitor.Submit(page, "#editor", new() { ["Do"] = "remove:0" });
        Assert.Equal("#step-0", page.Address.Fragment);
        var steps = Read(await host.Db(db => db.SchemeVersions.Where(v => v.Id == id).Select(v => v.Document).SingleAsync())).Steps;
        Assert.Equal(8, steps.Length);
        Assert.Equal((Measure.Rate, 25_000, "village-fund"), (steps[5].Measure, steps[5].Rate.PartsPerMillion, steps[6].To.Name()));
    }

    public static TheoryData<string, string, string, string> Faults => new()
    {
        { "Form.Steps[0].Rate", "abc", "Form.Steps[0].Rate", "scheme.form.not-a-rate" },
        { "Form.Steps[0].Rate", "100.5", "Form.Steps[0].Rate", "scheme.form.not-a-rate" },
        { "Form.Steps[0].Rate", "", "Form.Steps[0].Rate", "scheme.form.empty-text" },
        { "Form.Steps[2].Fixed", "-1", "Form.Steps[2].Fixed", "scheme.form.not-money" },
        { "Form.Steps[2].Per", "week", "Form.Steps[2].Per", "scheme.form.unknown-word" },
        { "Form.Steps[0].Kind", "", "Form.Steps[0].Kind", "scheme.form.no-amount" },
        { "Form.Steps[7].Kind", "rate", "Form.Steps[7].Kind", "scheme.form.no-rest" },
        { "Form.Steps[1].Kind", "rest", "Form.Steps[1].Kind", "scheme.form.rest-not-last" },
        { "Form.Steps[7].Kind", "split", "Form.Steps[7].Split", "scheme.form.empty-list" },
        { "Form.Steps[7].Channel", "taobao", "Form.Steps[7].Channel", "scheme.form.not-on-last" },
        { "Form.Steps[5].Bearers[0].To", "platform", "Form.Steps[5].Bearers", "scheme.form.short-beside-from" },
        { "Form.Steps[5].Bearers[0].Weight", "2", "Form.Steps[5].Bearers[0].To", "scheme.form.missing-key" },
        { "Form.Steps[4].Bearers[0].Weight", "0", "Form.Steps[4].Bearers[0].Weight", "scheme.form.weight" },
        { "Form.Steps[4].Bearers[0].Weight", "two", "Form.Steps[4].Bearers[0].Weight", "scheme.form.weight" },
        { "Form.Steps[0].From", "growers", "Form.Steps[0].From", "scheme.form.may-not-pay" },
        { "Form.Steps[0].To", "king", "Form.Steps[0].To", "scheme.form.unknown-role" },
        { "Form.Name", " ", "Form.Name", "scheme.form.empty-text" },
        { "Form.Patronage", "59.9999", "Form.Patronage", "scheme.under-floor" },
        { "Form.Welfare", "41", "Form.Welfare", "scheme.close-too-much" },
        { "Form.RefundBearer", "tax", "Form.RefundBearer", "scheme.form.may-not-pay" },
    };

    [Fact]
    public async Task Each_fault_stands_at_its_field_in_both_languages_and_what_was_typed_stays()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        var texts = host.Services.GetRequiredService<Texts>();
        var id = await Draft(host, SmallCounty.Example, 2);
        var (chinese, english) = (await host.VisitAs(Person.CountyStaff, SmallCounty.County), await host.VisitAs(Person.CountyStaff, SmallCounty.County, language: "en"));
        var looking = await english.Get($"/settlement/schemes/edit/{id}");
        looking.Page.QuerySelector("#editor")!.SetAttribute("action", looking.Page.QuerySelector("#editor")!.GetAttribute("data-check")!);
        foreach (var row in Faults)
        {
            var (field, typed, at, key) = row.Data;
            await host.Db(db => db.SchemeVersions.Where(v => v.Id == id).ExecuteUpdateAsync(set => set.SetProperty(v => v.Document, SmallCounty.Example)));
            var page = await chinese.Submit(await chinese.Get($"/settlement/schemes/edit/{id}"), "#editor", new() { [field] = typed, ["Do"] = "save" });
            Check(Language.Zh, page.Page.QuerySelectorAll("[data-fault-of]").Single(e => e.GetAttribute("data-fault-of") == at).TextContent);
            var looked = await english.Submit(looking, "#editor", new() { [field] = typed });
            Check(Language.En, looked.Page.QuerySelectorAll("li[data-field]").First(e => e.GetAttribute("data-field") == at).LastChild!.TextContent);

            void Check(Language language, string said)
            {
                var words = texts.Say(language, key);
                Assert.True(Fits(words, said.Trim()), $"{field} = '{typed}' says '{said.Trim()}', not '{words}'");
            }
        }

        // The text with its holes filled by anything.
        static bool Fits(string words, string said) => System.Text.RegularExpressions.Regex.IsMatch(said, "^" + System.Text.RegularExpressions.Regex.Replace(System.Text.RegularExpressions.Regex.Escape(words), @"\\\{\d}", ".*") + "$", System.Text.RegularExpressions.RegexOptions.Singleline);
    }

    [Fact]
    public async Task What_is_still_being_written_is_looked_over_and_not_saved()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        var id = await Draft(host, SmallCounty.Example, 2);
        var visitor = await host.VisitAs(Person.CountyStaff, SmallCounty.County);
        var page = await visitor.Get($"/settlement/schemes/edit/{id}");
        page.Page.QuerySelector("#editor")!.SetAttribute("action", page.Page.QuerySelector("#editor")!.GetAttribute("data-check")!);
        var looked = await visitor.Submit(page, "#editor", new() { ["Form.Steps[0].Rate"] = "5" });
        Assert.Contains("没有错处", looked.Text);
        looked = await visitor.Submit(page, "#editor", new() { ["Form.Steps[0].Rate"] = "500" });
        Assert.Equal("Form.Steps[0].Rate", looked.Page.QuerySelector("li[data-field]")!.GetAttribute("data-field"));
        Assert.Equal(SmallCounty.Example, await host.Db(db => db.SchemeVersions.Where(v => v.Id == id).Select(v => v.Document).SingleAsync()));
    }

    [Fact]
    public async Task Of_two_who_write_the_same_draft_the_second_is_told_and_keeps_what_was_typed()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        var id = await Draft(host, SmallCounty.Example, 2);
        var (first, second) = (await host.VisitAs(Person.CountyStaff, SmallCounty.County), await host.VisitAs(Person.CountyStaff, SmallCounty.County));
        var (one, two) = (await first.Get($"/settlement/schemes/edit/{id}"), await second.Get($"/settlement/schemes/edit/{id}"));
        await first.Submit(one, "#editor", new() { ["Form.Name"] = "甲", ["Do"] = "save" });
        var answer = await second.Submit(two, "#editor", new() { ["Form.Name"] = "乙", ["Do"] = "save" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains("刚才别人也改了", answer.Text);
        Assert.Contains("乙", answer.Body);
        Assert.Contains("甲", await host.Db(db => db.SchemeVersions.Where(v => v.Id == id).Select(v => v.Document).SingleAsync()));
    }

    [Fact]
    public async Task A_scheme_of_64_steps_is_edited_whole()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        var steps = string.Join(",", Enumerable.Repeat("""{ "to": "tax", "rate": "1%", "of": "rest" }""", 63));
        var scheme = Read($$"""{ "name": "long", "steps": [ {{steps}}, { "to": "growers", "rest": true } ] }""");
        var id = await Draft(host, scheme.Json, 2);
        var visitor = await host.VisitAs(Person.CountyStaff, SmallCounty.County);
        var page = await visitor.Submit(await visitor.Get($"/settlement/schemes/edit/{id}"), "#editor", new() { ["Do"] = "add" });
        Assert.Equal(64, page.Page.QuerySelectorAll("fieldset.step").Length);
        Assert.Equal(scheme.Json, Read(await host.Db(db => db.SchemeVersions.Where(v => v.Id == id).Select(v => v.Document).SingleAsync())).Json);
    }

    [Theory]
    [InlineData(Person.CountyOfficial)]
    [InlineData(Person.Auditor)]
    [InlineData(Person.Station)]
    public async Task Those_who_may_not_write_schemes_do_not_see_the_form(string role)
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        var id = await Draft(host, SmallCounty.Example, 2);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await host.VisitAs(role, SmallCounty.County)).Get($"/settlement/schemes/edit/{id}")).Status);
        // The county's scheme is not a cooperative's to write.
        Assert.Equal(HttpStatusCode.NotFound, (await (await host.VisitAs(Person.Cooperative, SmallCounty.County, SmallCounty.Cooperative)).Get($"/settlement/schemes/edit/{id}")).Status);
    }

    internal static async Task<long> Draft(TestHost host, string document, int number, long by = 1, long scheme = SmallCounty.SchemeId)
    {
        var id = host.Services.GetRequiredService<Ids>().Next();
        await host.Db(async db =>
        {
            db.SchemeVersions.Add(new SchemeVersion { Id = id, County = SmallCounty.County, SchemeId = scheme, Number = number, Document = document, ByAccountId = by });
            await db.SaveChangesAsync();
        });
        return id;
    }

    internal static Scheme Read(string document) => SchemeReader.TryRead(Encoding.UTF8.GetBytes(document), Today, out var scheme, out var faults) ? scheme : throw new InvalidOperationException(string.Join("; ", faults));

    // A random scheme with odd texts in every place that takes a text.
    private static Scheme Odd(int seed)
    {
        var chance = new Random(seed);
        var json = JsonNode.Parse(new RandomSeason(seed).Scheme)!.AsObject();
        json["name"] = OddTexts[seed % OddTexts.Length];
        foreach (var when in json["steps"]!.AsArray().Select(s => s!["when"]).OfType<JsonObject>())
        {
            foreach (var key in when.Select(w => w.Key).ToList()) when[key]!.AsArray().Add(OddTexts[chance.Next(OddTexts.Length)]);
            if (chance.Next(2) == 0) when["poor"] = true;
        }
        if (chance.Next(2) == 0) json["close"] = new JsonObject { ["patronage"] = "60%", ["reserve"] = $"{chance.Next(100)}.5%", ["labour"] = chance.Next(2) == 0 ? "0%" : "12.3456%" };
        return Read(json.ToJsonString());
    }
}
