using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Voice.Ballots;
using Shanhuo.Voice;
using Shanhuo.Voice.Ballots;
using Shanhuo.Voice.Contracts;
using Person = Shanhuo.Kernel.Role;

namespace Shanhuo.Tests.Settlement.Schemes;

public sealed class AdoptSchemeTests
{
    [Theory, EachDatabase]
    public async Task A_county_scheme_is_adopted_by_a_second_person_only(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var id = await SchemeFormTests.Draft(host, SmallCounty.Example, 2, by: 1);
        Assert.Null((await Propose(host, id, 2)).Refused);
        Assert.Null((await Propose(host, id, 2)).Refused); // pressed twice
        Assert.Equal("scheme.second-person", (await Decide(host, id, 1)).Refused?.Code);
        Assert.Equal("scheme.second-person", (await Decide(host, id, 2)).Refused?.Code);
        Assert.Equal("scheme.gone", (await Decide(host, id, 3, Person.Cooperative)).Refused?.Code);
        Assert.Null((await Decide(host, id, 3, Person.CountyOfficial)).Refused);
        Assert.Null((await Decide(host, id, 3, Person.CountyOfficial)).Refused); // pressed twice
        var version = await Version(host, id);
        Assert.Equal((SchemeState.Adopted, SmallCounty.Day, 2L, 3L), (version.State, version.AdoptedDay!.Value, version.ProposedByAccountId!.Value, version.ApprovedByAccountId!.Value));
        Assert.Equal(id, (await Choose(host)).Value);
    }

    [Theory, EachDatabase]
    public async Task What_was_put_forward_never_changes_and_earlier_versions_stay(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var id = await SchemeFormTests.Draft(host, SmallCounty.Example, 2);
        await Propose(host, id, 1);
        Assert.Equal("scheme.not-a-draft", (await As(host, 1, s => s.GetRequiredService<SaveDraftHandler>().Handle(new SaveDraft(id, 0, "{}"), default))).Refused?.Code);
        await Decide(host, id, 2);
        Assert.Equal("scheme.not-a-draft", (await As(host, 1, s => s.GetRequiredService<SaveDraftHandler>().Handle(new SaveDraft(id, 0, "{}"), default))).Refused?.Code);
        Assert.Equal(SchemeState.Adopted, (await Version(host, SmallCounty.SchemeVersionId)).State);
        Assert.Equal(SmallCounty.Example, (await Version(host, SmallCounty.SchemeVersionId)).Document);
    }

    [Theory, EachDatabase]
    public async Task An_order_keeps_the_version_of_its_day_when_a_later_one_is_adopted(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var line = await SmallCounty.Sell(host, 1_000, 5_800);
        host.Clock.Days(3);
        var id = await SchemeFormTests.Draft(host, new SchemeModels().Document(1), 2);
        await Propose(host, id, 1);
        await Decide(host, id, 2);
        Assert.Equal(SmallCounty.SchemeVersionId, await host.Db(db => db.Orders.Select(o => o.SchemeVersionId!.Value).SingleAsync()));
        Assert.Equal(SmallCounty.SchemeVersionId, (await Choose(host, day: SmallCounty.Day.AddDays(2))).Value); // an order of an earlier day that comes in late
        Assert.Equal(id, (await Choose(host, day: SmallCounty.Day.AddDays(3))).Value);
        Assert.Equal("settlement.no-scheme", (await Choose(host, day: new DateOnly(2025, 12, 31))).Refused?.Code);
        Assert.True(line > 0);
    }

    [Theory, EachDatabase]
    public async Task The_most_particular_rule_that_fits_wins(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var of = new Dictionary<string, long>();
        await host.Db(async db =>
        {
            foreach (var (n, cooperative, channel) in new[] { (1, (long?)SmallCounty.Cooperative, (string?)"taobao"), (2, SmallCounty.Cooperative, null), (3, null, "taobao"), (4, SmallCounty.Enterprise, null) })
            {
                db.Schemes.Add(new SchemeRecord { Id = 900 + n, County = SmallCounty.County, Code = $"S-{n}", CooperativeId = cooperative, Channel = channel, Name = "甲", NameEn = "A" });
                db.SchemeVersions.Add(new SchemeVersion { Id = 910 + n, County = SmallCounty.County, SchemeId = 900 + n, Number = 1, Document = SmallCounty.Example, State = SchemeState.Adopted, AdoptedDay = SmallCounty.Day, ByAccountId = 1 });
                db.SchemeUses.Add(new SchemeUse { Id = 920 + n, County = SmallCounty.County, CooperativeId = cooperative, Channel = channel, Since = SmallCounty.Day, SchemeId = 900 + n });
            }
            await db.SaveChangesAsync();
        });
        Assert.Equal(911, (await Choose(host)).Value);
        Assert.Equal(912, (await Choose(host, "jd")).Value);
        await host.Db(db => db.SchemeUses.Where(u => u.CooperativeId != null).ExecuteDeleteAsync());
        Assert.Equal(913, (await Choose(host)).Value);
        Assert.Equal(SmallCounty.SchemeVersionId, (await Choose(host, "jd")).Value);
    }

    [Theory, EachDatabase]
    public async Task A_draft_with_faults_is_not_put_forward(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var id = await SchemeFormTests.Draft(host, """{ "name": "x", "steps": [ { "to": "tax", "rate": "5%", "of": "gross" } ] }""", 2);
        Assert.Equal("scheme.has-faults", (await Propose(host, id, 1)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task One_version_waits_at_a_time_and_an_outdated_one_is_not_put_forward(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var (second, third) = (await SchemeFormTests.Draft(host, SmallCounty.Example, 2), await SchemeFormTests.Draft(host, SmallCounty.Example, 3));
        await Propose(host, third, 1);
        Assert.Equal("scheme.already-proposed", (await Propose(host, second, 1)).Refused?.Code);
        await Decide(host, third, 2);
        Assert.Equal("scheme.passed-over", (await Propose(host, second, 1)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task Two_versions_put_forward_at_once_leave_one_and_ten_second_persons_adopt_once(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var drafts = new[] { await SchemeFormTests.Draft(host, SmallCounty.Example, 2), await SchemeFormTests.Draft(host, SmallCounty.Example, 3) };
        var put = await Task.WhenAll(drafts.Select(id => Task.Run(() => Propose(host, id, 1))));
        Assert.Single(put, p => p.Refused is null);
        Assert.Contains(put.Single(p => p.Refused is not null).Refused!.Code, new[] { "scheme.raced", "scheme.already-proposed" });
        var waiting = await host.Db(db => db.SchemeVersions.SingleAsync(v => v.State == SchemeState.Proposed));
        var decided = await Task.WhenAll(Enumerable.Range(11, 10).Select(person => Task.Run(() => Decide(host, waiting.Id, person))));
        Assert.Single(decided, d => d.Refused is null);
        var version = await Version(host, waiting.Id);
        Assert.Equal(SchemeState.Adopted, version.State);
        Assert.InRange(version.ApprovedByAccountId!.Value, 11, 20);
        Assert.Equal(1, await host.Db(db => db.SchemeUses.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task Who_refuses_says_why_and_the_version_is_not_adopted(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var id = await SchemeFormTests.Draft(host, SmallCounty.Example, 2);
        await Propose(host, id, 1);
        Assert.Equal("scheme.no-reason", (await As(host, 2, s => s.GetRequiredService<DecideVersionHandler>().Handle(new DecideVersion(id, false, " "), default))).Refused?.Code);
        Assert.Null((await As(host, 2, s => s.GetRequiredService<DecideVersionHandler>().Handle(new DecideVersion(id, false, "太少"), default))).Refused);
        Assert.Equal((SchemeState.Refused, "太少"), ((await Version(host, id)).State, (await Version(host, id)).Reason));
        Assert.Equal(SmallCounty.SchemeVersionId, (await Choose(host)).Value);
    }

    [Theory, EachDatabase]
    public async Task A_cooperatives_scheme_is_adopted_by_its_assembly_and_then_goes_first(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var id = await CooperativeDraft(host);
        Assert.Equal("scheme.no-meeting-day", (await Propose(host, id, 1)).Refused?.Code);
        Assert.Equal("voice.ballot-notice", (await Propose(host, id, 1, SmallCounty.Day.AddDays(14))).Refused?.Code);
        Assert.Null((await Propose(host, id, 1, SmallCounty.Day.AddDays(15))).Refused);
        Assert.Equal("scheme.assembly-decides", (await Decide(host, id, 2)).Refused?.Code);
        Assert.Equal(SmallCounty.SchemeVersionId, (await Choose(host)).Value);
        Assert.Equal(BallotResult.Carried, await Vote(host, Choice.Yes, Choice.Yes));
        var version = await Version(host, id);
        Assert.Equal((SchemeState.Adopted, SmallCounty.Day.AddDays(15)), (version.State, version.AdoptedDay!.Value));
        Assert.Equal(id, (await Choose(host, day: SmallCounty.Day.AddDays(15))).Value);
        Assert.Equal(SmallCounty.SchemeVersionId, (await Choose(host, day: SmallCounty.Day.AddDays(14))).Value);
    }

    [Theory, EachDatabase]
    public async Task A_scheme_that_the_assembly_does_not_carry_is_not_adopted(DatabaseKind kind)
    {
        await using var host = await County(kind);
        var id = await CooperativeDraft(host);
        await Propose(host, id, 1, SmallCounty.Day.AddDays(15));
        Assert.Equal(BallotResult.NoMajority, await Vote(host, Choice.Yes, Choice.No));
        Assert.Equal(SchemeState.Refused, (await Version(host, id)).State);
        Assert.Equal(SmallCounty.SchemeVersionId, (await Choose(host, day: SmallCounty.Day.AddDays(15))).Value);
    }

    [Fact]
    public async Task A_cooperatives_manager_writes_proposes_and_sees_the_vote_by_forms()
    {
        await using var host = await County(DatabaseKind.Sqlite);
        var manager = await host.VisitAs(Person.Cooperative, SmallCounty.County, SmallCounty.Cooperative);
        var page = await manager.Submit(await manager.Get("/settlement/schemes/begin"), "main form", new() { ["Form.Name"] = "前山方案", ["Form.NameEn"] = "Front hill", ["Form.Model"] = "2", ["Form.CooperativeId"] = $"{SmallCounty.Cooperative}" });
        Assert.Contains("第 8 步", page.Text);
        page = await manager.Submit(page, "#editor", new() { ["Do"] = "done" });
        Assert.Contains("平台先拿货款和运费的 5%", page.Text);
        page = await manager.Submit(page, "form[action*=Propose]", new() { ["MeetingDay"] = "2026-12-01" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, page.Status);
        Assert.Contains("最早可定 2026-12-06", page.Text);
        page = await manager.Submit(page, "form[action*=Propose]", new() { ["MeetingDay"] = "2026-12-06" });
        Assert.Contains("已提出", page.Text);
        var vote = await manager.Get(page.Page.QuerySelector("a[href*='/voice/ballots/ballot/']")!.GetAttribute("href")!);
        Assert.Contains("采用分配方案“前山方案”第 1 版", vote.Text);
        var member = await host.VisitAs(Person.Household, SmallCounty.VillageA, household: SmallCounty.Ma);
        Assert.Contains("平台先拿货款和运费的 5%", (await member.Get(page.Address.PathAndQuery)).Text);
        var stranger = await host.VisitAs(Person.Household, SmallCounty.VillageB, household: SmallCounty.Zhang);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get(page.Address.PathAndQuery)).Status);
    }

    [Fact]
    public async Task A_scheme_begun_twice_by_one_form_is_one_scheme()
    {
        await using var host = await County(DatabaseKind.Sqlite);
        var request = new BeginScheme(Guid.CreateVersion7(), "甲", "A", null, null, 1);
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => As(host, 1, s => s.GetRequiredService<BeginSchemeHandler>().Handle(request, default)))));
        Assert.Single(made.Select(m => m.Value.Id).Distinct());
    }

    [Fact]
    public async Task The_four_models_and_the_named_modes_are_public_in_both_languages()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        foreach (var (language, words, named) in new[] { ("zh", "贵州", "遂昌模式"), ("en", "Guizhou", "Suichang mode") })
        {
            var visitor = await host.Visit(language);
            var index = await visitor.Get("/settlement/schemes/models");
            Assert.Contains(named, index.Text);
            for (var n = 1; n <= 4; n++)
            {
                var page = await visitor.Get($"/settlement/schemes/models/{n}");
                Assert.Equal(HttpStatusCode.OK, page.Status);
                Assert.Contains(words, page.Text);
                Assert.DoesNotContain("[model.", page.Text);
                Assert.DoesNotContain("[scheme.", page.Text);
                Assert.NotNull(page.Page.QuerySelector("svg.flow"));
            }
        }
    }

    private static async Task<TestHost> County(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        return host;
    }

    private static async Task<long> CooperativeDraft(TestHost host) =>
        (await As(host, 1, s => s.GetRequiredService<BeginSchemeHandler>().Handle(new BeginScheme(Guid.CreateVersion7(), "前山方案", "Front hill", SmallCounty.Cooperative, null, 2), default))).Value.Id;

    private static async Task<BallotResult> Vote(TestHost host, params Choice[] papers) => await AssemblyDay.Vote(host, await host.Db(db => db.Ballots.Select(b => b.Id).SingleAsync()), papers);

    private static Task<T> As<T>(TestHost host, long person, Func<IServiceProvider, Task<T>> work, string role = Person.CountyStaff) => host.In(work, new Scope { Area = SmallCounty.County, AccountId = person, Role = role });

    private static Task<Outcome<Done>> Propose(TestHost host, long id, long person, DateOnly? meeting = null) => As(host, person, s => s.GetRequiredService<ProposeVersionHandler>().Handle(new ProposeVersion(id, meeting), default));

    private static Task<Outcome<Done>> Decide(TestHost host, long id, long person, string role = Person.CountyStaff) => As(host, person, s => s.GetRequiredService<DecideVersionHandler>().Handle(new DecideVersion(id, true, null), default), role);

    private static Task<Outcome<long>> Choose(TestHost host, string channel = "taobao", DateOnly? day = null) => host.In(s => s.GetRequiredService<IChooseScheme>().For(SmallCounty.County, SmallCounty.Lot, channel, day ?? SmallCounty.Day, default));

    private static Task<SchemeVersion> Version(TestHost host, long id) => host.Db(db => db.SchemeVersions.AsNoTracking().SingleAsync(v => v.Id == id));
}
