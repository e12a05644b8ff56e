using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Households.Fields;
using Shanhuo.Registry.Procedure;
using Shanhuo.Tests.Databases;
using static Shanhuo.Tests.Registry.Procedure.CaseDay;

namespace Shanhuo.Tests.Registry.Procedure;

public sealed class NoticeTests
{
    private const string Identity = "620525197003121234";

    [Fact]
    public async Task A_notice_never_says_identity_phone_illness_income_or_child()
    {
        await using var host = await CaseTests.Start(DatabaseKind.Sqlite);
        var secrets = new List<string>();
        await host.In(async s =>
        {
            var (db, book, chance) = (s.GetRequiredService<ShanhuoDb>(), s.GetRequiredService<RegisterBook>(), new Random(4));
            for (var n = 0; n < 25; n++)
            {
                var home = new Household { Id = 5000 + n, Code = $"H-5{n:000}", Area = SmallCounty.VillageA, HeadName = $"户主{(char)('甲' + n)}", VillageGroup = $"{n % 3 + 1}社", BookNumber = $"HK77{n:0000}" };
                var phone = $"138{chance.Next(10_000_000, 99_999_999)}";
                book.Reach(home, phone);
                db.Households.Add(home);
                var body = $"6205251970031{n:00}12";
                foreach (var (i, name, relation, born, health) in new[] { (0, home.HeadName, "head", 1970, "disabled"), (1, $"娃娃{n:00}", "child", 2019, "serious"), (2, $"配偶{n:00}", "spouse", 1972, "chronic") })
                {
                    var member = new Member { Id = 60_000 + n * 10 + i, HouseholdId = home.Id, Area = home.Area, Name = name, Relation = relation, BirthYear = born, Health = health, Since = new(2020, 1, 1) };
                    var number = $"620525{born}0312{n:00}{i}";
                    book.Identify(member, number + IdentityNumber.CheckOf(number));
                    db.Members.Add(member);
                    secrets.Add(number);
                    secrets.Add(member.IdentityMask!);
                    if (relation != "head") secrets.Add(name);
                }
                secrets.AddRange([phone, home.BookNumber!, home.Code, body]);
            }
            await db.SaveChangesAsync();
        });
        secrets.AddRange(["胃癌", "9,000", "9000", "残疾", "disabled", "serious", "chronic", "13800001111"]);
        var told = Full with { Text = "户主患胃癌，儿子残疾，电话13800001111，村民代表讨论通过。" };
        for (var n = 0; n < 25; n++)
        {
            var id = (await host.In(s => s.GetRequiredService<OpenCaseHandler>().Handle(new OpenCase(Guid.CreateVersion7(), "monitor", 5000 + n, null, "marginal", told), default), Cadre)).Value;
            foreach (var (step, by) in new[] { ("visit", Cadre), ("compare", Official), ("evaluate", Cadre), ("notice", Cadre) }) Assert.Null((await Take(host, id, step, by, evidence: told)).Refused);
        }
        foreach (var language in new[] { "zh", "en" })
        {
            var stranger = await host.Visit(language);
            var list = await stranger.Get("/registry/procedure/notices");
            var links = list.Page.QuerySelectorAll("main a[href^='/registry/procedure/notice/']").Select(a => a.GetAttribute("href")!).ToList();
            Assert.Equal(25, links.Count);
            foreach (var page in await Task.WhenAll(links.Select(stranger.Get)))
            {
                Assert.Contains("户主", page.Body);
                Assert.All(secrets, secret => Assert.DoesNotContain(secret, page.Body + list.Body, StringComparison.Ordinal));
                Assert.DoesNotMatch(@"\d{15,}", page.Page.QuerySelector("article")!.TextContent);
            }
        }
    }

    [Fact]
    public async Task A_notice_says_noindex_is_gone_after_its_last_day_and_takes_objections_without_a_name()
    {
        await using var host = await CaseTests.Start(DatabaseKind.Sqlite);
        var id = (await Open(host, "monitor")).Value;
        await Monitor(host, id, "review");
        var path = "/registry/procedure/notice/" + await host.Db(db => db.Notices.Select(n => n.Code).SingleAsync());
        var stranger = await host.Visit();
        using (var raw = await stranger.Client.GetAsync(path)) Assert.Equal("noindex", string.Join("", raw.Headers.GetValues("X-Robots-Tag")));
        var page = await stranger.Get(path);
        Assert.Equal("noindex", page.Page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Contains("2026年11月26日", page.Text);
        var wrong = await stranger.Submit(page, "main form", new() { ["About"] = "不" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        var sent = await stranger.Submit(page, "main form", new() { ["About"] = "他家在县城有房" });
        Assert.Contains("已收到", sent.Text);
        await stranger.Submit(page, "main form", new() { ["About"] = "他家在县城有房" }); // sent again: once
        var objection = await host.Db(db => db.Objections.SingleAsync());
        Assert.Equal((null, 0L, ObjectionEnd.Open), (objection.ByName, objection.ByAccountId, objection.End));
        host.Clock.Days(5);
        Assert.Equal(HttpStatusCode.OK, (await stranger.Get(path)).Status);
        host.Clock.Days(1);
        var gone = await stranger.Get(path);
        Assert.Equal(HttpStatusCode.NotFound, gone.Status);
        Assert.DoesNotContain("马文", gone.Body);
    }

    [Theory]
    [InlineData("1社", "2社", false), InlineData("1社", "1社", true), InlineData(null, "1社", true)]
    public async Task Same_names_are_told_apart_by_group_or_else_by_year_of_birth(string? group, string other, bool byYear)
    {
        await using var host = await CaseTests.Start(DatabaseKind.Sqlite);
        await host.Db(async db =>
        {
            await db.Households.Where(h => h.Id == SmallCounty.Ma).ExecuteUpdateAsync(set => set.SetProperty(h => h.VillageGroup, group));
            await db.Households.Where(h => h.Id == SmallCounty.Li).ExecuteUpdateAsync(set => set.SetProperty(h => h.VillageGroup, other).SetProperty(h => h.HeadName, "马文"));
        });
        await Monitor(host, (await Open(host, "monitor")).Value, "review");
        var notice = await host.Db(db => db.Notices.SingleAsync());
        Assert.Equal((group, byYear ? 1970 : (int?)null), (notice.VillageGroup, notice.BirthYear));
    }

    [Fact]
    public async Task A_head_who_is_a_child_is_not_named()
    {
        await using var host = await CaseTests.Start(DatabaseKind.Sqlite);
        await host.Db(db => db.Members.Where(m => m.HouseholdId == SmallCounty.Ma).ExecuteUpdateAsync(set => set.SetProperty(m => m.BirthYear, 2012)));
        await Monitor(host, (await Open(host, "monitor")).Value, "review");
        Assert.Equal("马某", (await host.Db(db => db.Notices.SingleAsync())).Name);
    }
}
