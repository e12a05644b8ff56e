using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Targeting.Features;
using Shanhuo.Registry.Targeting.Rules;
using Shanhuo.Registry.Targeting.Runs;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Registry.Targeting;

public sealed class RunTests
{
    private static readonly Scope Staff = Who(1, Role.CountyStaff), Official = Who(2, Role.CountyOfficial), Other = Who(3, Role.CountyOfficial);

    private static Scope Who(long account, string role, AreaCode? area = null) => new() { AccountId = account, Role = role, Area = area ?? SmallCounty.County };

    // Ma: 3,699.99 a head of three; Li: nothing known of incomes; Zhang: 30,000 alone.
    private static async Task<TestHost> County(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await host.Db(async db =>
        {
            foreach (var home in await db.Households.ToListAsync())
                (home.Housing, home.SafeWater, home.FoodAndClothing, home.FarmlandCentimu, home.HasWill) = ("a", true, true, 120, true);
            foreach (var member in await db.Members.ToListAsync()) (member.MedicalInsurance, member.Labour, member.AwayMonths) = (true, "ordinary", 0);
            foreach (var n in new[] { 1, 2 }) db.Members.Add(new Member { Id = 9000 + n, HouseholdId = SmallCounty.Ma, Area = SmallCounty.VillageA, Name = "子", Relation = "child", BirthYear = 2000, Since = new(2020, 1, 1), MedicalInsurance = true, Labour = "none", AwayMonths = 0 });
            foreach (var (home, area, wages) in new[] { (SmallCounty.Ma, SmallCounty.VillageA, 11_099_99L), (SmallCounty.Zhang, SmallCounty.VillageB, 30_000_00L) })
                foreach (var income in HouseholdIncome.Kinds)
                    db.Incomes.Add(new HouseholdIncome { Id = home * 10 + HouseholdIncome.Kinds.ToList().IndexOf(income), HouseholdId = home, Area = area, Year = 2025, Kind = income, Gross = new Fen(income == "wages" ? wages : 0), Costs = Fen.Zero, IsEstimate = false, ByAccountId = 1, AtMs = 1 });
            await db.SaveChangesAsync();
        });
        return host;
    }

    private static async Task<long> Adopted(TestHost host, string file, RuleKind kind = RuleKind.Picks)
    {
        var id = (await host.In(s => s.GetRequiredService<WriteRuleHandler>().Handle(new BeginRule(Guid.CreateVersion7(), kind, RuleTests.Shipped(file)), default), Staff)).Value.Id;
        Assert.Null((await host.In(s => s.GetRequiredService<DecideRuleHandler>().Handle(new ProposeRule(id), default), Staff)).Refused);
        Assert.Null((await host.In(s => s.GetRequiredService<DecideRuleHandler>().Handle(new DecideRule(id, true, null), default), Official)).Refused);
        return id;
    }

    private static Task<Outcome<TargetingRun>> Run(TestHost host, long version, Guid? request = null, long? of = null) => host.In(s => s.GetRequiredService<RunRuleHandler>().Handle(new RunRule(request ?? Guid.CreateVersion7(), version, of), default), Staff);

    [Theory, EachDatabase]
    public async Task The_register_is_read_into_features_with_bounds(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var features = await host.In(s => s.GetRequiredService<FeatureLoader>().Load(SmallCounty.County, default), Official);
        Assert.Equal([SmallCounty.Ma, SmallCounty.Li, SmallCounty.Zhang], features.Ids);
        var (net, people, helpers, monitored) = (HouseholdFeature.Of("net-income"), HouseholdFeature.Of("people"), HouseholdFeature.Of("helpers"), HouseholdFeature.Of("monitored"));
        Assert.Equal((3_699_99, 3_699_99), features[net, 0]);
        Assert.True(net.IsUnknown(features[net, 1].Low, features[net, 1].High));
        Assert.Equal((3, 3), features[people, 0]);
        Assert.Equal((1, 1), features[helpers, 0]);
        Assert.Equal((0, 0), features[monitored, 0]);
        Assert.Equal((120, 120), features[HouseholdFeature.Of("farmland"), 2]);
        Assert.Equal((0, 0), features[HouseholdFeature.Of("village-sales"), 0]);
        Assert.True(HouseholdFeature.Of("credit").IsUnknown(features[HouseholdFeature.Of("credit"), 0].Low, features[HouseholdFeature.Of("credit"), 0].High));
        var township = await host.In(s => s.GetRequiredService<FeatureLoader>().Load(SmallCounty.VillageB, default), Who(9, Role.VillageCadre, SmallCounty.VillageB));
        Assert.Equal([SmallCounty.Zhang], township.Ids);
    }

    [Theory, EachDatabase]
    public async Task Sales_and_pay_outs_are_known_where_this_program_settles(DatabaseKind kind)
    {
        await using var host = await County(kind);
        await SmallCounty.TakeIn(host);
        var features = await host.In(s => s.GetRequiredService<FeatureLoader>().Load(SmallCounty.County, default), Official);
        var (sales, active) = (HouseholdFeature.Of("village-sales"), HouseholdFeature.Of("station-active"));
        Assert.Equal((3_000_00, 3_000_00), features[sales, 0]);
        Assert.Equal(((1, 1), (0, 0)), (features[active, 0], features[active, 2]));
        Assert.Equal((0, 0), features[sales, 2]);
    }

    [Theory, EachDatabase]
    public async Task Each_household_has_its_answer_with_the_inputs_as_they_were(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var version = await Adopted(host, "national-line.json");
        var request = Guid.CreateVersion7();
        var run = (await Run(host, version, request)).Value;
        Assert.Equal((3, 1, 1), (run.Households, run.Picked, run.Undecided));
        Assert.Equal(run.Id, (await Run(host, version, request)).Value.Id);
        var answers = await host.Db(db => db.TargetingAnswers.OrderBy(a => a.HouseholdId).ToListAsync());
        Assert.Equal([Truth.Yes, Truth.Unknown, Truth.No], answers.Select(a => a.Answer));
        Assert.Equal("""{"inputs":{"food-and-clothing":true,"housing":"a","net-income":3699.99,"out-of-school":0,"safe-water":true,"uninsured":0},"why":["pick/any/0"]}""", answers[0].Document);
        Assert.Contains("\"net-income\":null", answers[1].Document);
        await host.Db(async db =>
        {
            foreach (var income in await db.Incomes.ToListAsync()) income.Gross = new Fen(90_000_00);
            await db.SaveChangesAsync();
        });
        var kept = (await host.Db(db => db.TargetingAnswers.OrderBy(a => a.HouseholdId).FirstAsync())).Document;
        Assert.Equal(answers[0].Document, kept);
        var again = (await Run(host, version)).Value;
        Assert.Equal((0, 1), (again.Picked, again.Undecided));
        Assert.NotEqual(run.RegisterHash, again.RegisterHash);
    }

    [Theory, EachDatabase]
    public async Task A_rule_binds_only_when_two_people_stand_behind_it(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var begin = new BeginRule(Guid.CreateVersion7(), RuleKind.Picks, RuleTests.Shipped("national-line.json"));
        var version = (await host.In(s => s.GetRequiredService<WriteRuleHandler>().Handle(begin, default), Official)).Value;
        Assert.Equal(version.Id, (await host.In(s => s.GetRequiredService<WriteRuleHandler>().Handle(begin, default), Official)).Value.Id);
        Assert.Equal("targeting.not-adopted", (await Run(host, version.Id)).Refused?.Code);
        Assert.Equal("targeting.not-proposed", (await Decide(Other)).Refused?.Code);
        Assert.Null((await host.In(s => s.GetRequiredService<DecideRuleHandler>().Handle(new ProposeRule(version.Id), default), Staff)).Refused);
        Assert.Equal("targeting.not-a-draft", (await Save(version.Id, 1, "{}")).Refused?.Code);
        Assert.Equal("targeting.second-person", (await Decide(Official)).Refused?.Code);
        Assert.Equal("targeting.gone", (await Decide(Staff)).Refused?.Code);
        Assert.Null((await Decide(Other)).Refused);
        Assert.Null((await Decide(Other)).Refused); // pressed twice
        var draft = (await host.In(s => s.GetRequiredService<WriteRuleHandler>().Copy(version.Id, default), Staff)).Value;
        Assert.Equal((2, RuleState.Draft), (draft.Number, draft.State));
        Assert.Equal(draft.Id, (await host.In(s => s.GetRequiredService<WriteRuleHandler>().Copy(version.Id, default), Official)).Value.Id);
        Assert.Null((await Save(draft.Id, 0, "{ \"name\": 1")).Refused);
        Assert.Equal("targeting.raced", (await Save(draft.Id, 0, "{}")).Refused?.Code);
        Assert.Equal("targeting.has-faults", (await host.In(s => s.GetRequiredService<DecideRuleHandler>().Handle(new ProposeRule(draft.Id), default), Staff)).Refused?.Code);

        Task<Outcome<Done>> Decide(Scope who) => host.In(s => s.GetRequiredService<DecideRuleHandler>().Handle(new DecideRule(version.Id, true, null), default), who);
        Task<Outcome<TargetingVersion>> Save(long id, int revision, string document) => host.In(s => s.GetRequiredService<WriteRuleHandler>().Handle(new SaveRule(id, revision, document), default), Staff);
    }

    [Theory, EachDatabase]
    public async Task The_same_run_sent_ten_times_at_once_is_one_run(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var version = await Adopted(host, "e-commerce-readiness.json");
        var request = Guid.CreateVersion7();
        var runs = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Run(host, version, request))));
        Assert.Single(runs.Select(r => r.Value.Id).Distinct());
        Assert.Equal(3, await host.Db(db => db.TargetingAnswers.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task A_way_out_is_proposed_for_the_picked_and_a_person_may_choose_another_with_a_reason(DatabaseKind kind)
    {
        await using var host = await County(kind);
        await SmallCounty.TakeIn(host);
        var picked = (await Run(host, await Adopted(host, "national-line.json"))).Value;
        var ways = await Adopted(host, "ways-out.json", RuleKind.Ways);
        Assert.Equal("targeting.no-run", (await Run(host, ways)).Refused?.Code);
        var run = (await Run(host, ways, of: picked.Id)).Value;
        var answers = await host.Db(db => db.TargetingAnswers.Where(a => a.RunId == run.Id).OrderBy(a => a.HouseholdId).ToListAsync());
        Assert.Equal([SmallCounty.Ma, SmallCounty.Li], answers.Select(a => a.HouseholdId));
        Assert.All(answers, a => Assert.Equal((Truth.Unknown, "supply"), (a.Answer, a.Way)));
        Assert.Equal("targeting.no-reason", (await Choose("wage-work", " ")).Refused?.Code);
        Assert.Equal("targeting.no-way-chosen", (await Choose("lottery", "why not")).Refused?.Code);
        Assert.Null((await Choose("wage-work", "家里想就近打工")).Refused);
        var chosen = await host.Db(db => db.TargetingAnswers.SingleAsync(a => a.RunId == run.Id && a.HouseholdId == SmallCounty.Ma));
        Assert.Equal(("wage-work", 1L, "家里想就近打工"), (chosen.Way, chosen.ChosenByAccountId!.Value, chosen.Reason));
        Assert.Equal(1, await host.Db(db => db.Trail.CountAsync(t => t.What == "targeting-way" && t.HouseholdId == SmallCounty.Ma)));

        Task<Outcome<Done>> Choose(string way, string reason) => host.In(s => s.GetRequiredService<ChooseWayHandler>().Handle(new ChooseWay(run.Id, SmallCounty.Ma, way, reason), default), Staff);
    }

    [Fact]
    public async Task A_preview_is_kept_in_memory_and_read_anew_when_the_register_changed()
    {
        await using var host = await County(DatabaseKind.Sqlite);
        var store = host.Services.GetRequiredService<FeatureStore>();
        var first = await Of(SmallCounty.County);
        Assert.Same(first, await Of(SmallCounty.County));
        await host.Db(async db =>
        {
            db.Incomes.Add(new HouseholdIncome { Id = 99_999, HouseholdId = SmallCounty.Li, Area = SmallCounty.VillageA, Year = 2025, Kind = "wages", Gross = new Fen(1), Costs = null, IsEstimate = false, ByAccountId = 1, AtMs = 1 });
            await db.SaveChangesAsync();
        });
        var second = await Of(SmallCounty.County);
        Assert.NotSame(first, second);
        host.Clock.Now = host.Clock.Now.AddMinutes(10);
        Assert.NotSame(second, await Of(SmallCounty.County));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Of(AreaCode.Parse("622923")));

        Task<HouseholdFeatures> Of(AreaCode area) => host.In(s => store.Of(s.GetRequiredService<ShanhuoDb>(), s.GetRequiredService<FeatureLoader>(), area, default), Official);
    }

    [Theory, InlineData("zh"), InlineData("en")]
    public async Task People_go_the_whole_way_by_forms_without_script(string language)
    {
        await using var host = await County(DatabaseKind.Sqlite);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County, language: language);
        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County, language: language);
        var page = await staff.Submit(await staff.Get("/registry/targeting"), "main form", new() { ["From"] = "national-line" });
        var version = page.Address.Segments[^1];
        Assert.Contains(language == "zh" ? "上年人均纯收入少于 4000 元" : "net income per head last year below 4000 yuan", page.Text);

        // A form first: a wrong value is named, nothing is kept; a preview keeps nothing either.
        page = await staff.Get($"/registry/targeting/edit/{version}");
        var wrong = await staff.Submit(page, "#simple", new() { ["Form.Lines[0].Value"] = "四千", ["Do"] = "save" });
        page = await staff.Get($"/registry/targeting/edit/{version}");
        Assert.Contains("pick/any/0/below", page.Text);
        page = await staff.Submit(page, "#document", new() { ["Document"] = RuleTests.Shipped("national-line.json"), ["Do"] = "save" });
        page = await staff.Submit(await staff.Get($"/registry/targeting/edit/{version}"), "#simple", new() { ["Form.Lines[0].Value"] = "３０００", ["Do"] = "preview" });
        Assert.Equal(["0", "1", "2", "3"], page.Page.QuerySelectorAll("#preview tfoot td").Select(c => c.TextContent));
        page = await staff.Submit(await staff.Get($"/registry/targeting/edit/{version}"), "#simple", new() { ["Do"] = "preview" });
        Assert.Equal(["1", "1", "1", "3"], page.Page.QuerySelectorAll("#preview tfoot td").Select(c => c.TextContent));

        page = await staff.Submit(await staff.Get($"/registry/targeting/version/{version}"), "form[action*=Propose]", []);
        page = await official.Submit(await official.Get($"/registry/targeting/version/{version}"), "form[action*=Adopt]", []);
        page = await staff.Submit(await staff.Get($"/registry/targeting/version/{version}"), "form[action*=Run]", []);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        var run = page.Address.Segments[^1];
        Assert.Contains(language == "zh" ? "上年人均纯收入 3699.99 元，少于 4000 元" : "net income per head last year 3699.99 yuan, below 4000 yuan", page.Text);
        Assert.Equal(1, await host.Db(db => db.Trail.CountAsync(t => t.Kind == "look" && t.What == "targeting" && t.HouseholdId == SmallCounty.Ma)));
        page = await staff.Get($"/registry/targeting/run/{run}?show=undecided");
        Assert.Contains(language == "zh" ? "要问：上年人均纯收入" : "Ask about: net income per head last year", page.Text);
        page = await staff.Get($"/registry/targeting/answer/{run}/{SmallCounty.Li}");
        Assert.Contains("李秀英", page.Text);
        foreach (var format in new[] { "csv", "xlsx" })
        {
            using var sheet = await staff.Client.GetAsync($"/registry/targeting/run/{run}?handler=Sheet&format={format}");
            Assert.Equal(HttpStatusCode.OK, sheet.StatusCode);
            if (format == "csv") Assert.Contains("H-101", await sheet.Content.ReadAsStringAsync());
        }
        Assert.Equal(2, await host.Db(db => db.Trail.CountAsync(t => t.Kind == "export")));

        page = await staff.Get($"/registry/targeting/simulation/{version}?line=4000&first=Sex&second=Age");
        Assert.DoesNotContain("[", page.Page.QuerySelector("main")!.TextContent);
        page = await staff.Submit(page, "form[enctype]", [], new() { ["Upload"] = ("v.csv", System.Text.Encoding.UTF8.GetBytes("household,poor\nH-101,yes\nH-102,no\nH-999,no\n")) });
        Assert.Contains("H-999", page.Text);

        page = await staff.Submit(await staff.Get("/registry/targeting"), "main form", new() { ["From"] = "ways-out" });
        var ways = page.Address.Segments[^1];
        page = await staff.Submit(page, "form[action*=Propose]", []);
        page = await official.Submit(await official.Get($"/registry/targeting/version/{ways}"), "form[action*=Adopt]", []);
        page = await staff.Submit(await staff.Get($"/registry/targeting/version/{ways}"), "form[action*=Run]", []);
        var second = page.Address.Segments[^1];
        page = await staff.Get($"/registry/targeting/answer/{second}/{SmallCounty.Ma}");
        Assert.DoesNotContain("[", page.Page.QuerySelector("main")!.TextContent);
        page = await staff.Submit(page, "main form", new() { ["Way"] = "training", ["Reason"] = "想先学" });
        Assert.Contains("想先学", page.Text);
        Assert.Contains("2027", (await staff.Get($"/registry/targeting/later/{second}")).Text);
        host.Clock.Days(300);
        page = await staff.Get($"/registry/targeting/later/{second}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("[", page.Page.QuerySelector("main")!.TextContent);
    }

    [Fact]
    public async Task A_township_sees_the_answers_of_its_own_households_only()
    {
        await using var host = await County(DatabaseKind.Sqlite);
        var run = (await Run(host, await Adopted(host, "national-line.json"))).Value;
        var village = AreaCode.Parse("620525100202");
        var town = await host.VisitAs(Role.TownshipOfficial, village);
        var page = await town.Get($"/registry/targeting/run/{run.Id}?show=not");
        Assert.Contains("张福", page.Text);
        Assert.DoesNotContain("马文", (await town.Get($"/registry/targeting/run/{run.Id}")).Text);
        Assert.Equal(["0", "0", "1", "1"], page.Page.QuerySelectorAll("tfoot td").Select(c => c.TextContent));
        Assert.Equal(HttpStatusCode.NotFound, (await town.Get($"/registry/targeting/answer/{run.Id}/{SmallCounty.Ma}")).Status);
        using var sheet = await town.Client.GetAsync($"/registry/targeting/run/{run.Id}?handler=Sheet&format=csv");
        Assert.NotEqual("text/csv", sheet.Content.Headers.ContentType?.MediaType);
        var elsewhere = await host.VisitAs(Role.CountyStaff, AreaCode.Parse("622923"));
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.Get($"/registry/targeting/run/{run.Id}")).Status);
    }
}
