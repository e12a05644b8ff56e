using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Agreements;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Voice.Ballots;
using Shanhuo.Voice;
using Shanhuo.Voice.Ballots;

namespace Shanhuo.Tests.Settlement.Close;

public sealed class ClosePagesTests
{
    [Theory]
    [InlineData("zh", "您和合作社交易 ¥1,000.00（全体成员 ¥1,000.00），从按交易额返还的 ¥28,800.00 里分得 ¥28,800.00；您的成员账户有 ¥5,001.00（出资 ¥5,000.00、国家补助和捐赠份额 ¥1.00），全体成员一共 ¥5,002.00，从按账户分的 ¥16,800.00 里分得 ¥16,796.64；一共分给您 ¥45,596.64，另有公积金 ¥12,000.00 记在您的账户上、不发现钱。", "等成员大会表决", "看整个方案和表决")]
    [InlineData("en", "You traded ¥1,000.00 of all members' ¥1,000.00 with the cooperative and get ¥28,800.00 of the ¥28,800.00 that goes by trade; your member account holds ¥5,001.00 (contributions ¥5,000.00, state aid and gifts ¥1.00) of all members' ¥5,002.00 and gets ¥16,796.64 of the ¥16,800.00 that goes by account; ¥45,596.64 in all is yours, and ¥12,000.00 of reserve is credited to your account without being paid out.", "Before the assembly", "The whole plan and the vote")]
    public async Task A_year_is_booked_previewed_voted_on_posted_and_explained_to_its_member(string language, string sentence, string waits, string whole)
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        var day = new DateOnly(2025, 6, 1);
        await LedgerOf.Enter(host, Cause.Line, "1", day, SmallCounty.Lot, ("growers", "L-1", 100_000), ("buyer", "", -100_000));
        await LedgerOf.Enter(host, Cause.PoolPaid, "1", day, SmallCounty.Lot, ("growers", "L-1", -100_000), ("household", "H-101", 100_000));
        var manager = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative, language: language);
        foreach (var (category, amount) in new[] { ("OperatingIncome", "100000"), ("OperatingCosts", "40000") })
            Assert.Equal(HttpStatusCode.OK, (await manager.Submit(await manager.Get("/settlement/close/cashbook"), "main form[method=post]:has(#Form_Category)", new() { ["Form.Category"] = category, ["Form.Amount"] = amount, ["Form.Day"] = "2025-06-01", ["Form.Note"] = "凭证 1" })).Status);
        var wrong = await manager.Submit(await manager.Get("/settlement/close/cashbook"), "main form[method=post]:has(#Form_Category)", new() { ["Form.Category"] = "Taxes", ["Form.Amount"] = "18,5" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("18,5", wrong.Text);
        Assert.Equal(HttpStatusCode.OK, (await manager.Submit(await manager.Get("/settlement/close/members"), "form:has(#Form_Household)", new() { ["Form.Household"] = "H-101", ["Form.Amount"] = "5000", ["Form.Day"] = "2025-06-01", ["Form.Note"] = "收据 2" })).Status);

        Assert.Equal(HttpStatusCode.OK, (await manager.Submit(await manager.Get("/settlement/close/members"), "form:has(#Aid_Kind)", new() { ["Aid.Amount"] = "2", ["Aid.Day"] = "2025-06-01", ["Aid.Note"] = "农财3号" })).Status);

        var page = await manager.Get("/settlement/close");
        var low = await manager.Submit(page, "form:has(#Form_Patronage)", new() { ["Form.Patronage"] = "59.99" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, low.Status);
        Assert.Contains(language == "zh" ? "第四十四条" : "article 44", low.Text);
        var preview = await manager.Submit(page, "form:has(#Form_Patronage)", []);
        foreach (var figure in new[] { "12,000.00", "48,000.00", "28,800.00", "2,400.00", "16,800.00" }) Assert.Contains(figure, preview.Text);
        preview.Page.QuerySelector("form:has(#Form_Patronage)")!.SetAttribute("action", preview.Page.QuerySelector("button[formaction]")!.GetAttribute("formaction"));
        var soon = await manager.Submit(preview, "form:has(#Form_Patronage)", new() { ["Form.MeetingDay"] = "2026-11-30" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, soon.Status);
        Assert.Contains("2026-12-06", soon.Text);
        Assert.Contains("28,800.00", soon.Text);
        var proposed = await manager.Submit(preview, "form:has(#Form_Patronage)", new() { ["Form.MeetingDay"] = "2026-12-06" });
        Assert.Contains(waits, proposed.Text);
        Assert.Null((await manager.Get("/settlement/close")).Page.QuerySelector("#Form_Patronage"));

        // The member reads the plan and the own line before the vote; who is no member does not.
        var member = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma, language: language);
        var own = await member.Get("/settlement/close/member");
        Assert.Contains(waits, own.Text);
        Assert.Contains(whole, own.Text);
        var plan = await member.Get(proposed.Address.PathAndQuery);
        Assert.Contains("48,000.00", plan.Text);
        Assert.DoesNotContain("H-102", plan.Text);
        var outsider = await host.VisitAs(Role.Household, SmallCounty.VillageB, household: SmallCounty.Zhang, language: language);
        Assert.Equal(HttpStatusCode.NotFound, (await outsider.Get(proposed.Address.PathAndQuery)).Status);
        var vote = await member.Get(plan.Page.QuerySelector("a[href*='/voice/ballots/ballot/']")!.GetAttribute("href")!);
        Assert.Contains("48,000.00", vote.Text);

        await AssemblyDay.Vote(host, await host.Db(db => db.Ballots.Select(b => b.Id).SingleAsync()), Choice.Yes, Choice.Yes);
        var confirmed = await manager.Get(proposed.Address.PathAndQuery);
        Assert.DoesNotContain(waits, confirmed.Text);
        Assert.Contains(language == "zh" ? "赞成 2 票" : "2 voted yes", confirmed.Text);
        Assert.Contains(sentence, (await member.Get("/settlement/close/member")).Text);
        var stranger = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Li, language: language);
        Assert.DoesNotContain("28,800.00", (await stranger.Get($"/settlement/close/member?household={SmallCounty.Ma}")).Text);
        Assert.Equal(100_000 + 4_559_664, await LedgerOf.Balance(host, "household", "H-101"));
    }

    [Theory]
    [InlineData("zh", "没有通过", "重新做方案")]
    [InlineData("en", "Not carried", "Draw up anew")]
    public async Task A_plan_that_lost_its_vote_says_so_and_is_the_beginning_of_the_next(string language, string lost, string again)
    {
        await using var host = await CloseCounty.Year(DatabaseKind.Sqlite);
        var close = (await CloseCounty.Propose(host)).Value;
        await AssemblyDay.Vote(host, close.BallotId, Choice.Yes, Choice.No);
        var manager = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative, language: language);
        var page = await manager.Get($"/settlement/close/show/{close.Id}");
        Assert.Contains(lost, page.Text);
        var link = page.Page.QuerySelectorAll("a.button").Single(a => a.TextContent.Contains(again, StringComparison.Ordinal));
        var form = await manager.Get(link.GetAttribute("href")!);
        Assert.Equal(("2026-01-01", "2026-10-31", "20"), (Value(form, "Form_From"), Value(form, "Form_Until"), Value(form, "Form_Reserve")));
    }

    [Theory]
    [InlineData("zh", "还差 ¥600.00", "张福", "外来")]
    [InlineData("en", "¥600.00 left", "张福", "from elsewhere")]
    public async Task Rent_is_chosen_from_the_leases_and_wages_are_written_for_anybody(string language, string left, string household, string elsewhere)
    {
        await using var host = await CloseCounty.Year(DatabaseKind.Sqlite);
        await host.In(s => s.GetRequiredService<MakeAgreementHandler>().Handle(new MakeAgreement(Guid.CreateVersion7(), SmallCounty.County, "地-7", AgreementKind.LandLease, SmallCounty.Cooperative, new(2026, 1, 1), new(2026, 12, 31), "buyer") { Households = ["H-103"], LandMuHundredths = 200, RentPerMu = new Fen(30_000) }, default));
        var manager = await host.VisitAs(Role.Cooperative, SmallCounty.Township, SmallCounty.Cooperative, language: language);
        var page = await manager.Get("/settlement/close/cashbook");
        Assert.Contains(left, page.Text);
        var choice = page.Page.QuerySelectorAll("#Form_Rent option").Last().GetAttribute("value")!;
        var booked = await manager.Submit(page, "form:has(#Form_Category)", new() { ["Form.Category"] = "LandRent", ["Form.Rent"] = choice, ["Form.Amount"] = "400", ["Form.Day"] = "2026-03-01" });
        Assert.Equal(HttpStatusCode.OK, booked.Status);
        Assert.Contains(household, booked.Text);
        Assert.Contains("地-7", booked.Text);
        var over = await manager.Submit(booked, "form:has(#Form_Category)", new() { ["Form.Category"] = "LandRent", ["Form.Rent"] = choice, ["Form.Amount"] = "400", ["Form.Day"] = "2026-03-01" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, over.Status);
        Assert.Contains("¥200.00", over.Text);
        var worker = await manager.Submit(booked, "form:has(#Form_Category)", new() { ["Form.Category"] = "Wages", ["Form.Worker"] = "王老五", ["Form.Days"] = "1.5", ["Form.DayWage"] = "120", ["Form.Day"] = "2026-03-01" });
        Assert.Contains("王老五", worker.Text);
        Assert.Contains(elsewhere, worker.Text);
    }

    private static string? Value(Answer page, string id) => page.Page.GetElementById(id)?.GetAttribute("value");
}
