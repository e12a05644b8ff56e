using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Households;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Payouts;
using Shanhuo.Tests.Databases;
using static Shanhuo.Tests.Settlement.Payouts.PayoutCounty;

namespace Shanhuo.Tests.Settlement.Payouts;

public sealed class CashTests
{
    [Theory, EachDatabase]
    public async Task Ten_taps_pay_once_and_show_the_same_receipt(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var allowance = await Allow(host, 100_000);
        var tap = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Pay(host, allowance.Id, SmallCounty.Ma, 12_000, tap)));
        Assert.Single(answers.Select(a => a.Value.Id).Distinct());
        Assert.Equal((18_000, -88_000, 18_000), (await Owed(host, SmallCounty.Ma), await LedgerOf.Balance(host, "cash", "V-01"), answers[0].Value.Left.Value));
    }

    [Theory, EachDatabase]
    public async Task Payments_at_once_never_exceed_the_allowance_or_what_is_owed(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var allowance = await Allow(host, 25_000);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).SelectMany(_ => new[] { Pay(host, allowance.Id, SmallCounty.Ma, 9_000), Pay(host, allowance.Id, SmallCounty.Li, 9_000) }));
        Assert.Equal(2, answers.Count(a => a.Refused is null));
        Assert.All(answers.Where(a => a.Refused is not null), a => Assert.Equal("payouts.allowance-short", a.Refused!.Code));
        Assert.Equal("payouts.balance-short", (await Pay(host, (await Allow(host, 90_000)).Id, SmallCounty.Li, 20_001)).Refused?.Code);
        Assert.True(await Owed(host, SmallCounty.Ma) >= 0 && await Owed(host, SmallCounty.Li) >= 0);
    }

    [Theory, EachDatabase]
    public async Task Cash_needs_the_households_own_code_and_guessing_it_is_stopped(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var allowance = await Allow(host, 100_000);
        for (var i = 0; i < 5; i++) Assert.Equal("registry.code-wrong", (await Pay(host, allowance.Id, SmallCounty.Ma, 100, code: $"000{i}")).Refused?.Code);
        Assert.Equal("registry.code-too-often", (await Pay(host, allowance.Id, SmallCounty.Ma, 100)).Refused?.Code);
        host.Clock.Now = host.Clock.Now.AddMinutes(15);
        Assert.Null((await Pay(host, allowance.Id, SmallCounty.Ma, 100)).Refused);
        await host.Db(db => db.Households.Where(h => h.Id == SmallCounty.Li).ExecuteUpdateAsync(h => h.SetProperty(x => x.ApprovalCodeHash, (string?)null)));
        Assert.Equal("registry.code-none", (await Pay(host, allowance.Id, SmallCounty.Li, 100)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task An_allowance_takes_two_people_and_ends_after_its_days(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var proposed = (await host.In(s => s.GetRequiredService<CashAtStation>().Handle(new ProposeAllowance(Guid.CreateVersion7(), SmallCounty.StationA, new Fen(5_000), 2), default), First)).Value;
        Assert.Equal("payouts.same-person", (await host.In(s => s.GetRequiredService<CashAtStation>().Handle(new DecideAllowance(proposed.Id, true), default), First)).Refused?.Code);
        Assert.Equal("payouts.allowance-over", (await Pay(host, proposed.Id, SmallCounty.Ma, 100)).Refused?.Code);
        await host.In(s => s.GetRequiredService<CashAtStation>().Handle(new DecideAllowance(proposed.Id, true), default), Second);
        Assert.Null((await Pay(host, proposed.Id, SmallCounty.Ma, 100)).Refused);
        host.Clock.Days(2);
        Assert.Equal("payouts.allowance-over", (await Pay(host, proposed.Id, SmallCounty.Ma, 100)).Refused?.Code);
        for (var i = 0; i < 2; i++) Assert.Null((await host.In(s => s.GetRequiredService<CashAtStation>().Handle(new CloseAllowance(proposed.Id), default), First)).Refused);
        Assert.Equal((0, 100), (await LedgerOf.Balance(host, "cash", "V-01"), await LedgerOf.Balance(host, "bank", "main")));
    }

    [Theory, EachDatabase]
    public async Task A_file_and_a_cash_payment_at_once_never_pay_the_same_money_twice(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var allowance = await Allow(host, 100_000);
        var (file, cash) = (Make(host), Pay(host, allowance.Id, SmallCounty.Ma, 30_000));
        await Task.WhenAll(file, cash);
        Assert.Equal(0, await Owed(host, SmallCounty.Ma));
        var inFile = await host.Db(db => db.PayoutLines.Where(l => l.HouseholdId == SmallCounty.Ma).SumAsync(l => (long)l.Amount));
        Assert.Equal(30_000, inFile + ((await cash).Refused is null ? 30_000 : 0));
    }
}
