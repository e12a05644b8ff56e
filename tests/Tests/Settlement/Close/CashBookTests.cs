using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Close;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;
using static Shanhuo.Tests.Settlement.Close.CloseCounty;

namespace Shanhuo.Tests.Settlement.Close;

public sealed class CashBookTests
{
    [Theory, EachDatabase]
    public async Task An_entry_sent_twice_is_one_entry_and_is_undone_once_by_a_counter_entry(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var request = new BookCash(Guid.CreateVersion7(), SmallCounty.Cooperative, March, CashCategory.OtherIncome, new Fen(500), "卖旧筐");
        var first = (await host.In(s => s.GetRequiredService<CashBook>().Handle(request, default), Manager)).Value;
        Assert.Equal(first.Id, (await host.In(s => s.GetRequiredService<CashBook>().Handle(request, default), Manager)).Value.Id);
        var undone = await host.In(s => s.GetRequiredService<CashBook>().Handle(new CorrectCash(Guid.CreateVersion7(), SmallCounty.Cooperative, first.Id, "记错了"), default), Manager);
        Assert.Equal(-500, undone.Value.Amount.Value);
        Assert.Equal("close.corrected", (await host.In(s => s.GetRequiredService<CashBook>().Handle(new CorrectCash(Guid.CreateVersion7(), SmallCounty.Cooperative, first.Id, "再来"), default), Manager)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task Wages_are_owed_to_the_household_at_once_and_the_workers_pool_goes_by_days_each_month_once(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        foreach (var (household, halfDays) in new[] { (SmallCounty.Ma, 3), (SmallCounty.Li, 1) })
            Assert.Null((await host.In(s => s.GetRequiredService<CashBook>().Handle(new BookCash(Guid.CreateVersion7(), SmallCounty.Cooperative, March, CashCategory.Wages, Fen.Zero, "包装", household, halfDays, new Fen(10_001)), default), Manager)).Refused);
        // 3 half days of 100.01 are 150.015, half to even 150.02.
        Assert.Equal(180_000 + 15_002, await Balance(host, "household", "H-101"));
        await Enter(host, Cause.Line, "w", March, null, ("workers", "", 1_001), ("buyer", "", -1_001));
        await Enter(host, Cause.Line, "later", March.AddMonths(1), null, ("workers", "", 50), ("buyer", "", -50));
        for (var i = 0; i < 2; i++) await host.In(s => s.GetRequiredService<WorkersPool>().Handle(new CloseWorkers(SmallCounty.County, March), default), Official);
        Assert.Equal((180_000 + 15_002 + 751, 50), (await Balance(host, "household", "H-101"), await Balance(host, "workers", "")));
        Assert.Equal("close.month-open", (await host.In(s => s.GetRequiredService<WorkersPool>().Handle(new CloseWorkers(SmallCounty.County, SmallCounty.Day), default), Official)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task State_aid_is_credited_to_all_members_of_the_day_in_equal_parts(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var aid = new BookAid(Guid.CreateVersion7(), SmallCounty.Cooperative, StakeKind.StateAid, March, new Fen(101), "农财〔2026〕3号");
        for (var i = 0; i < 2; i++) Assert.Null((await host.In(s => s.GetRequiredService<MemberAccounts>().Handle(aid, default), Manager)).Refused);
        Assert.Equal([51, 50], await host.Db(db => db.MemberAccountEntries.Where(e => e.Kind == StakeKind.StateAid).OrderBy(e => e.HouseholdId).Select(e => (long)e.Amount).ToListAsync()));
    }

    [Theory, EachDatabase]
    public async Task A_manager_opens_no_other_cooperatives_books(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var other = new Scope { Area = SmallCounty.Township, AccountId = 9, Role = Role.Cooperative, OrganisationId = 999 };
        Assert.Equal("close.no-cooperative", (await host.In(s => s.GetRequiredService<CashBook>().Handle(new BookCash(Guid.CreateVersion7(), SmallCounty.Cooperative, March, CashCategory.OtherIncome, new Fen(1), "x"), default), other)).Refused?.Code);
        Assert.Equal(0, await host.Db(db => db.CashEntries.CountAsync(), other));
    }
}
