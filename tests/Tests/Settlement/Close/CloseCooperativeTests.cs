using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Close;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Tests.Databases;
using Role = Shanhuo.Kernel.Role;

namespace Shanhuo.Tests.Settlement.Close;

public sealed class CloseCooperativeTests
{
    private static readonly DateOnly From = new(2026, 1, 1), Until = new(2026, 10, 31), March = new(2026, 3, 1);
    private static readonly CloseTerms Terms = new(new Rate(200_000), new Rate(600_000), new Rate(50_000), new Rate(0));
    private static readonly Scope Manager = new() { Area = SmallCounty.Township, AccountId = 1, Role = Role.Cooperative, OrganisationId = SmallCounty.Cooperative };
    private static readonly Scope Official = new() { Area = SmallCounty.County, AccountId = 2, Role = Role.CountyOfficial };

    [Theory, EachDatabase]
    public async Task The_published_example_is_posted_once_however_often_it_is_confirmed(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var close = (await Propose(host)).Value;
        Assert.Equal((10_000_000, 4_000_000), (close.Income.Value, close.Costs.Value));
        Assert.Equal((1_200_000, 4_800_000, 2_880_000, 240_000, 1_680_000), (close.Reserve.Value, close.Distributable.Value, close.Patronage.Value, close.Welfare.Value, close.ByAccount.Value));
        Assert.Equal(90_000, close.OthersTrade.Value);
        var before = (await Balance(host, "household", "H-101"), await Balance(host, "household", "H-102"), await Balance(host, "household", "H-103"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => host.In(s => s.GetRequiredService<CloseCooperative>().Handle(new ConfirmClose(close.Id, "2026-1"), default), Official)));
        Assert.All(answers, a => Assert.Null(a.Refused));
        // Ma traded 180 000 fen, Li 60 000; Ma holds 30 000.00 yuan, Li 10 000.00.
        Assert.Equal(before.Item1 + 2_160_000 + 1_260_000, await Balance(host, "household", "H-101"));
        Assert.Equal(before.Item2 + 720_000 + 420_000, await Balance(host, "household", "H-102"));
        Assert.Equal(before.Item3, await Balance(host, "household", "H-103"));
        Assert.Equal((1_200_000, 240_000, 0), (await Balance(host, "reserve", "C-01"), await Balance(host, "welfare", "C-01"), await Balance(host, "cooperative", "C-01")));
        Assert.Equal(1, await host.Db(db => db.JournalEntries.CountAsync(e => e.Cause == Cause.Close)));
        Assert.Equal(0, await host.Db(db => db.Postings.SumAsync(p => (long)p.Amount)));
        Assert.Equal([900_000, 300_000], await host.Db(db => db.MemberAccountEntries.Where(e => e.Kind == StakeKind.Reserve).OrderBy(e => e.HouseholdId).Select(e => (long)e.Amount).ToListAsync()));
    }

    [Theory, EachDatabase]
    public async Task Nobody_confirms_the_own_proposal(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var close = (await Propose(host)).Value;
        var no = (await host.In(s => s.GetRequiredService<CloseCooperative>().Handle(new ConfirmClose(close.Id, "1"), default), Manager)).Refused;
        Assert.Equal("close.same-person", no?.Code);
        Assert.Equal(0, await host.Db(db => db.JournalEntries.CountAsync(e => e.Cause == Cause.Close)));
    }

    [Theory, EachDatabase]
    public async Task A_proposal_whose_books_have_changed_is_not_posted(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var close = (await Propose(host)).Value;
        await Book(host, CashCategory.Management, 100);
        Assert.Equal("close.changed", (await host.In(s => s.GetRequiredService<CloseCooperative>().Handle(new ConfirmClose(close.Id, "1"), default), Official)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task After_the_close_its_period_takes_no_more_entries_and_the_next_one_follows_without_a_gap(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var close = (await Propose(host)).Value;
        await host.In(s => s.GetRequiredService<CloseCooperative>().Handle(new ConfirmClose(close.Id, "1"), default), Official);
        Assert.Equal("close.period-closed", (await TryBook(host, CashCategory.Management, 100)).Refused?.Code);
        Assert.Equal("close.period-next", (await Propose(host)).Refused?.Code);
        Assert.Equal("close.period-next", (await Propose(host, Until.AddDays(2), Until.AddDays(9))).Refused?.Code);
    }

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

    /// <summary>A year of the cooperative: sales bring it 90 000.00, other income 10 000.00, costs 40 000.00; its lot paid Ma 1 800.00, Li 600.00 and Zhang, who is no member, 900.00.</summary>
    private static async Task<TestHost> Year(DatabaseKind kind)
    {
        var host = await TestHost.Start(kind);
        await SmallCounty.Found(host);
        await SmallCounty.TakeIn(host);
        await Enter(host, Cause.Line, "1", March, SmallCounty.Lot, ("cooperative", "C-01", 9_000_000), ("growers", "L-1", 330_000), ("buyer", "", -9_330_000));
        await Enter(host, Cause.PoolPaid, "1", March, SmallCounty.Lot, ("growers", "L-1", -330_000), ("household", "H-101", 180_000), ("household", "H-102", 60_000), ("household", "H-103", 90_000));
        await Book(host, CashCategory.OperatingIncome, 1_000_000);
        await Book(host, CashCategory.OperatingCosts, 3_500_000);
        await Book(host, CashCategory.Management, 500_000);
        foreach (var (household, amount) in new[] { (SmallCounty.Ma, 3_000_000L), (SmallCounty.Li, 1_000_000L) })
            Assert.Null((await host.In(s => s.GetRequiredService<MemberAccounts>().Handle(new BookStake(Guid.CreateVersion7(), SmallCounty.Cooperative, household, StakeKind.Money, March, new Fen(amount), "收据"), default), Manager)).Refused);
        return host;
    }

    private static Task<Outcome<CooperativeClose>> Propose(TestHost host, DateOnly? from = null, DateOnly? until = null) =>
        host.In(s => s.GetRequiredService<CloseCooperative>().Handle(new ProposeClose(Guid.CreateVersion7(), SmallCounty.Cooperative, from ?? From, until ?? Until, Terms, Fen.Zero), default), Manager);

    private static async Task Book(TestHost host, CashCategory category, long fen) => Assert.Null((await TryBook(host, category, fen)).Refused);

    private static Task<Outcome<CashEntry>> TryBook(TestHost host, CashCategory category, long fen) =>
        host.In(s => s.GetRequiredService<CashBook>().Handle(new BookCash(Guid.CreateVersion7(), SmallCounty.Cooperative, March, category, new Fen(fen), "凭证"), default), Manager);

    private static Task Enter(TestHost host, Cause cause, string key, DateOnly day, long? lot, params (string Role, string Owner, long Fen)[] legs) => LedgerOf.Enter(host, cause, key, day, lot, legs);

    private static Task<long> Balance(TestHost host, string role, string owner) => LedgerOf.Balance(host, role, owner);
}
