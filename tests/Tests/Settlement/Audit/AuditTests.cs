using System.Net;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Settlement.Statements;

namespace Shanhuo.Tests.Settlement.Audit;

public sealed class AuditTests
{
    [Theory, EachDatabase]
    public async Task A_line_is_followed_to_its_steps_its_growers_and_the_pay_outs_that_held_them_and_back(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        var (line, _) = await Season(host);
        var auditor = await host.VisitAs(Role.Auditor, SmallCounty.County);
        var page = await auditor.Get($"/settlement/audit/line/620525/{line}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("¥64.90", page.Text);
        Assert.DoesNotContain("按步骤重算与入账不同", page.Text);
        // 60 and 40 of 100 kg share the 30.00 that reached the pool.
        Assert.Equal(["H-101¥18.00", "H-102¥12.00"], page.Page.QuerySelectorAll(".two tbody tr").Select(r => string.Concat(r.TextContent.Where(c => !char.IsWhiteSpace(c)))));
        Assert.Contains("按份额", page.Text);

        var run = await auditor.Get(page.Page.QuerySelector(".timeline a")!.GetAttribute("href")!);
        Assert.Contains("household/H-101", run.Text);
        var account = await auditor.Get(run.Page.QuerySelectorAll("tbody a").Single(a => a.TextContent == "household/H-101").GetAttribute("href")!);
        var payout = await auditor.Get(account.Page.QuerySelectorAll("tbody a").First(a => a.TextContent.StartsWith("付款", StringComparison.Ordinal)).GetAttribute("href")!);
        Assert.Contains("按份额", payout.Text);
        var before = await auditor.Get(payout.Page.QuerySelectorAll("tbody a").Single(a => a.TextContent == "household/H-101").GetAttribute("href")!);
        var lot = await auditor.Get(before.Page.QuerySelectorAll("tbody a").Single(a => a.TextContent == "L-1").GetAttribute("href")!);
        var entry = await auditor.Get(lot.Page.QuerySelectorAll("tbody a").Single(a => a.TextContent.StartsWith("销售", StringComparison.Ordinal)).GetAttribute("href")!);
        Assert.NotNull(entry.Page.QuerySelector($"a[href$='/line/620525/{line}']"));
    }

    [Theory, EachDatabase]
    public async Task An_entry_shows_its_postings_their_sum_and_its_seal(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        var (_, entry) = await Season(host);
        var auditor = await host.VisitAs(Role.Auditor, SmallCounty.County);
        Assert.Contains("还没封", (await auditor.Get($"/settlement/audit/entry/620525/{entry}")).Text);
        await host.Db(async db =>
        {
            db.Seals.Add(new Seal { County = SmallCounty.County, Number = 1, EntryId = entry, Hash = [0xAB, 0xCD] });
            await db.SaveChangesAsync();
        });
        var page = await auditor.Get($"/settlement/audit/entry/620525/{entry}");
        Assert.Contains("第 1 号封条", page.Text);
        Assert.Contains("abcd", page.Text);
        Assert.Equal("0.00", page.Page.QuerySelector("tfoot data")!.GetAttribute("value"));
    }

    [Theory, EachDatabase]
    public async Task The_journal_is_filtered_and_turned_without_losing_or_doubling_an_entry(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Season(host);
        var books = new Books(host);
        for (var i = 0; i < 60; i++) await books.Paid(100 + i, ("H-101", i + 1));
        var auditor = await host.VisitAs(Role.Auditor, SmallCounty.County);
        var seen = new List<string>();
        var next = "/settlement/audit/entries?cause=Payout";
        while (next is not null)
        {
            var page = await auditor.Get(next);
            seen.AddRange(page.Page.QuerySelectorAll("tbody th a").Select(a => a.GetAttribute("href")!));
            next = page.Page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }
        Assert.Equal(61, seen.Count);
        Assert.Equal(61, seen.Distinct().Count());
        Assert.Single((await auditor.Get("/settlement/audit/entries?from=2026-11-21&to=2026-11-21")).Page.QuerySelectorAll("tbody tr"));
        Assert.Contains("没有账户", (await auditor.Get("/settlement/audit/entries?account=growers/L-404")).Text);
        Assert.Contains("growers/L-1", (await auditor.Get("/settlement/audit/entries?account=growers/L-1")).Text);
    }

    [Theory, EachDatabase]
    public async Task An_auditor_of_another_county_finds_nothing_and_a_look_at_a_household_is_on_record(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        var (line, entry) = await Season(host);
        var account = await host.Db(db => db.LedgerAccounts.Where(a => a.Role == "household" && a.Owner == "H-101").Select(a => a.Id).SingleAsync());
        var other = await host.VisitAs(Role.Auditor, AreaCode.Parse("622923"));
        foreach (var path in new[] { $"entry/620525/{entry}", $"line/620525/{line}", $"account/620525/{account}" })
            Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/settlement/audit/{path}")).Status);
        var auditor = await host.VisitAs(Role.Auditor, SmallCounty.County);
        await auditor.Get($"/settlement/audit/account/620525/{account}");
        var ma = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma);
        Assert.Contains("看了您在总账里的账户", (await ma.Get("/registry/households/looks")).Text);
        Assert.Equal(HttpStatusCode.Forbidden, (await ma.Get($"/settlement/audit/entry/620525/{entry}")).Status);
    }

    [Theory, EachDatabase]
    public async Task A_check_of_the_ledger_is_started_watched_and_says_what_it_found(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Season(host);
        var auditor = await host.VisitAs(Role.Auditor, SmallCounty.County);
        var page = await auditor.Get("/settlement/audit/verify");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await auditor.Submit(page, "form:has(#printed)", new() { ["Printed"] = "12:abc" })).Status);
        var sound = await Checked("总账完好", null);
        Assert.DoesNotContain("发现问题", sound.Text);
        await host.Db(db => db.Postings.Where(p => p.Amount == new Fen(3000)).ExecuteUpdateAsync(set => set.SetProperty(p => p.Amount, new Fen(3001))));
        Assert.NotNull((await Checked("发现问题", sound)).Page.QuerySelector(".notice.stop"));

        async Task<Answer> Checked(string words, Answer? before)
        {
            var answer = await auditor.Submit(before ?? await auditor.Get("/settlement/audit/verify"), "form:has(#printed)", []);
            for (var watch = System.Diagnostics.Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(30) && answer.Page.QuerySelector("meta[http-equiv=refresh]") is not null;)
            {
                await Task.Yield();
                answer = await auditor.Get("/settlement/audit/verify");
            }
            Assert.True(answer.Text.Contains(words, StringComparison.Ordinal), answer.Text);
            return answer;
        }
    }

    /// <summary>One sale of 1 kg, posted as its scheme splits it, credited by its pool and half paid out.</summary>
    private static async Task<(long Line, long Entry)> Season(TestHost host)
    {
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        var line = await SmallCounty.Sell(host, 1000, 5890, 600);
        var books = new Books(host);
        // 5% of 64.90; freight; 0.80 and 0.50; 1 kg at 30.00; a tenth of the rest; the rest.
        var entry = await books.Post(Cause.Line, $"{line}", SmallCounty.Day, "L-1", 1000, line,
            ("buyer", "", -6490), ("platform", "taobao", 324), ("carrier", "", 600), ("station", "V-01", 80), ("packaging", "", 50), ("growers", "L-1", 3000), ("village-fund", "L-1", 244), ("cooperative", "C-01", 2192));
        await books.PoolPaid(1, ("H-101", 1800), ("H-102", 1200));
        await books.Paid(1, ("H-101", 900));
        return (line, entry);
    }
}
