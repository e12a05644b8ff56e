using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market;
using Shanhuo.Tests.Market.Buying;

namespace Shanhuo.Tests.Settlement.Payouts;

/// <summary>The ledger mirrors each day what the payment institution holds for buyers, once.</summary>
public sealed class MirrorPaymentsTests
{
    [Theory, EachDatabase]
    public async Task What_buyers_paid_and_got_back_stands_in_the_ledger_the_day_after_and_once(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var queue = host.Services.GetRequiredService<CheckoutQueue>();
        var round = host.Services.GetRequiredService<LedgerRound>();
        async Task<long> Held() => await host.Db(db => db.LedgerAccounts.Where(a => a.Role == "institution" && a.Owner == "wechat").SumAsync(a => (long)a.Balance));
        long paid = 0;
        for (var day = 0; day < 3; day++)
        {
            for (var i = 0; i <= day; i++)
            {
                var placed = (await Window.Place(host, Window.Order(i + 1))).Value;
                Assert.Null(await queue.Pay(new PaymentTold(placed.Payment.Number, "wechat", $"T{placed.OrderId}", placed.Payment.Amount, "CNY"), CancellationToken.None));
                paid += placed.Payment.Amount.Value;
            }
            await round.Run(SmallCounty.County, null, default);
            host.Clock.Days(1);
            await round.Run(SmallCounty.County, null, default);
            await round.Run(SmallCounty.County, null, default);
            Assert.Equal(-paid, await Held());
        }
        // One gives back; the institution has done it.
        var first = await host.Db(db => db.Orders.OrderBy(o => o.Id).Select(o => o.Id).FirstAsync());
        Assert.Null((await host.Do((MoveOrderHandler move) => move.Handle(first, OrderStep.Cancel, CancellationToken.None))).Refused);
        var now = host.Clock.NowMs;
        await host.Db(db => db.BuyerRefunds.ExecuteUpdateAsync(set => set.SetProperty(r => r.State, BuyerRefundState.Done).SetProperty(r => r.DoneMs, now)));
        var back = await host.Db(db => db.BuyerRefunds.SumAsync(r => (long)r.Amount));
        host.Clock.Days(1);
        await round.Run(SmallCounty.County, null, default);
        Assert.Equal(-(paid - back), await Held());
        Assert.Equal(0, await host.Db(db => db.Postings.SumAsync(p => (long)p.Amount)));
    }
}
