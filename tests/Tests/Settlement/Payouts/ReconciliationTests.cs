using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Payouts;
using Shanhuo.Tests.Databases;
using static Shanhuo.Tests.Settlement.Payouts.PayoutCounty;

namespace Shanhuo.Tests.Settlement.Payouts;

public sealed class ReconciliationTests
{
    [Fact]
    public void Each_movement_is_laid_beside_one_of_the_statement_by_name_first_then_by_amount()
    {
        var pairs = Reconciliation.Match([(new Fen(100), "a"), (new Fen(100), "b"), (new Fen(7), "c")], [(new Fen(100), "for B"), (new Fen(100), "x"), (new Fen(8), "y")]);
        Assert.Equal([(7, "c", null), (8, null, "y"), (100, "b", "for B"), (100, "a", "x")], pairs.Select(p => (p.Amount.Value, p.Ours, p.Theirs)));
    }

    [Theory, EachDatabase]
    public async Task Money_that_arrived_and_money_paid_stand_beside_the_statement_with_their_difference(DatabaseKind kind)
    {
        await using var host = await Start(kind);
        var arrived = new BookMoney(Guid.CreateVersion7(), SmallCounty.County, "", "institution/wechat", new Fen(90_000), host.Clock.Today, "微信 1 号");
        for (var i = 0; i < 2; i++) Assert.Null((await Book(host, arrived)).Refused);
        Assert.Null((await Book(host, new BookMoney(Guid.CreateVersion7(), SmallCounty.County, "institution/wechat", "bank/main", new Fen(80_000), host.Clock.Today, "提现"))).Refused);
        Assert.Equal("payouts.mirror", (await Book(host, arrived with { RequestId = Guid.CreateVersion7(), To = "household/H-101" })).Refused?.Code);
        var file = (await Make(host)).Value;
        await Release(host, file.Id);
        await Results(host, file.Id, new LineResult(1, true, ""), new LineResult(2, true, ""));
        await host.In(s => s.GetRequiredService<MirrorBook>().Handle(new EnterStatement(Guid.CreateVersion7(), SmallCounty.County, "bank/main", host.Clock.Today, new Fen(29_900), [(new Fen(80_000), "转入"), (new Fen(-50_000), file.Code), (new Fen(-100), "手续费")]), default), First);
        var days = await host.Db(db => Reconciliation.Of(db, SmallCounty.County, host.Clock.Today, default), First);
        var bank = days.Single(d => d.Name == "bank/main");
        Assert.Equal((30_000, 29_900, 100), (bank.Ours.Value, bank.Theirs!.Value.Value, bank.Difference!.Value.Value));
        Assert.Equal((-100, "手续费"), Assert.Single(bank.Moves.Where(m => m.Ours is null).Select(m => (m.Amount.Value, m.Theirs))));
        Assert.DoesNotContain(bank.Moves, m => m.Theirs is null);
        Assert.Equal((10_000, null), (days.Single(d => d.Name == "institution/wechat").Ours.Value, days.Single(d => d.Name == "institution/wechat").Theirs));
    }

    private static Task<Outcome<MoneyMove>> Book(TestHost host, BookMoney request) => host.In(s => s.GetRequiredService<MirrorBook>().Handle(request, default), First);
}
