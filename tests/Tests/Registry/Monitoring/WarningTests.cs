using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Households;
using Shanhuo.Registry.Monitoring;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Registry.Procedure;
using static Shanhuo.Tests.Registry.Procedure.CaseDay;

namespace Shanhuo.Tests.Registry.Monitoring;

public sealed class WarningTests
{
    [Theory, EachDatabase]
    public async Task A_reported_illness_is_warned_of_once_checked_and_leads_to_a_case(DatabaseKind kind)
    {
        await using var host = await CaseTests.Start(kind);
        await Earn(host, SmallCounty.Ma, 9_000_00);
        await Earn(host, SmallCounty.Li, 9_000_00);
        Assert.Equal(0, (await Find(host)).Value);
        Assert.Null((await Report(host, "7000")).Refused);
        Assert.Equal(1, (await Find(host)).Value);
        Assert.Equal(0, (await Find(host)).Value);
        var warning = await host.Db(db => db.Warnings.SingleAsync());
        Assert.Equal((SmallCounty.Ma, "illness", new DateOnly(2026, 10, 1), host.Clock.Today.AddDays(10)), (warning.HouseholdId, warning.Trigger, warning.Month, warning.DueDay));
        Assert.Equal("monitoring.finding-text", (await Check(host, warning.Id, Finding.SupportNeeded, "去过")).Refused?.Code);
        Assert.Equal("procedure.category-status", (await Check(host, warning.Id, Finding.SupportNeeded, "已入户，户主住院，欠医院钱。", "unstable")).Refused?.Code);
        Assert.Equal(Finding.None, (await host.Db(db => db.Warnings.AsNoTracking().SingleAsync())).Finding); // refused whole: neither finding nor case
        var opened = (await Check(host, warning.Id, Finding.SupportNeeded, "已入户，户主住院，欠医院钱。", "sudden")).Value;
        Assert.Equal((opened, "monitor", warning.Id), await host.Db(async db => (await db.Cases.SingleAsync()) is var c ? ((long?)c.Id, c.Kind, c.WarningId!.Value) : default));
        Assert.Equal("monitoring.checked", (await Check(host, warning.Id, Finding.FalseAlarm, "再看没有问题，写错了。")).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task Unknown_income_warns_of_nothing(DatabaseKind kind)
    {
        await using var host = await CaseTests.Start(kind);
        await Earn(host, SmallCounty.Ma, 9_000_00, without: "wages");
        Assert.Null((await Report(host, "7000")).Refused);
        Assert.Equal(0, (await Find(host)).Value);
    }

    [Theory, EachDatabase]
    public async Task Receipts_are_the_credits_of_a_household_by_month_without_pay_outs(DatabaseKind kind)
    {
        await using var host = await CaseTests.Start(kind);
        await host.Db(async db =>
        {
            db.LedgerAccounts.Add(new LedgerAccount { Id = 1, County = SmallCounty.County, Role = "household", Owner = "H-101" });
            db.LedgerAccounts.Add(new LedgerAccount { Id = 2, County = SmallCounty.County, Role = "bank", Owner = "" });
            foreach (var (id, cause, day, fen) in new[] { (1L, Cause.PoolPaid, new DateOnly(2026, 9, 3), 500_00L), (2L, Cause.PoolPaid, new DateOnly(2026, 9, 30), 70_00L), (3L, Cause.Payout, new DateOnly(2026, 9, 30), -570_00L), (4L, Cause.Refund, new DateOnly(2026, 10, 1), -20_00L), (5L, Cause.PoolPaid, new DateOnly(2026, 11, 1), 9_00L) })
            {
                db.JournalEntries.Add(new JournalEntry { County = SmallCounty.County, Id = id, Cause = cause, CauseKey = $"{id}", Day = day, RecordedMs = 1 });
                db.Postings.Add(new Posting { County = SmallCounty.County, EntryId = id, AccountId = 1, IsSunk = false, Amount = new Fen(fen) });
                db.Postings.Add(new Posting { County = SmallCounty.County, EntryId = id, AccountId = 2, IsSunk = false, Amount = new Fen(-fen) });
            }
            await db.SaveChangesAsync();
        });
        var receipts = await host.In(s => s.GetRequiredService<IMonthlyReceipts>().Of(SmallCounty.County, new(2026, 9, 1), new(2026, 10, 31), default));
        Assert.Equal([new("H-101", new(2026, 9, 1), new Fen(570_00)), new("H-101", new(2026, 10, 1), new Fen(-20_00))], receipts.OrderBy(r => r.Month));
    }

    [Fact]
    public async Task Cadres_report_and_check_by_forms_and_late_ones_are_marked()
    {
        await using var host = await CaseTests.Start(DatabaseKind.Sqlite);
        await Earn(host, SmallCounty.Ma, 9_000_00);
        var cadre = await host.VisitAs(Role.VillageCadre, SmallCounty.VillageA);
        var page = await cadre.Submit(await cadre.Get("/registry/monitoring/event"), "main form", new() { ["Household"] = "H-101", ["Kind"] = "illness", ["Month"] = "2026-10-05", ["Cost"] = "七千" });
        Assert.Contains("不是大于 0 的金额", page.Text);
        Assert.Contains("记下了", (await cadre.Submit(page, "main form", new() { ["Cost"] = "７０００" })).Text);
        var official = await host.VisitAs(Role.CountyOfficial, SmallCounty.County, language: "en");
        Assert.Contains("1 new warnings", (await official.Submit(await official.Get("/registry/monitoring"), "form[action*=Look]", [])).Text);
        Assert.Contains("Illness cost 7,000 yuan within a year, 77% of the income, which leaves 2,000 yuan a head and year, near or below the line of 6,000.", (await official.Get("/registry/monitoring")).Text);
        host.Clock.Days(13);
        page = await cadre.Get("/registry/monitoring");
        Assert.Contains("已超期 3 天", page.Text);
        var check = await cadre.Get(page.Page.QuerySelector("main a[href*='/check/']")!.GetAttribute("href")!);
        check = await cadre.Submit(check, "main form", new() { ["Text"] = "入户看过，医保报销了大半。", ["Finding"] = "FalseAlarm" });
        Assert.Contains("没有风险", check.Text);
        Assert.DoesNotContain("马文", (await cadre.Get("/registry/monitoring")).Text);
        Assert.DoesNotContain("马文", (await (await host.VisitAs(Role.VillageCadre, SmallCounty.VillageB)).Get("/registry/monitoring?closed=true")).Text);
    }

    private static Task<Outcome<int>> Find(TestHost host) => host.In(s => s.GetRequiredService<FindWarnings>().Handle(SmallCounty.County, default), Official);

    private static Task<Outcome<Done>> Report(TestHost host, string cost) => host.In(s => s.GetRequiredService<ReportEventHandler>().Handle(new ReportEvent(Guid.CreateVersion7(), "h-101", "illness", new(2026, 10, 12), cost), default), Cadre);

    private static Task<Outcome<long?>> Check(TestHost host, long id, Finding finding, string text, string? category = null) => host.In(s => s.GetRequiredService<CheckWarningHandler>().Handle(new CheckWarning(Guid.CreateVersion7(), id, finding, text, category), default), Cadre);

    private static Task Earn(TestHost host, long household, long yearFen, string? without = null) => host.Db(async db =>
    {
        foreach (var year in new[] { 2023, 2024, 2025 })
            foreach (var kind in HouseholdIncome.Kinds.Where(k => k != without))
                db.Incomes.Add(new HouseholdIncome { Id = household * 1000 + year * 10 + HouseholdIncome.Kinds.ToList().IndexOf(kind), HouseholdId = household, Area = SmallCounty.VillageA, Year = year, Kind = kind, Gross = kind == "wages" ? new Fen(yearFen) : Fen.Zero, Costs = Fen.Zero, IsEstimate = false, ByAccountId = 1, AtMs = 1 });
        await db.SaveChangesAsync();
    });
}
