using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Settlement;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Settlement.Payouts;
using Shanhuo.Migrations;
using Shanhuo.Web;
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

    [Theory, EachDatabase]
    public async Task What_was_stamped_in_the_last_moment_of_a_day_and_seen_after_midnight_is_mirrored(DatabaseKind kind)
    {
        await using var host = await SalesHost.Start(kind);
        await Window.Open(host);
        var round = host.Services.GetRequiredService<LedgerRound>();
        await Paid(host, "wechat", 0);
        var midnight = new DateTimeOffset(SmallCounty.Day.AddDays(1), TimeOnly.MinValue, TimeSpan.FromHours(8));
        host.Clock.Now = midnight.AddMinutes(1);
        await round.Run(SmallCounty.County, null, default);
        // Its transaction took a while.
        host.Clock.Now = midnight.AddMinutes(5);
        await Paid(host, "wechat", midnight.AddMilliseconds(-100).ToUnixTimeMilliseconds());
        await round.Run(SmallCounty.County, null, default);
        host.Clock.Now = midnight.AddMinutes(10);
        await round.Run(SmallCounty.County, null, default);
        var paid = await host.Db(db => db.Payments.SumAsync(p => (long)p.Amount));
        Assert.Equal(-paid, await host.Db(db => db.LedgerAccounts.Where(a => a.Role == "institution").SumAsync(a => (long)a.Balance)));
    }

    [Fact]
    public async Task A_county_with_nothing_but_cash_is_looked_through_once_a_day()
    {
        await using var host = await SalesHost.Start(DatabaseKind.Sqlite);
        await Window.Open(host);
        await Paid(host, "cash", 0);
        Assert.Null(await host.Db(db => db.FirstHeld(SmallCounty.County, default)));
        var seen = new PaymentsRead();
        await using var services = new ServiceCollection().AddLogging().AddShanhuo(new Installation(host.Host.Folder, host.Host.Connection, false), host.Clock).ConfigureDbContext<SqliteDb>(o => o.AddInterceptors(seen)).BuildServiceProvider();
        async Task<int> Book()
        {
            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
            Assert.Equal(0, await scope.ServiceProvider.GetRequiredService<MirrorPayments>().Book(SmallCounty.County, default));
            return seen.Count;
        }
        host.Clock.Days(3);
        Assert.Equal(1, await Book());
        host.Clock.Now = host.Clock.Now.AddMinutes(1);
        Assert.Equal(1, await Book());
        host.Clock.Days(1);
        Assert.Equal(2, await Book());
    }

    // Paid now, or with another stamp.
    private static async Task Paid(SalesHost host, string method, long stamp)
    {
        var placed = (await Window.Place(host, Window.Order(method: method, to: method == "cash" ? new Recipient("王小明", "13900001234", "", "", SmallCounty.StationA) : null))).Value;
        Assert.Null(await host.Services.GetRequiredService<CheckoutQueue>().Pay(new PaymentTold(placed.Payment.Number, method, $"T{placed.OrderId}", placed.Payment.Amount, "CNY"), CancellationToken.None));
        var number = placed.Payment.Number;
        if (stamp > 0) await host.Db(db => db.Payments.Where(p => p.Number == number).ExecuteUpdateAsync(set => set.SetProperty(p => p.PaidMs, stamp)));
    }

    private sealed class PaymentsRead : DbCommandInterceptor
    {
        public int Count { get; private set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("market_payments", StringComparison.Ordinal)) Count++;
            return new(result);
        }
    }
}
