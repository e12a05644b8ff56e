using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Organisations;
using Shanhuo.Tests.Databases;
using Shanhuo.Voice;
using Shanhuo.Voice.Ballots;
using Shanhuo.Voice.Contracts;

namespace Shanhuo.Tests.Voice.Ballots;

public sealed class BallotTests
{
    [Theory, EachDatabase]
    public async Task A_ballot_goes_from_notice_to_result_and_tells_how_many_said_what(DatabaseKind kind)
    {
        await using var assembly = await Assembly.Of(kind, members: 6);
        await assembly.Meet(present: 5, papers: 5);
        await assembly.Count(1, Choice.Yes, Choice.Yes, Choice.Yes, Choice.Yes, Choice.Spoiled);
        await assembly.Count(2, Choice.Yes, Choice.Yes, Choice.Yes, Choice.Yes, Choice.Spoiled);
        Assert.Equal(BallotResult.Carried, (await assembly.Close()).Value);
        var ballot = await assembly.Ballot();
        Assert.Equal((6, 5, 4, 0, 0, 1), (ballot.Members, ballot.Present, ballot.Yes, ballot.No, ballot.Abstained, ballot.Spoiled));
        Assert.Equal(BallotResult.Carried, (await assembly.Close()).Value); // closing again changes nothing
    }

    [Theory, EachDatabase]
    public async Task Four_of_six_yes_carry_and_three_do_not_however_many_came(DatabaseKind kind)
    {
        await using var assembly = await Assembly.Of(kind, members: 6);
        await assembly.Meet(present: 4, papers: 4);
        foreach (var person in new[] { 1, 2 }) await assembly.Count(person, Choice.Yes, Choice.Yes, Choice.Yes, Choice.Abstain);
        Assert.Equal(BallotResult.NoMajority, (await assembly.Close()).Value);
    }

    [Theory, EachDatabase]
    public async Task Without_a_quorum_the_box_stays_shut_and_nothing_is_carried(DatabaseKind kind)
    {
        await using var assembly = await Assembly.Of(kind, members: 6);
        await assembly.Open(present: 3);
        Assert.Equal("voice.ballot-no-quorum", (await assembly.OpenBox(3)).Refused?.Code);
        Assert.Equal(BallotResult.NoQuorum, (await assembly.Close()).Value);
    }

    [Theory, EachDatabase]
    public async Task A_meeting_too_near_is_refused_with_the_first_day_that_would_do(DatabaseKind kind)
    {
        await using var assembly = await Assembly.Of(kind, members: 3);
        var no = await assembly.Host.In(services => Task.FromResult(services.GetRequiredService<CallBallot>().Add(Assembly.Call(assembly.Host.Clock.Today.AddDays(14), 2)).Refused));
        Assert.Equal("voice.ballot-notice", no?.Code);
        Assert.Equal("2026-12-06", no!.Arguments[1]);
    }

    [Theory, EachDatabase]
    public async Task Nothing_begins_before_the_day_of_the_meeting(DatabaseKind kind)
    {
        await using var assembly = await Assembly.Of(kind, members: 3);
        Assert.Equal("voice.ballot-not-yet", (await assembly.As(1, s => s.GetRequiredService<OpenMeeting>().Handle(assembly.Id, default))).Refused?.Code);
        Assert.Equal("voice.ballot-step", (await assembly.Close()).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task The_roll_holds_those_who_are_members_on_the_day_of_the_meeting(DatabaseKind kind)
    {
        await using var assembly = await Assembly.Of(kind, members: 3);
        await assembly.Host.Db(async db =>
        {
            var day = assembly.Host.Clock.Today.AddDays(15);
            (await db.Memberships.SingleAsync(m => m.HouseholdId == 1001)).Until = day.AddDays(-1);
            db.Memberships.Add(new Membership { Id = 9, OrganisationId = SmallCounty.Cooperative, HouseholdId = 1004, Since = day.AddDays(1) });
            await db.SaveChangesAsync();
        });
        await assembly.Open(present: 2);
        Assert.Equal([1002, 1003], await assembly.Host.Db(db => db.BallotVoters.OrderBy(v => v.HouseholdId).Select(v => v.HouseholdId).ToListAsync()));
        var no = await assembly.As(1, s => s.GetRequiredService<MarkPresent>().Handle(new PresentOnPage(assembly.Id, [1001], [1001]), default));
        Assert.Equal("voice.ballot-not-voter", no.Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task More_papers_than_people_are_refused(DatabaseKind kind)
    {
        await using var assembly = await Assembly.Of(kind, members: 3);
        await assembly.Open(present: 2);
        Assert.Equal("voice.ballot-papers", (await assembly.OpenBox(3)).Refused?.Code);
        Assert.Equal("voice.ballot-papers", (await assembly.OpenBox(0)).Refused?.Code);
        Assert.Null((await assembly.OpenBox(2)).Refused);
    }

    [Theory, EachDatabase]
    public async Task The_same_person_cannot_be_both_counters_and_a_third_is_not_needed(DatabaseKind kind)
    {
        await using var assembly = await Assembly.Of(kind, members: 3);
        await assembly.Meet(present: 2, papers: 2);
        await assembly.Count(1, Choice.Yes, Choice.Yes);
        await assembly.Count(1, Choice.Yes, Choice.Yes); // sent again: once
        Assert.Equal("voice.ballot-count-open", (await assembly.Close()).Refused?.Code);
        await assembly.Count(2, Choice.Yes, Choice.Yes);
        Assert.Equal("voice.ballot-two-counters", (await assembly.Enter(3, Choice.Yes, Choice.Yes)).Refused?.Code);
        Assert.Equal(4, await assembly.Host.Db(db => db.BallotPapers.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task Papers_read_differently_are_listed_and_each_counter_mends_only_the_own_reading(DatabaseKind kind)
    {
        await using var assembly = await Assembly.Of(kind, members: 3);
        await assembly.Meet(present: 3, papers: 3);
        await assembly.Count(1, Choice.Yes, Choice.No, Choice.Yes);
        Assert.Equal("voice.ballot-entered", (await assembly.Enter(1, Choice.Yes, Choice.Yes, Choice.Yes)).Refused?.Code);
        await assembly.Count(2, Choice.Yes, Choice.Yes, Choice.Yes);
        Assert.Equal("voice.ballot-differences", (await assembly.Close()).Refused?.Code);
        var count = await assembly.Host.Db(async db => await Shanhuo.Voice.Ballots.Count.Of(db, await db.Ballots.SingleAsync(), default));
        Assert.Equal([(2, Choice.No, Choice.Yes)], count.Differences);
        Assert.Equal("voice.ballot-not-counter", (await assembly.ReadAgain(3, 2, Choice.Yes)).Refused?.Code);
        Assert.Equal("voice.ballot-same", (await assembly.ReadAgain(1, 1, Choice.No)).Refused?.Code);
        Assert.Null((await assembly.ReadAgain(1, 2, Choice.Yes)).Refused);
        Assert.Equal(BallotResult.Carried, (await assembly.Close()).Value);
        var mended = await assembly.Host.Db(db => db.BallotPapers.SingleAsync(p => p.FirstChoice != null));
        Assert.Equal((1, 2, Choice.No, Choice.Yes), (mended.Place, mended.Number, mended.FirstChoice, mended.Choice));
    }

    [Theory, EachDatabase]
    public async Task A_result_is_fixed_once_though_ten_people_press_at_once(DatabaseKind kind)
    {
        await using var assembly = await Assembly.Of(kind, members: 3);
        await assembly.Meet(present: 3, papers: 3);
        foreach (var person in new[] { 1, 2 }) await assembly.Count(person, Choice.Yes, Choice.Yes, Choice.No);
        var results = await Task.WhenAll(Enumerable.Range(1, 10).Select(_ => Task.Run(assembly.Close)));
        Assert.All(results, r => Assert.Equal(BallotResult.Carried, r.Value));
        Assert.Equal(2, (await assembly.Ballot()).Yes);
    }

    [Theory, EachDatabase]
    public async Task Two_counters_who_begin_at_once_get_a_place_each(DatabaseKind kind)
    {
        await using var assembly = await Assembly.Of(kind, members: 3);
        await assembly.Meet(present: 3, papers: 3);
        await Task.WhenAll(Enumerable.Range(1, 2).Select(person => Task.Run(async () =>
        {
            // Of two who sit down at once one may be told to look again; then there is a place.
            for (var tries = 0; tries < 3; tries++)
                if ((await assembly.Enter(person, Choice.Yes, Choice.Yes, Choice.Yes)).Refused?.Code != "voice.ballot-raced") return;
        })));
        Assert.Equal(BallotResult.Carried, (await assembly.Close()).Value);
    }

    [Theory, EachDatabase]
    public async Task Called_off_before_the_box_is_opened_it_carries_nothing_and_after_that_it_cannot_be(DatabaseKind kind)
    {
        await using var assembly = await Assembly.Of(kind, members: 3);
        await assembly.Meet(present: 3, papers: 3);
        Assert.Equal("voice.ballot-box-open", (await assembly.As(1, s => s.GetRequiredService<CloseBallot>().CallOff(assembly.Id, default))).Refused?.Code);
        await using var other = await Assembly.Of(kind, members: 3);
        Assert.Equal(BallotResult.CalledOff, (await other.As(1, s => s.GetRequiredService<CloseBallot>().CallOff(other.Id, default))).Value);
    }

    [Fact]
    public async Task People_lead_a_ballot_by_forms_and_a_member_reads_the_result()
    {
        await using var assembly = await Assembly.Of(DatabaseKind.Sqlite, members: 3);
        var host = assembly.Host;
        host.Clock.Days(15);
        var (first, second) = (await host.VisitAs(Role.CountyStaff, SmallCounty.County), await host.VisitAs(Role.Cooperative, SmallCounty.County, SmallCounty.Cooperative, language: "en"));
        var page = await first.Get($"/voice/ballots/ballot/{assembly.Id}");
        Assert.Contains("采用分配方案", page.Text);
        page = await first.Submit(page, "form[action*=Open]", []);
        page = await first.Get($"/voice/ballots/roll/{assembly.Id}");
        await first.Client.PostAsync(page.Address, new FormUrlEncodedContent([.. Hidden(page), new("Came", "1001"), new("Came", "1002"), new("Came", "1003"), new("Next", "0")]));
        page = await first.Get($"/voice/ballots/ballot/{assembly.Id}");
        page = await first.Submit(page, "form[action*=Box]", new() { ["Papers"] = "三" });
        Assert.Contains("“三”不是张数", page.Text);
        page = await first.Submit(page, "form[action*=Box]", new() { ["Papers"] = "３" });
        Assert.Contains("共 3 张票", page.Text);
        foreach (var visitor in new[] { first, second })
        {
            page = await visitor.Get($"/voice/ballots/enter/{assembly.Id}");
            page = await visitor.Submit(page, "main form", new() { ["Choices[0]"] = "1", ["Choices[1]"] = "1", ["Choices[2]"] = visitor == first ? "2" : "1" });
        }
        page = await second.Get($"/voice/ballots/differences/{assembly.Id}");
        Assert.Contains("Paper 3", page.Text);
        page = await second.Submit(page, "main form", new() { ["Choice"] = "2" });
        Assert.Contains("alike", page.Text);
        page = await second.Submit(await second.Get($"/voice/ballots/ballot/{assembly.Id}"), "form[action*=Close]", []);
        Assert.Contains("Carried. Of 3 member households 3 came (at least 2 needed), and 2 voted yes (at least 2 needed).", page.Text);
        var member = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: 1001);
        Assert.Contains("通过。全社 3 户", (await member.Get($"/voice/ballots/ballot/{assembly.Id}")).Text);
        var stranger = await host.VisitAs(Role.Household, SmallCounty.VillageB, household: SmallCounty.Zhang);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await stranger.Get($"/voice/ballots/ballot/{assembly.Id}")).Status);
    }

    private static IEnumerable<KeyValuePair<string, string>> Hidden(Answer page) => page.Page.QuerySelectorAll("main form input[type=hidden]").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""));
}

/// <summary>A cooperative of so many households whose assembly is called for the day in 15 days.</summary>
internal sealed class Assembly : IAsyncDisposable
{
    public required TestHost Host { get; init; }
    public long Id { get; private set; }

    public static BallotCall Call(DateOnly day, long subject = 1) => new()
    {
        County = SmallCounty.County, OrganisationId = SmallCounty.Cooperative, SubjectKind = "anything", SubjectId = subject, SubjectPath = "/", MeetingDay = day, Text = "采用分配方案", TextEn = "Adopt the scheme",
    };

    public static async Task<Assembly> Of(DatabaseKind kind, int members)
    {
        var assembly = new Assembly { Host = await TestHost.Start(kind) };
        await SmallCounty.Found(assembly.Host);
        await assembly.Host.Db(async db =>
        {
            db.Memberships.RemoveRange(await db.Memberships.ToListAsync());
            for (var n = 1; n <= members + 1; n++)
            {
                db.Households.Add(new Household { Id = 1000 + n, Code = $"H-{1000 + n}", Area = SmallCounty.VillageA, HeadName = "马" });
                if (n <= members) db.Memberships.Add(new Membership { Id = 1000 + n, OrganisationId = SmallCounty.Cooperative, HouseholdId = 1000 + n, Since = new(2024, 1, 1) });
            }
            await db.SaveChangesAsync();
        });
        assembly.Id = await assembly.As(1, async services =>
        {
            var id = services.GetRequiredService<CallBallot>().Add(Call(assembly.Host.Clock.Today.AddDays(15))).Value;
            await services.GetRequiredService<ShanhuoDb>().SaveChangesAsync();
            return id;
        });
        return assembly;
    }

    public Task<T> As<T>(long person, Func<IServiceProvider, Task<T>> work) => Host.In(work, new Scope { Area = SmallCounty.County, AccountId = person, Role = Role.CountyStaff });

    public async Task Open(int present)
    {
        Host.Clock.Days(15);
        Assert.Null((await As(1, s => s.GetRequiredService<OpenMeeting>().Handle(Id, default))).Refused);
        var all = await Host.Db(db => db.BallotVoters.OrderBy(v => v.HouseholdId).Select(v => v.HouseholdId).ToListAsync());
        Assert.Null((await As(1, s => s.GetRequiredService<MarkPresent>().Handle(new PresentOnPage(Id, all, [.. all.Take(present)]), default))).Refused);
    }

    public Task<Outcome<Done>> OpenBox(int papers) => As(1, s => s.GetRequiredService<OpenBox>().Handle(new PapersFound(Id, papers), default));

    public async Task Meet(int present, int papers)
    {
        await Open(present);
        Assert.Null((await OpenBox(papers)).Refused);
    }

    public Task<Outcome<Done>> Enter(long person, params Choice[] choices) => As(person, s => s.GetRequiredService<EnterPapers>().Handle(new PapersRead(Id, 1, [.. choices.Cast<Choice?>()]), default));

    public async Task Count(long person, params Choice[] choices) => Assert.Null((await Enter(person, choices)).Refused);

    public Task<Outcome<Done>> ReadAgain(long person, int number, Choice choice) => As(person, s => s.GetRequiredService<ReadAgain>().Handle(new PaperReadAgain(Id, number, choice), default));

    public Task<Outcome<BallotResult>> Close() => As(1, s => s.GetRequiredService<CloseBallot>().Handle(Id, default));

    public Task<Ballot> Ballot() => Host.Db(db => db.Ballots.SingleAsync());

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
