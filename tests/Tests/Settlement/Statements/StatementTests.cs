using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Statements;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement.Statements;

public sealed class StatementTests
{
    [Theory, EachDatabase]
    public async Task A_household_sees_what_it_handed_in_what_it_is_owed_and_what_still_waits(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Season(host);
        var ma = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma);

        var front = await ma.Get("/settlement/statements/household");
        Assert.Contains("¥21.00", front.Text);
        Assert.Contains("二十一元", front.Text);
        Assert.Contains("约¥21.00", front.Text);
        Assert.Contains("2026年11月28日", front.Text);
        Assert.NotNull(front.Page.QuerySelector("[data-speak*='二十一元']"));
        Assert.NotNull(front.Page.QuerySelector(".wallet"));

        var goods = await ma.Get("/settlement/statements/goods");
        Assert.Contains("120 斤", goods.Text);
        Assert.Contains("1级", goods.Text);
        Assert.Contains("¥15.00 / 斤", goods.Text);
        Assert.Contains("约¥63.00", goods.Text.Replace(" ", "", StringComparison.Ordinal));

        var payments = await ma.Get("/settlement/statements/payments");
        Assert.Contains("卖货分到的钱 · 杏仁", payments.Text);
        Assert.Contains("付给您", payments.Text);

        var price = await ma.Get("/settlement/statements/price/L-1");
        Assert.Contains("¥32.45", price.Text);
        Assert.Contains("¥17.50", price.Text);
    }

    [Theory, EachDatabase]
    public async Task A_household_never_sees_another_households_account(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Season(host);
        var ma = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma);
        foreach (var page in new[] { "household", "goods", "payments", "costs" })
            Assert.Equal(HttpStatusCode.NotFound, (await ma.Get($"/settlement/statements/{page}/{SmallCounty.Li}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ma.Get($"/settlement/statements/price/L-1/{SmallCounty.Li}")).Status);
        var zhang = await host.VisitAs(Role.Household, SmallCounty.VillageB, household: SmallCounty.Zhang);
        Assert.Equal(HttpStatusCode.NotFound, (await zhang.Get("/settlement/statements/price/L-1")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await zhang.Get("/settlement/statements/find")).Status);
    }

    [Theory, EachDatabase]
    public async Task Staff_open_accounts_of_their_area_only_and_the_household_sees_who_looked(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Season(host);
        var station = await host.VisitAs(Role.Station, SmallCounty.VillageA, SmallCounty.StationA);
        Assert.Contains("马文", (await station.Get("/settlement/statements/find?q=%E9%A9%AC")).Text);
        Assert.Equal(HttpStatusCode.OK, (await station.Get($"/settlement/statements/household/{SmallCounty.Ma}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await station.Get($"/settlement/statements/household/{SmallCounty.Zhang}")).Status);
        Assert.DoesNotContain("张福", (await station.Get("/settlement/statements/find?q=%E5%BC%A0")).Text);

        var ma = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma);
        await ma.Get("/settlement/statements/household");
        var looks = await ma.Get("/registry/households/looks");
        Assert.Single(looks.Page.QuerySelectorAll(".timeline li"));
        Assert.Contains("看了您的账", looks.Text);
        Assert.Contains("站长", looks.Text);
        var li = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Li);
        Assert.Empty((await li.Get("/registry/households/looks")).Page.QuerySelectorAll(".timeline li"));
    }

    [Theory, EachDatabase]
    public async Task Receipts_stand_beside_costs_and_what_is_left_per_head(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Season(host);
        var ma = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma);
        var before = await ma.Get("/settlement/statements/costs");
        Assert.Contains("估的，不是记的", before.Text);
        Assert.Contains("起步假设", before.Text);
        Assert.Contains("¥12.60", before.Text);

        var wrong = await ma.Submit(before, "form:has(#amount)", new() { ["Form.Kind"] = "seed", ["Form.Amount"] = "很多" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("“很多”不能作花费", wrong.Text);
        Assert.True(((AngleSharp.Html.Dom.IHtmlInputElement)wrong.Page.QuerySelector("input[value=seed]")!).IsChecked);

        var fields = new Dictionary<string, string> { ["Form.Kind"] = "seed", ["Form.Amount"] = "６元" };
        var after = await ma.Submit(before, "form:has(#amount)", fields);
        await ma.Submit(before, "form:has(#amount)", fields);
        Assert.Single(after.Page.QuerySelectorAll("tbody tr"));
        Assert.Equal(1, await host.Db(db => db.Set<HouseholdCost>().CountAsync()));
        Assert.Contains("¥15.00", after.Text);
        Assert.DoesNotContain("起步假设", after.Text);

        var crossed = await ma.Submit(after, "form:has(input[name=cost])", []);
        Assert.Empty(crossed.Page.QuerySelectorAll("tbody tr"));
        Assert.Contains("起步假设", crossed.Text);
    }

    [Theory, EachDatabase]
    public async Task A_household_of_unknown_size_is_told_no_figure_per_head(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Season(host);
        await host.Db(db => db.Members.Where(m => m.HouseholdId == SmallCounty.Ma).ExecuteDeleteAsync());
        var ma = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma);
        var costs = await ma.Get("/settlement/statements/costs");
        Assert.Contains("人口没登记", costs.Text);
        Assert.Equal("还不知道", costs.Page.QuerySelectorAll(".figures dd")[^1].TextContent.Trim());
    }

    [Theory, EachDatabase]
    public async Task A_statement_costs_the_same_few_queries_and_rows_however_many_lines_were_sold(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Season(host);
        var few = await Cost();
        var books = new Books(host);
        for (var line = 0; line < 60; line++) await books.Line(10_000 + line);
        Assert.True(few.Rows > 0);
        Assert.Equal(few, await Cost());
        Assert.True(few.Queries <= 24, $"{few.Queries} queries");

        Task<(int Queries, int Rows)> Cost() => host.In(async services =>
        {
            using var counted = new QueryCount(services.GetRequiredService<ShanhuoDb>());
            var household = (await services.GetRequiredService<WhoMayRead>().Household(SmallCounty.Ma, "statement", CancellationToken.None))!;
            await services.GetRequiredService<StatementReader>().Money(household, CancellationToken.None);
            await services.GetRequiredService<StatementReader>().Moves(household, null, 8, CancellationToken.None);
            await services.GetRequiredService<GoodsReader>().Deliveries(household, 1, 5, CancellationToken.None);
            await services.GetRequiredService<NetIncomeReader>().ThisYear(household, CancellationToken.None);
            return (counted.Queries, counted.Rows);
        }, new Scope { Role = Role.Household, Area = SmallCounty.VillageA, HouseholdId = SmallCounty.Ma });
    }

    [Fact]
    public async Task A_name_that_is_markup_is_shown_as_text()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await Season(host);
        const string nasty = "<script>alert(1)</script>";
        await host.Db(db => db.Households.ExecuteUpdateAsync(set => set.SetProperty(h => h.HeadName, nasty)));
        var staff = await host.VisitAs(Role.CountyStaff, SmallCounty.County);
        foreach (var path in new[] { $"/settlement/statements/household/{SmallCounty.Ma}", "/settlement/statements/find?q=%3Cscript" })
        {
            var answer = await staff.Get(path);
            Assert.Contains(nasty, answer.Text);
            Assert.DoesNotContain("<script>alert", answer.Body);
        }
    }

    [Theory]
    [InlineData("zh"), InlineData("en")]
    public async Task The_first_screen_is_light_and_says_all_in_one_language(string language)
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await Season(host);
        var ma = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma, language: language);
        foreach (var page in new[] { "household", "goods", "payments", "costs", "price/L-1" })
        {
            var answer = await ma.Get($"/settlement/statements/{page}");
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.DoesNotContain("[", answer.Text);
            PageWeight.MostBrotli(9_000, answer);
        }
    }

    /// <summary>Two sales of lot L-1; the first is credited to Ma and Li and half of Ma's paid out, the second still waits.</summary>
    private static async Task Season(TestHost host)
    {
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        var books = new Books(host);
        foreach (var line in new[] { 1, 2, 3 }) await books.Line(line);
        await books.PoolPaid(1, ("H-101", 4200), ("H-102", 2800));
        await books.Paid(1, ("H-101", 2100));
        host.Clock.Days(10);
    }
}
