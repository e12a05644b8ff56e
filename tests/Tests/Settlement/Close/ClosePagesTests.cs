using System.Net;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Settlement.Close;

public sealed class ClosePagesTests
{
    [Theory]
    [InlineData("zh", "按交易额分得 ¥28,800.00", "待确认")]
    [InlineData("en", "get ¥28,800.00 by trade", "To be confirmed")]
    public async Task A_year_is_booked_previewed_proposed_confirmed_and_explained_to_its_member(string language, string sentence, string waits)
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

        var page = await manager.Get("/settlement/close");
        var low = await manager.Submit(page, "form:has(#Form_Patronage)", new() { ["Form.Patronage"] = "59.99" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, low.Status);
        Assert.Contains(language == "zh" ? "第四十四条" : "article 44", low.Text);
        var preview = await manager.Submit(page, "form:has(#Form_Patronage)", []);
        foreach (var figure in new[] { "12,000.00", "48,000.00", "28,800.00", "2,400.00", "16,800.00" }) Assert.Contains(figure, preview.Text);
        preview.Page.QuerySelector("form:has(#Form_Patronage)")!.SetAttribute("action", preview.Page.QuerySelector("button[formaction]")!.GetAttribute("formaction"));
        var proposed = await manager.Submit(preview, "form:has(#Form_Patronage)", []);
        Assert.Contains(waits, proposed.Text);

        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County, language: language);
        var confirmed = await official.Submit(await official.Get(proposed.Address.PathAndQuery), "form:has(#resolution)", new() { ["Resolution"] = "2026-1" });
        Assert.Equal(HttpStatusCode.OK, confirmed.Status);
        Assert.DoesNotContain(waits, confirmed.Text);
        var member = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Ma, language: language);
        Assert.Contains(sentence, (await member.Get("/settlement/close/member")).Text);
        var stranger = await host.VisitAs(Role.Household, SmallCounty.VillageA, household: SmallCounty.Li, language: language);
        Assert.DoesNotContain("28,800.00", (await stranger.Get($"/settlement/close/member?household={SmallCounty.Ma}")).Text);
        Assert.Equal(100_000 + 2_880_000 + 1_680_000, await LedgerOf.Balance(host, "household", "H-101"));
    }
}
