using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Agreements;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry;
using Shanhuo.Registry.Households;
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

    [Theory, EachDatabase]
    public async Task Wages_go_to_any_household_of_the_area_by_number_or_name_and_to_workers_from_elsewhere_by_name(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        foreach (var named in new[] { "H-103", "张福", "Ｈ-103" })
            Assert.Null((await Wages(host, w => w with { Neighbour = named })).Refused);
        // Zhang is no member: his pool share of 900.00 and three times 100.00 of wages.
        Assert.Equal(90_000 + 30_000, await Balance(host, "household", "H-103"));
        var till = await Balance(host, CashBook.OwnMoney, "C-01");
        var stranger = (await Wages(host, w => w with { Worker = " 王老五 " })).Value;
        Assert.Equal(("王老五", (long?)null, 10_000), (stranger.Worker, stranger.HouseholdId, await Balance(host, CashBook.OwnMoney, "C-01") - till));
        Assert.Equal("close.worker-none", (await Wages(host, w => w)).Refused?.Code);
        Assert.Equal("close.worker-one", (await Wages(host, w => w with { Worker = "王老五", Neighbour = "H-103" })).Refused?.Code);
        Assert.Equal("close.neighbour-none", (await Wages(host, w => w with { Neighbour = "H-999" })).Refused?.Code);
        await host.Db(db => db.Households.Where(h => h.Id == SmallCounty.Li).ExecuteUpdateAsync(h => h.SetProperty(x => x.HeadName, "张福")));
        Assert.Equal("close.neighbour-many", (await Wages(host, w => w with { Neighbour = "张福" })).Refused?.Code);
        // The journal knows numbers, never names.
        Assert.Equal(0, await host.Db(db => db.LedgerAccounts.CountAsync(a => a.Owner.Contains("王"))));
        var undone = (await host.In(s => s.GetRequiredService<CashBook>().Handle(new CorrectCash(Guid.CreateVersion7(), SmallCounty.Cooperative, stranger.Id, "没来"), default), Manager)).Value;
        Assert.Equal(("王老五", till), (undone.Worker, await Balance(host, CashBook.OwnMoney, "C-01")));
        // No bonus goes to those who are no members, however many days they worked.
        Assert.Null((await Propose(host)).Refused);
        Assert.Equal(0, await host.Db(db => db.CloseShares.SumAsync(s => s.HalfDays)));
    }

    [Theory, EachDatabase]
    public async Task Rent_is_booked_by_lease_and_year_to_its_household_and_never_beyond_what_is_due(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        // 3.5 mu at 300.01 yuan: 1 050.035 a year, half to even 1 050.04; the third year has begun and is due.
        var lease = await Lease(host, "L-2024-1", 350, 30_001, new(2024, 10, 1), new(2027, 9, 30), SmallCounty.Zhang);
        var rents = await Rents(host);
        Assert.Equal([105_004, 105_004, 105_004], rents.Select(r => r.Year.Due.Value));
        Assert.Equal((new DateOnly(2025, 10, 1), new DateOnly(2026, 9, 30)), (rents[1].Year.From, rents[1].Year.Until));
        Assert.Null((await Rent(host, lease, 2, 100_000)).Refused);
        Assert.Equal("close.rent-over", (await Rent(host, lease, 2, 5_005)).Refused?.Code);
        var last = (await Rent(host, lease, 2, 5_004)).Value;
        Assert.Equal(90_000 + 105_004, await Balance(host, "household", "H-103"));
        Assert.Equal("close.rent-over", (await Rent(host, lease, 2, 1)).Refused?.Code);
        Assert.Equal([105_004, 0, 105_004], (await Rents(host)).Select(r => r.Left.Value));
        // What was booked wrongly is due again.
        Assert.Null((await host.In(s => s.GetRequiredService<CashBook>().Handle(new CorrectCash(Guid.CreateVersion7(), SmallCounty.Cooperative, last.Id, "记错了"), default), Manager)).Refused);
        Assert.Equal([105_004, 5_004, 105_004], (await Rents(host)).Select(r => r.Left.Value));
        Assert.Equal("close.rent-none", (await Rent(host, lease, 4, 1)).Refused?.Code);
        Assert.Equal("close.rent-none", (await Rent(host, 999, 1, 1)).Refused?.Code);
        Assert.Equal("close.rent-choose", (await Rent(host, null, 1, 1)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task Ten_rents_at_once_are_never_more_than_is_due(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var lease = await Lease(host, "L-2026-2", 1_000, 30_000, new(2026, 1, 1), new(2026, 12, 31), SmallCounty.Ma);
        var booked = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Rent(host, lease, 1, 70_000))));
        Assert.Equal(4, booked.Count(b => b.Refused is null));
        Assert.Equal(20_000, Assert.Single(await Rents(host)).Left.Value);
    }

    [Theory, EachDatabase]
    public async Task A_lease_of_two_households_names_which_one_and_one_of_a_collective_is_paid_from_the_till(DatabaseKind kind)
    {
        await using var host = await Year(kind);
        var two = await Lease(host, "L-1", 200, 30_000, new(2026, 1, 1), new(2026, 12, 31), SmallCounty.Ma, SmallCounty.Zhang);
        Assert.Equal("close.rent-party", (await Rent(host, two, 1, 100)).Refused?.Code);
        Assert.Equal("close.rent-party", (await Rent(host, two, 1, 100, SmallCounty.Li)).Refused?.Code);
        Assert.Null((await Rent(host, two, 1, 100, SmallCounty.Zhang)).Refused);
        var collective = await Lease(host, "L-2", 200, 30_000, new(2026, 1, 1), new(2026, 12, 31));
        var till = await Balance(host, CashBook.OwnMoney, "C-01");
        Assert.Null((await Rent(host, collective, 1, 60_000)).Refused);
        Assert.Equal((90_100, till + 60_000), (await Balance(host, "household", "H-103"), await Balance(host, CashBook.OwnMoney, "C-01")));
    }

    [Fact]
    public void A_lease_that_ends_within_its_year_is_due_by_its_days()
    {
        var lease = new LandLeaseFact { County = SmallCounty.County, Id = 1, Number = "1", LesseeId = 1, LandMuHundredths = 100, RentPerMu = new Fen(36_500), From = new(2025, 1, 1), Until = new(2027, 12, 31), EndedDay = new(2026, 1, 10) };
        Assert.Equal([(1, 36_500L), (2, 1_000L)], LandRent.YearsOf(lease, new(2026, 11, 21)).Select(y => (y.Number, y.Due.Value)));
        Assert.Empty(LandRent.YearsOf(lease, new(2024, 12, 31)));
    }

    private static Task<Outcome<CashEntry>> Wages(TestHost host, Func<BookCash, BookCash> to) =>
        host.In(s => s.GetRequiredService<CashBook>().Handle(to(new BookCash(Guid.CreateVersion7(), SmallCounty.Cooperative, March, CashCategory.Wages, Fen.Zero, "装箱", null, 2, new Fen(10_000))), default), Manager);

    private static Task<Outcome<CashEntry>> Rent(TestHost host, long? lease, int year, long fen, long? household = null) =>
        host.In(s => s.GetRequiredService<CashBook>().Handle(new BookCash(Guid.CreateVersion7(), SmallCounty.Cooperative, March, CashCategory.LandRent, new Fen(fen), "", household) { AgreementId = lease, RentYear = year }, default), Manager);

    private static Task<List<RentDue>> Rents(TestHost host) => host.Db(async db => await LandRent.Of(db, (await db.OpenCooperative(SmallCounty.Cooperative, default))!, host.Clock.Today, null, default), Manager);

    private static async Task<long> Lease(TestHost host, string number, long muHundredths, long rent, DateOnly from, DateOnly until, params long[] households)
    {
        var made = await host.In(s => s.GetRequiredService<MakeAgreementHandler>().Handle(new MakeAgreement(Guid.CreateVersion7(), SmallCounty.County, number, AgreementKind.LandLease, SmallCounty.Cooperative, from, until, "buyer")
        {
            Households = [.. households.Select(h => $"H-{h}")],
            SecondOrganisationId = households.Length == 0 ? SmallCounty.Enterprise : null,
            LandMuHundredths = muHundredths,
            RentPerMu = new Fen(rent),
        }, default));
        return made.Value.Id;
    }
}
