using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Changes;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Registry.Files;

namespace Shanhuo.Tests.Registry.Changes;

public sealed class ChangeTests
{
    private static readonly Scope Cadre = new() { AccountId = 1, Role = Role.VillageCadre, Area = SmallCounty.VillageA }, Second = new() { AccountId = 2, Role = Role.VillageCadre, Area = SmallCounty.VillageA },
        Town = new() { AccountId = 3, Role = Role.TownshipOfficial, Area = SmallCounty.Township }, Town2 = new() { AccountId = 4, Role = Role.TownshipOfficial, Area = SmallCounty.Township },
        County = new() { AccountId = 5, Role = Role.CountyOfficial, Area = SmallCounty.County }, Own = new() { AccountId = 6, Role = Role.Household, Area = SmallCounty.VillageA, HouseholdId = SmallCounty.Ma },
        Elsewhere = new() { AccountId = 7, Role = Role.VillageCadre, Area = SmallCounty.VillageB };

    private const long Wife = 71, Son = 72;

    [Theory, EachDatabase]
    public async Task Nothing_changes_before_another_person_of_the_route_agrees(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var asked = (await Ask(host, Own, new CorrectField(Wife, "schooling", "junior", null))).Value;
        Assert.Equal("village", asked.Route);
        Assert.Null(await Schooling());
        Assert.Equal("change.not-your-step", (await Decide(host, Own, asked)).Refused?.Code);
        Assert.Equal("change.gone", (await Decide(host, Elsewhere, asked)).Refused?.Code);
        Assert.Equal(ChangeState.Done, (await Decide(host, Cadre, asked)).Value.State);
        Assert.Equal("junior", await Schooling());
        var history = await host.Db(db => db.FieldChanges.SingleAsync());
        Assert.Equal(("schooling", null, "junior", "request", asked.Id, 1L), (history.Field, history.Before, history.After, history.Cause, history.CauseId, history.ByAccountId));

        Task<string?> Schooling() => host.Db(db => db.Members.Where(m => m.Id == Wife).Select(m => m.Schooling).SingleAsync());
    }

    [Theory, EachDatabase]
    public async Task Who_asked_agrees_to_nothing_and_nobody_takes_two_steps(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var number = CountySheet.Identity(new(1975, 3, 3), 8);
        var asked = (await Ask(host, Town, new CorrectField(Wife, "identity", number, null))).Value;
        Assert.Equal("township,county", asked.Route);
        Assert.DoesNotContain(number, asked.OperationHidden, StringComparison.Ordinal);
        Assert.Equal("change.own", (await Decide(host, Town, asked)).Refused?.Code);
        Assert.Equal("change.not-your-step", (await Decide(host, Cadre, asked)).Refused?.Code);
        Assert.Equal(ChangeState.Open, (await Decide(host, County, asked)).Value.State);
        Assert.Equal("change.twice", (await Decide(host, County, asked)).Refused?.Code);
        Assert.Equal("change.not-your-step", (await Decide(host, Town2, asked)).Refused?.Code);
        Assert.Null(await host.Db(db => db.Members.Where(m => m.Id == Wife).Select(m => m.IdentityKey).SingleAsync()));
        var last = new Scope { AccountId = 9, Role = Role.CountyStaff, Area = SmallCounty.County };
        Assert.Equal(ChangeState.Done, (await Decide(host, last, asked)).Value.State);
        var wife = await host.Db(db => db.Members.SingleAsync(m => m.Id == Wife));
        Assert.Equal(($"{number[..6]}********{number[^4..]}", new DateOnly(1975, 3, 3), "female"), (wife.IdentityMask, wife.BirthDay, wife.Sex));
    }

    [Theory, EachDatabase]
    public async Task A_second_request_about_the_same_thing_is_refused_while_the_first_is_open(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var first = (await Ask(host, Cadre, new CorrectField(Wife, "health", "chronic", null))).Value;
        var no = (await Ask(host, Second, new CorrectField(Wife, "health", "well", null))).Refused!;
        Assert.Equal(("change.conflict", first.Id), (no.Code, (long)no.Arguments[1]));
        Assert.Null((await Ask(host, Second, new CorrectField(Wife, "labour", "weak", null))).Refused);
        Assert.Equal(ChangeState.Withdrawn, (await host.In(s => s.GetRequiredService<DecideChangeHandler>().Withdraw(first.Id, default), Cadre)).Value.State);
        Assert.Null((await Ask(host, Second, new CorrectField(Wife, "health", "well", null))).Refused);
    }

    [Theory, EachDatabase]
    public async Task The_same_request_sent_twice_at_once_is_one_and_two_decisions_at_once_are_one(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var request = new AskChange(Guid.NewGuid(), SmallCounty.Ma, new CorrectField(Wife, "health", "chronic", null), "看过病历");
        var asked = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.In(s => s.GetRequiredService<AskChangeHandler>().Handle(request, default), Cadre)));
        Assert.Single(asked.Select(a => a.Value.Id).Distinct());
        var decided = await Task.WhenAll(new[] { Town, Town2, County }.Select(who => Decide(host, who, asked[0].Value)));
        Assert.Equal(1, decided.Count(d => d.Refused is null));
        Assert.Equal(1, await host.Db(db => db.FieldChanges.CountAsync()));
    }

    [Theory, EachDatabase]
    public async Task What_changed_since_it_was_asked_is_not_overwritten_unseen(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var asked = (await Ask(host, Cadre, new CorrectField(null, "sheep", "5", null))).Value;
        await host.Db(db => db.Households.Where(h => h.Id == SmallCounty.Ma).ExecuteUpdateAsync(h => h.SetProperty(x => x.Sheep, 9)));
        Assert.Equal("change.seen", (await Decide(host, Second, asked)).Refused?.Code);
        Assert.Equal(9, await host.Db(db => db.Households.Where(h => h.Id == SmallCounty.Ma).Select(h => h.Sheep).SingleAsync()));
    }

    [Theory, EachDatabase]
    public async Task A_household_is_split_a_head_changed_and_a_member_moved_with_their_dated_roles(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        Assert.Equal("change.head-stays", (await Ask(host, Cadre, new SplitHousehold([SmallCounty.Ma * 10], SmallCounty.Ma * 10, new Dictionary<long, string>(), SmallCounty.Day))).Refused?.Code);
        await Done(host, new SplitHousehold([Son], Son, new Dictionary<long, string>(), SmallCounty.Day), Cadre, Town);
        var fresh = await host.Db(db => db.Households.SingleAsync(h => h.HeadName == "马小军"));
        Assert.Equal((SmallCounty.VillageA, "H-620525-00001"), (fresh.Area, fresh.Code));

        await Done(host, new ChangeHead(Wife, "spouse", SmallCounty.Day), Cadre, Second);
        Assert.Equal(("李梅", "spouse"), await host.Db(async db => ((await db.Households.SingleAsync(h => h.Id == SmallCounty.Ma)).HeadName, (await db.Members.SingleAsync(m => m.Id == SmallCounty.Ma * 10)).Relation)));

        Assert.Equal("change.head-first", (await Ask(host, Cadre, new MoveMember(Wife, SmallCounty.Zhang, "other", SmallCounty.Day))).Refused?.Code);
        await Done(host, new MoveMember(SmallCounty.Ma * 10, SmallCounty.Zhang, "parent", SmallCounty.Day), Cadre, Town);
        var moved = await host.Db(db => db.Members.SingleAsync(m => m.Id == SmallCounty.Ma * 10));
        Assert.Equal((SmallCounty.Zhang, SmallCounty.VillageB, "parent"), (moved.HouseholdId, moved.Area, moved.Relation));
        var roles = await host.Db(db => db.MemberRoles.Where(r => r.MemberId == moved.Id).OrderBy(r => r.Id).Select(r => new { r.HouseholdId, r.Relation, Over = r.Until != null }).ToListAsync());
        Assert.Equal([(SmallCounty.Ma, "head", true), (SmallCounty.Ma, "spouse", true), (SmallCounty.Zhang, "parent", false)], roles.ConvertAll(r => (r.HouseholdId, r.Relation, r.Over)));
    }

    [Theory, EachDatabase]
    public async Task The_database_itself_keeps_one_head_a_household_and_one_household_a_person(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        foreach (var role in new[] { new MemberRole { Id = 9001, MemberId = Wife, HouseholdId = SmallCounty.Li, Relation = "other", Since = SmallCounty.Day }, new MemberRole { Id = 9002, MemberId = 555, HouseholdId = SmallCounty.Ma, Relation = "head", Since = SmallCounty.Day } })
            await Assert.ThrowsAsync<DbUpdateException>(() => host.Db(async db => { db.MemberRoles.Add(role); await db.SaveChangesAsync(); }));
    }

    [Theory, EachDatabase]
    public async Task Two_entries_of_one_person_become_one_and_two_again(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var number = CountySheet.Identity(new(1975, 3, 3), 8);
        await host.In(async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            var twin = new Member { Id = 99, HouseholdId = SmallCounty.Li, Area = SmallCounty.VillageA, Name = "李梅", Relation = "other", BirthYear = 1975, Schooling = "primary", Since = new(2021, 1, 1) };
            s.GetRequiredService<RegisterBook>().Identify(twin, number);
            db.Members.Add(twin);
            db.MemberRoles.Add(new MemberRole { Id = 99, MemberId = 99, HouseholdId = SmallCounty.Li, Relation = "other", Since = new(2021, 1, 1) });
            await db.SaveChangesAsync();
        });
        var before = await State();
        var merge = await Done(host, new MergeMembers(Wife, 99), Cadre, Town, County);
        var kept = await host.Db(db => db.Members.SingleAsync(m => m.Id == Wife));
        Assert.Equal(("primary", $"{number[..6]}********{number[^4..]}"), (kept.Schooling, kept.IdentityMask));
        Assert.Equal(number, await host.In(s => Task.FromResult(s.GetRequiredService<RegisterBook>().IdentityOf(kept))));
        Assert.Equal(("merged", (string?)null), await host.Db(async db => { var gone = await db.Members.SingleAsync(m => m.Id == 99); return (gone.LeftBecause!, gone.IdentityKey); }));

        var undone = await host.In(s => s.GetRequiredService<DecideChangeHandler>().Undo(merge.Id, "是姐妹两人", default), County);
        Assert.Equal(ChangeState.Undone, undone.Value.State);
        Assert.Equal(before, await State());

        Task<string> State() => host.Db(async db => string.Join('\n', (await db.Members.Where(m => m.Id == Wife || m.Id == 99).OrderBy(m => m.Id).ToListAsync()).Select(m => $"{m.Id} {m.HouseholdId} {m.Relation} {m.Since} {m.Until} {m.LeftBecause} {m.IdentityKey} {string.Join('|', RegisterFields.OfMember.Where(f => f.Key != "identity").Select(f => f.Read(m)))}")));
    }

    [Theory, EachDatabase]
    public async Task Two_entries_of_one_household_become_one_and_two_again_unless_somebody_moved_since(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var merge = await Done(host, new MergeHouseholds(SmallCounty.Ma, SmallCounty.Li), Cadre, Town, County);
        Assert.Equal(4, await host.Db(db => db.Members.CountAsync(m => m.HouseholdId == SmallCounty.Ma && m.Until == null)));
        Assert.Equal(SmallCounty.Ma, await host.Db(db => db.Households.Where(h => h.Id == SmallCounty.Li).Select(h => h.MergedIntoId).SingleAsync()));
        Assert.Equal(ChangeState.Undone, (await host.In(s => s.GetRequiredService<DecideChangeHandler>().Undo(merge.Id, "不是一户", default), County)).Value.State);
        Assert.Equal((SmallCounty.Li, "head"), await host.Db(async db => await db.Members.SingleAsync(m => m.Id == SmallCounty.Li * 10) is var m ? (m.HouseholdId, m.Relation) : default));

        var again = await Done(host, new MergeHouseholds(SmallCounty.Ma, SmallCounty.Li), Cadre, Town, County);
        await Done(host, new MoveMember(SmallCounty.Li * 10, SmallCounty.Zhang, "other", SmallCounty.Day), Cadre, Town);
        Assert.Equal("change.undo-late", (await host.In(s => s.GetRequiredService<DecideChangeHandler>().Undo(again.Id, "不是一户", default), County)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task A_new_household_a_new_member_one_who_left_and_a_household_that_moved(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var number = CountySheet.Identity(new(2024, 6, 1), 2);
        var asked = (await host.In(s => s.GetRequiredService<AskChangeHandler>().Handle(new AskChange(Guid.NewGuid(), 0, new RegisterHousehold(new Dictionary<string, string> { ["village"] = SmallCounty.VillageA.ToString(), ["book"] = "B9" }, new Dictionary<string, string> { ["name"] = "丁新" }, SmallCounty.Day), "新迁入"), default), Cadre)).Value;
        Assert.Equal(ChangeState.Done, (await Decide(host, Town, asked)).Value.State);
        Assert.Equal(("丁新", "B9"), await host.Db(async db => await db.Households.SingleAsync(h => h.BookNumber == "B9") is var h ? (h.HeadName, h.BookNumber!) : default));
        await Done(host, new AddMember("child", new Dictionary<string, string> { ["name"] = "马宝", ["identity"] = number }, SmallCounty.Day), Cadre, Town);
        Assert.Equal("register.member-elsewhere", (await Ask(host, Cadre, new AddMember("child", new Dictionary<string, string> { ["name"] = "马宝", ["identity"] = number }, SmallCounty.Day))).Refused?.Code);
        Assert.Equal("change.head-first", (await Ask(host, Cadre, new MemberLeft(SmallCounty.Ma * 10, "died", SmallCounty.Day))).Refused?.Code);
        await Done(host, new MemberLeft(Son, "moved-away", SmallCounty.Day), Cadre, Town);
        await Done(host, new MoveHousehold(SmallCounty.VillageB, SmallCounty.Day), Town, County);
        Assert.Equal([("李梅", SmallCounty.VillageB), ("马宝", SmallCounty.VillageB), ("马文", SmallCounty.VillageB)], await host.Db(async db => (await db.Members.Where(m => m.HouseholdId == SmallCounty.Ma && m.Until == null).ToListAsync()).Select(m => (m.Name, m.Area)).OrderBy(m => m.Name, StringComparer.Ordinal).ToList()));
    }

    /// <summary>600 requests in any order by anybody: two heads, a person in two households, a change without two people, never.</summary>
    [Fact]
    public async Task Whatever_is_asked_and_agreed_in_whatever_order_the_register_stays_whole()
    {
        await using var host = await Start(DatabaseKind.Sqlite);
        var chance = new Random(5);
        Scope[] all = [Cadre, Second, Town, Town2, County, Own, Elsewhere];
        var open = new List<ChangeRequest>();
        var done = 0;
        for (var i = 0; i < 600; i++)
        {
            var (who, at) = (all[chance.Next(all.Length)], new[] { SmallCounty.Ma, SmallCounty.Li, SmallCounty.Zhang }[chance.Next(3)]);
            var members = await host.Db(db => db.Members.Where(m => m.Until == null).Select(m => m.Id).ToListAsync());
            long Any() => members[chance.Next(members.Count)];
            ChangeOperation operation = chance.Next(7) switch
            {
                0 => new ChangeHead(Any(), "other", SmallCounty.Day),
                1 => new MoveMember(Any(), new[] { SmallCounty.Ma, SmallCounty.Li, SmallCounty.Zhang }[chance.Next(3)], "other", SmallCounty.Day),
                2 => new SplitHousehold([Any()], Any(), new Dictionary<long, string>(), SmallCounty.Day),
                3 => new AddMember("child", new Dictionary<string, string> { ["name"] = "新" + i }, SmallCounty.Day),
                4 => new MergeHouseholds(at, SmallCounty.Li),
                5 => new MemberLeft(Any(), "died", SmallCounty.Day),
                _ => new CorrectField(null, "sheep", $"{chance.Next(50)}", null),
            };
            if ((await host.In(s => s.GetRequiredService<AskChangeHandler>().Handle(new AskChange(Guid.NewGuid(), at, operation, "随机"), default), who)).Ok(out var asked, out _)) open.Add(asked);
            for (var tries = 0; tries < 2 && open.Count > 0; tries++)
            {
                var change = open[chance.Next(open.Count)];
                var outcome = await Decide(host, all[chance.Next(all.Length)], change, chance.NextDouble() < 0.85);
                if (outcome.Ok(out var decided, out _) && decided.State != ChangeState.Open) { open.Remove(change); done += decided.State == ChangeState.Done ? 1 : 0; }
            }
        }
        Assert.True(done > 80, $"{done} changes were made");
        await host.Db(async db =>
        {
            var roles = await db.MemberRoles.Where(r => r.Until == null).ToListAsync();
            var people = await db.Members.Where(m => m.Until == null).ToListAsync();
            Assert.Equal(people.Select(m => (m.Id, m.HouseholdId, m.Relation)).Order(), roles.Select(r => (r.MemberId, r.HouseholdId, r.Relation)).Order());
            var homes = await db.Households.Where(h => h.Until == null).ToListAsync();
            foreach (var home in homes) Assert.Equal([home.HeadName], people.Where(m => m.HouseholdId == home.Id && m.Relation == "head").Select(m => m.Name));
            Assert.All(people, m => Assert.Contains(homes, h => h.Id == m.HouseholdId && h.Area == m.Area));
            var decisions = await db.ChangeDecisions.ToListAsync();
            foreach (var change in await db.ChangeRequests.Where(c => c.State == ChangeState.Done).ToListAsync())
            {
                var yes = decisions.Where(d => d.ChangeId == change.Id).Select(d => d.ByAccountId).ToList();
                Assert.Equal(change.Route.Split(',').Length, yes.Distinct().Count());
                Assert.DoesNotContain(change.ByAccountId, yes);
            }
            Assert.Equal(await db.ChangeRequests.Where(c => c.State == ChangeState.Open).Select(c => c.Id).OrderBy(c => c).ToListAsync(), await db.ChangeTouches.Select(t => t.ChangeId).Distinct().OrderBy(c => c).ToListAsync());
        });
    }

    private static async Task<ChangeRequest> Done(TestHost host, ChangeOperation operation, Scope asker, params Scope[] agreeing)
    {
        var asked = (await Ask(host, asker, operation)).Value;
        var last = asked;
        foreach (var who in agreeing) last = (await Decide(host, who, asked)).Value;
        Assert.Equal(ChangeState.Done, last.State);
        return last;
    }

    private static Task<Outcome<ChangeRequest>> Ask(TestHost host, Scope who, ChangeOperation operation) =>
        host.In(async s =>
        {
            var home = operation switch { MoveMember m => await Home(m.MemberId), _ => SmallCounty.Ma };
            return await s.GetRequiredService<AskChangeHandler>().Handle(new AskChange(Guid.NewGuid(), home, operation, "看过证件"), default);

            Task<long> Home(long member) => s.GetRequiredService<ShanhuoDb>().Members.Where(m => m.Id == member).Select(m => m.HouseholdId).SingleAsync();
        }, who);

    private static Task<Outcome<ChangeRequest>> Decide(TestHost host, Scope who, ChangeRequest change, bool agrees = true) =>
        host.In(s => s.GetRequiredService<DecideChangeHandler>().Handle(change.Id, agrees, agrees ? null : "不对", default), who);

    private static async Task<TestHost> Start(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await host.Db(async db =>
        {
            foreach (var (id, name, relation, born) in new[] { (Wife, "李梅", "spouse", 1975), (Son, "马小军", "child", 2000) })
            {
                db.Members.Add(new Member { Id = id, HouseholdId = SmallCounty.Ma, Area = SmallCounty.VillageA, Name = name, Relation = relation, BirthYear = born, Since = new(2020, 1, 1) });
                db.MemberRoles.Add(new MemberRole { Id = id, MemberId = id, HouseholdId = SmallCounty.Ma, Relation = relation, Since = new(2020, 1, 1) });
            }
            await db.SaveChangesAsync();
        });
        return host;
    }
}
