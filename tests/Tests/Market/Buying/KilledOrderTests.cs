using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Payments;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Processes;

namespace Shanhuo.Tests.Market.Buying;

/// <summary>R1 for orders: the process or the database is killed while buyers order and pay. What a buyer was told is true, and goods and money agree.</summary>
public sealed class KilledOrderTests
{
    [Theory, EachDatabase]
    public async Task Every_answer_that_a_buyer_had_is_true_after_a_kill_and_goods_and_money_agree(DatabaseKind kind)
    {
        await using var sales = await SalesHost.Start(kind);
        var host = sales.Host;
        await Stock(sales);
        await Window.Open(sales);
        await KilledChild.Kill(host, OrderWork.Name, OrderWork.Paying, kind == DatabaseKind.Sqlite ? 41 : 42, () => LeftBehind.Look(host, db => Look(db, File.Exists(OrderWork.Answers(host)) ? File.ReadAllLines(OrderWork.Answers(host)) : [])));
        Assert.True(File.ReadLines(OrderWork.Answers(host)).Count() > 20);
    }

    [Fact]
    public async Task Every_answer_that_a_buyer_had_is_true_after_the_database_was_killed_and_goods_and_money_agree()
    {
        using var server = PostgresServer.Durable();
        await using var sales = await SalesHost.On(await TestHost.On(server));
        await Stock(sales);
        await Window.Open(sales);
        var (queue, answers, chance) = (sales.Services.GetRequiredService<CheckoutQueue>(), new ConcurrentQueue<string>(), new Random(43));
        using var told = new SemaphoreSlim(0);
        using var over = new CancellationTokenSource();
        void Tell(string answer)
        {
            answers.Enqueue(answer);
            told.Release();
        }
        async Task More(int count)
        {
            for (var i = 0; i < count; i++) Assert.True(await told.WaitAsync(TimeSpan.FromMinutes(2)), "nobody is served any more");
        }
        var buyers = Enumerable.Range(0, 8).Select(_ => Task.Run(() => Buy(queue, Tell, over.Token))).ToArray();
        var kills = Math.Max(3, Kills.Count / 3);
        for (var kill = 0; kill < kills; kill++)
        {
            await More(20);
            // The blow falls at any moment of an order, and the machine is away for a while.
            await Task.Delay(chance.Next(40));
            server.Kill();
            await Task.Delay(chance.Next(200));
            server.StartUp();
        }
        // What was told before the last blow is counted out first.
        while (told.CurrentCount > 0) await told.WaitAsync();
        await More(20);
        await over.CancelAsync();
        await Task.WhenAll(buyers);
        NpgsqlConnection.ClearAllPools();
        await sales.Db(db => Look(db, [.. answers]));
    }

    // Orders and pays again and again; what fails is not told, and the same order is asked for once more under its own number.
    private static async Task Buy(CheckoutQueue queue, Action<string> tell, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var wish = Window.Order();
            var placed = await Answered(() => queue.Place(wish, CancellationToken.None));
            Assert.True(placed.Ok(out var order, out var no), no?.ToString());
            tell($"placed {order.OrderId:000000000000000}");
            var refused = await Answered(() => queue.Pay(new PaymentTold(order.Payment.Number, "wechat", "T" + order.OrderId, order.Payment.Amount, "CNY"), CancellationToken.None));
            Assert.Null(refused);
            tell($"paid {order.OrderId:000000000000000}");
        }
    }

    private static async Task<T> Answered<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            try { return await ask(); }
            catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException or DbUpdateException or IOException or TimeoutException) { await Task.Delay(20); }
        }
    }

    private static Task Stock(SalesHost sales) => sales.Db(async db =>
    {
        var lot = (await db.Lots.FindAsync(SmallCounty.County, SmallCounty.Lot))!;
        (lot.Available, lot.TakenIn) = (500_000_000, 500_000_000);
        await db.SaveChangesAsync();
    });

    private static async Task Look(ShanhuoDb db, string[] told)
    {
        var orders = await db.Orders.AsNoTracking().ToDictionaryAsync(o => o.Id);
        var payments = (await db.Payments.AsNoTracking().ToListAsync()).ToLookup(p => p.OrderId);
        // The last line may be half written: it was killed while it wrote.
        foreach (var line in told.Select(l => l.Split(' ')).Where(l => l.Length == 2 && l[1].Length >= 15))
        {
            if (!orders.TryGetValue(long.Parse(line[1], CultureInfo.InvariantCulture), out var order)) Assert.Fail($"order {line[1]} was told and is lost");
            if (line[0] == "paid") Assert.Equal((OrderState.Placed, PaymentState.Paid), (order.State, payments[order.Id].Single().State));
            if (line[0] == "cancelled") Assert.Equal(OrderState.Cancelled, order.State);
        }
        // Each order is whole: one payment, one line, and paid or cleanly open.
        foreach (var order in orders.Values)
            Assert.True(payments[order.Id].Single().State == order.State switch { OrderState.Placed => PaymentState.Paid, OrderState.Unpaid => PaymentState.Open, _ => PaymentState.Closed }, $"{order.Number}: {order.State}");
        var lot = await db.Lots.AsNoTracking().SingleAsync(l => l.Id == SmallCounty.Lot);
        var sold = await (from line in db.OrderLines join order in db.Orders on line.OrderId equals order.Id where order.State != OrderState.Cancelled select line.Grams).SumAsync();
        Assert.Equal(lot.TakenIn - lot.Available, sold);
        Assert.Equal(sold, -await db.LotMoves.Where(m => m.Kind == MoveKind.Sold).SumAsync(m => m.Quantity));
        Assert.Equal(sold / 500, await db.Offers.Select(o => o.Sold).SingleAsync());
        Assert.Equal(orders.Count, await db.OrderLines.CountAsync());
        Assert.Equal(orders.Count, await db.Deliveries.CountAsync());
    }
}
