using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Tests.Databases;
using static Shanhuo.Tests.Settlement.Payouts.PayoutCounty;

namespace Shanhuo.Tests.Settlement.Payouts;

public sealed class PayoutPagesTests
{
    [Theory]
    [InlineData("zh", "等人放行")]
    [InlineData("en", "To be released")]
    public async Task A_list_is_made_by_one_released_by_another_and_its_failed_line_comes_back(string language, string waits)
    {
        await using var host = await Start(DatabaseKind.Sqlite);
        var maker = await host.VisitAs(Role.CountyStaff, SmallCounty.County, language: language);
        var made = await maker.Submit(await maker.Get("/settlement/payouts"), "main form[method=post]", []);
        Assert.Equal(HttpStatusCode.OK, made.Status);
        Assert.Contains(waits, made.Text);
        Assert.Contains("••••4569", made.Text);
        Assert.DoesNotContain(Card, made.Body);
        Assert.Null(made.Page.QuerySelector("form[action*='Release']"));

        var second = await host.VisitAs(Role.CountyOfficial, SmallCounty.County, language: language);
        var released = await second.Submit(await second.Get(made.Address.PathAndQuery), "form[action*='Release']", []);
        var list = await second.Submit(released, "form[action*='Export']", new() { ["format"] = "Csv" });
        Assert.Contains(Card, list.Body);
        var bad = await second.Submit(released, "form[action*='Upload']", [], new() { ["Result"] = ("回单.csv", Encoding.UTF8.GetBytes("序号,结果\n1,成功\n2,大概\n")) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.Status);
        Assert.Contains("回单.csv:3:结果", bad.Text);
        var booked = await second.Submit(released, "form[action*='Upload']", [], new() { ["Result"] = ("回单.csv", Encoding.UTF8.GetBytes("序号,结果,原因\n1,成功,\n2,失败,户名不符\n")) });
        Assert.Contains("户名不符", booked.Text);
        Assert.Equal((0, 20_000), (await Owed(host, SmallCounty.Ma), await Owed(host, SmallCounty.Li)));
    }

    [Theory, EachDatabase]
    public async Task Buttons_clicked_ten_times_in_two_browsers_pay_once(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var browsers = new[] { await host.VisitAs(Role.CountyStaff, SmallCounty.County), await host.VisitAs(Role.CountyStaff, SmallCounty.County) };
        var pages = await Task.WhenAll(browsers.Select(b => b.Get("/settlement/payouts")));
        var made = await Clicks(n => browsers[n % 2].Submit(pages[n % 2], "main form[method=post]", []));
        // Each browser's clicks are one request; one of the two came first, the other found nothing left to pay.
        Assert.All(made, m => Assert.Contains(m.Status, new[] { HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity }));
        Assert.Equal((1, 2, 50_000), await host.Db(async db => (await db.PayoutFiles.CountAsync(), await db.PayoutLines.CountAsync(), await db.PayoutFiles.SumAsync(f => (long)f.Total))));

        var file = made.First(m => m.Status == HttpStatusCode.OK).Address.PathAndQuery;
        var second = await host.VisitAs(Role.CountyOfficial, SmallCounty.County);
        var look = await second.Get(file);
        Assert.All(await Clicks(_ => second.Submit(look, "form[action*='Release']", [])), r => Assert.Equal(HttpStatusCode.OK, r.Status));
        var released = await second.Get(file);
        await Clicks(_ => second.Submit(released, "form[action*='Upload']", [], new() { ["Result"] = ("回单.csv", Encoding.UTF8.GetBytes("序号,结果,原因\n1,成功,\n2,失败,户名不符\n")) }));
        Assert.Equal((0, 20_000, 30_000), (await Owed(host, SmallCounty.Ma), await Owed(host, SmallCounty.Li), await LedgerOf.Balance(host, "bank", "main")));

        var allowance = await Allow(host, 50_000);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        var form = await station.Get($"/settlement/payouts/pay/{allowance.Id}?household={SmallCounty.Li}");
        var receipts = await Clicks(_ => station.Submit(form, "main form[method=post]", new() { ["Form.Amount"] = "120", ["Form.Code"] = Code }));
        Assert.Single(receipts.Select(r => r.Address.PathAndQuery).Distinct());
        Assert.Equal((8_000, 1), (await Owed(host, SmallCounty.Li), await host.Db(db => db.CashPayments.CountAsync())));
    }

    private static Task<Answer[]> Clicks(Func<int, Task<Answer>> click) => Task.WhenAll(Enumerable.Range(0, 10).Select(n => Task.Run(() => click(n))));

    [Fact]
    public async Task The_figure_of_households_without_an_account_opens_the_list_of_them()
    {
        await using var host = await Start(DatabaseKind.Sqlite);
        await host.Db(db => db.Payees.ExecuteDeleteAsync());
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var link = (await staff.Get("/settlement/payouts")).Page.QuerySelector("main .figures a[href*=payees]")!;
        var figure = int.Parse(link.ParentElement!.ParentElement!.QuerySelector("dd")!.TextContent, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(figure > 0);
        Assert.Equal(figure, (await staff.Get(link.GetAttribute("href")!)).Page.QuerySelectorAll("main a.tile[href*='/payee/']").Length);
    }

    [Fact]
    public async Task An_account_is_entered_at_the_station_checked_by_the_county_and_shown_in_full_only_for_a_reason()
    {
        await using var host = await Start(DatabaseKind.Sqlite);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageB, SmallCounty.StationB);
        var page = await station.Get($"/settlement/payouts/payee/{SmallCounty.Zhang}");
        var wrong = await station.Submit(page, "main form", new() { ["Form.Bank"] = "农行", ["Form.Account"] = "123" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("8 到 30 位", wrong.Text);
        await station.Submit(page, "main form", new() { ["Form.Bank"] = "农行", ["Form.Account"] = Card });
        Assert.Equal(HttpStatusCode.NotFound, (await station.Get($"/settlement/payouts/payee/{SmallCounty.Ma}")).Status);

        var county = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        Assert.Contains("张福", (await county.Get("/settlement/payouts/payees")).Text);
        var approved = await county.Submit(await county.Get($"/settlement/payouts/payee/{SmallCounty.Zhang}"), "form[action*='Decide']", new() { ["approve"] = "true" });
        Assert.Contains("2026-11-23 09:00", approved.Text);
        var revealed = await county.Submit(approved, "form[action*='Reveal']", new() { ["reason"] = "核对存折" });
        Assert.Contains(Card, revealed.Text);
    }

    [Theory]
    [InlineData("zh", "人民币壹佰贰拾元整")]
    [InlineData("en", "Cash receipt")]
    public async Task Cash_is_paid_with_the_households_code_and_gives_a_receipt(string language, string words)
    {
        await using var host = await Start(DatabaseKind.Sqlite);
        var allowance = await Allow(host, 50_000);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA, language: language);
        Assert.Contains("马文", (await station.Get($"/settlement/payouts/pay/{allowance.Id}")).Text);
        var form = await station.Get($"/settlement/payouts/pay/{allowance.Id}?household={SmallCounty.Ma}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await station.Submit(form, "main form[method=post]", new() { ["Form.Amount"] = "120", ["Form.Code"] = "1111" })).Status);
        var receipt = await station.Submit(form, "main form[method=post]", new() { ["Form.Amount"] = "120", ["Form.Code"] = Code });
        Assert.Contains(words, receipt.Text);
        Assert.Contains("120.00", receipt.Text);
        Assert.Equal(18_000, await Owed(host, SmallCounty.Ma));
    }

    [Fact]
    public async Task The_day_is_reconciled_and_its_difference_shown_line_by_line()
    {
        await using var host = await Start(DatabaseKind.Sqlite);
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        var page = await staff.Get("/settlement/payouts/reconcile");
        page = await staff.Submit(page, "form[action*='Money']", new() { ["Money.To"] = "bank/main", ["Money.Amount"] = "800", ["Money.Note"] = "来款 7" });
        page = await staff.Submit(page, "form[action*='Statement']", new() { ["Form.Balance"] = "799" }, new() { ["file"] = ("流水.csv", Encoding.UTF8.GetBytes("金额,摘要\n800,来款\n-1,手续费\n")) });
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("¥1.00", page.Text);
        Assert.Contains("手续费", page.Text);
        Assert.Contains("只有对账单有", page.Text);
        Assert.Equal(1, await host.Db(db => db.MoneyMoves.CountAsync()));
    }

    [Fact]
    public async Task Nobody_without_the_role_opens_pay_outs()
    {
        await using var host = await Start(DatabaseKind.Sqlite);
        var household = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma);
        foreach (var path in new[] { "/settlement/payouts", "/settlement/payouts/payees", "/settlement/payouts/cash", "/settlement/payouts/reconcile", "/settlement/close", "/settlement/close/cashbook", "/settlement/close/workers" })
            Assert.DoesNotContain("<table", (await household.Get(path)).Body);
        Assert.Equal(0, await host.Db(db => db.PayoutLines.CountAsync(), new Scope { Area = SmallCounty.VillageA, HouseholdId = SmallCounty.Zhang, AccountId = 5, Role = Role.Household }));
    }
}
