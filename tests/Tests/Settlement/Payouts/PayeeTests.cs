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

public sealed class PayeeTests
{
    private const string Other = "6217000010009876544";

    [Theory, EachDatabase]
    public async Task A_changed_account_waits_a_day_and_until_then_the_old_one_is_paid(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        await Account(host, SmallCounty.Ma, Other);
        Assert.Equal(Secrets.Mask(Card), await InUse(host));
        host.Clock.Now = host.Clock.Now.AddMilliseconds(Payees.WaitMs - 1);
        Assert.Equal(Secrets.Mask(Card), await InUse(host));
        host.Clock.Now = host.Clock.Now.AddMilliseconds(1);
        Assert.Equal(Secrets.Mask(Other), await InUse(host));
    }

    [Theory, EachDatabase]
    public async Task Nobody_approves_an_account_that_they_entered(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var payee = (await Propose(host, Card)).Value;
        Assert.Equal("payouts.same-person", (await host.In(s => s.GetRequiredService<Payees>().Handle(new DecidePayee(payee.Id, true), default), First)).Refused?.Code);
    }

    [Theory, EachDatabase]
    public async Task A_number_lies_hidden_in_the_database_and_is_shown_for_a_reason_on_record(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var payee = await Account(host, SmallCounty.Ma);
        Assert.DoesNotContain("1234569", payee.AccountHidden);
        Assert.Equal("••••4569", payee.AccountMask);
        Assert.Equal("payouts.reason", (await host.In(s => s.GetRequiredService<Payees>().Handle(new RevealAccount(payee.Id, " "), default), Second)).Refused?.Code);
        Assert.Equal(Card, (await host.In(s => s.GetRequiredService<Payees>().Handle(new RevealAccount(payee.Id, "核对"), default), Second)).Value);
        var look = Assert.Single(await host.Db(db => db.Trail.ToListAsync()));
        Assert.Equal((SmallCounty.Ma, 12, "bank-account", "核对"), (look.HouseholdId, look.AccountId, look.What, look.Reason));
    }

    [Theory, EachDatabase]
    public async Task Another_member_is_paid_only_with_the_heads_consent_and_a_stranger_never(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        await host.Db(async db =>
        {
            db.Members.Add(new Member { Id = 77, HouseholdId = SmallCounty.Ma, Area = SmallCounty.VillageA, Name = "马小明", Relation = "child", Since = new(2020, 1, 1) });
            await db.SaveChangesAsync();
        });
        Assert.Equal("payouts.consent", (await Propose(host, Card, 77)).Refused?.Code);
        var payee = (await Propose(host, Card, 77, "户主 11 月 20 日签字")).Value;
        Assert.Equal(("马小明", "child"), (payee.Holder, payee.Relation));
        Assert.Equal("payouts.holder", (await Propose(host, Card, SmallCounty.Li * 10, "同意")).Refused?.Code);
    }

    [Theory]
    [InlineData("6217000010001234564", "payouts.account-digit")]
    [InlineData("6217 0000 1000 1234 569", null)]
    [InlineData("６２１７０００01000123456９", null)]
    [InlineData("12345", "payouts.account")]
    [InlineData("=6217000010001234569", "payouts.account")]
    public async Task A_mistyped_card_number_is_refused_when_it_is_entered(string number, string? code)
    {
        await using var host = await Start(DatabaseKind.Sqlite);
        Assert.Equal(code, (await Propose(host, number)).Refused?.Code);
    }

    private static Task<Outcome<Payee>> Propose(TestHost host, string number, long? member = null, string? consent = null) =>
        host.In(s => s.GetRequiredService<Payees>().Handle(new ProposePayee(Guid.CreateVersion7(), SmallCounty.Ma, member, consent, "农行", number), default), First);

    private static async Task<string> InUse(TestHost host) => Assert.Single(await host.Db(db => db.PayeesAt(SmallCounty.County, host.Clock.NowMs).Where(p => p.HouseholdId == SmallCounty.Ma).Select(p => p.AccountMask).ToListAsync()));
}
