using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Migrations;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Settlement.Ledger;
using Shanhuo.Web;

namespace Shanhuo.Bench;

/// <summary>Paid orders a second: many buyers at once order from one lot and pay; beside it the same goods sold over the counter, an order a transaction. And a flash sale: all arrive within seconds for a part of what they want.</summary>
internal static class ShopOrdersBench
{
    private const long Offer = 701, Flash = 702;
    private static readonly AreaCode County = ManyLines.County;

    public static async Task<int> Run(Options options)
    {
        var (count, at) = ((int)options.Number("--orders", 3_000), (int)options.Number("--at-once", 200));
        var folder = Directory.CreateTempSubdirectory("shanhuo-orders-").FullName;
        var database = BenchDatabase.Of(options, folder);
        var services = new ServiceCollection().AddLogging().AddShanhuo(new Installation(folder, database.Connection, false), TimeProvider.System);
        services.AddScoped<IChooseScheme, OneScheme>();
        await using var host = services.BuildServiceProvider();
        try { return await Run(host, options, database, count, at); }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, true);
        }
    }

    private static async Task<int> Run(ServiceProvider host, Options options, BenchDatabase database, int count, int at)
    {
        await In(host, async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            await db.Database.BringUp(default);
            await ManyLines.Found(db, ExampleScheme.Json);
            var (area, today) = (AreaCode.Parse("620525100201"), DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8)));
            db.Lots.Add(new Lot { Id = 5_001, County = County, Code = "LB-1", Area = area, PlaceId = 1, ProductId = 1, Grade = "9", CooperativeId = 2, OpenedDay = today, BestBefore = today.AddDays(300), Available = 5_000_000_000, TakenIn = 5_000_000_000 });
            foreach (var (id, kind, cap) in new[] { (Offer, OfferKind.Fixed, (long?)null), (Flash, OfferKind.Flash, 10_000) })
                db.Offers.Add(new Offer { Id = id, County = County, RequestId = Guid.CreateVersion7(), Area = area, Code = $"g-{id}", ProductId = 1, Grade = "9", SellerId = 2, Kind = kind, State = OfferState.Open, Title = "杏仁一斤装", TitleEn = "almonds", PerUnit = 500, Price = new Fen(2900), Cap = cap, ByAccountId = 1, AtMs = 0 });
            db.Certificates.Add(new Certificate { Id = 1, County = County, RequestId = Guid.CreateVersion7(), Area = area, Kind = "promise", OrganisationId = 2, Number = "1", From = today.AddDays(-1), Until = today.AddDays(90), ByAccountId = 1 });
            await db.SaveChangesAsync();
            if (database.IsPostgres) await db.Database.ExecuteSqlRawAsync("analyze");
            return true;
        }, Scope.Everything);
        await Paid(host, 200, 50, out _);
        var name = database.Name;

        var watch = Stopwatch.StartNew();
        var cpu = Report.Cpu;
        await Paid(host, count, at, out var times);
        var rate = count / watch.Elapsed.TotalSeconds;
        Report.Say($"{name}: {count:N0} orders placed and paid by {at} buyers at once: {rate:N0} a second, {(Report.Cpu - cpu) / count * 1000:N2} CPU ms each; from pressing the button to the order p50 {Part(times, 0.5):N0} ms, p99 {Part(times, 0.99):N0} ms");

        var counter = Math.Min(count, 1_000);
        watch.Restart();
        await Parallel.ForEachAsync(Enumerable.Range(0, counter), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, cancel) =>
            Check((await In(host, s => s.GetRequiredService<PlaceOrderHandler>().Handle(new PlaceOrder(Guid.CreateVersion7(), "bulk", "食堂", null, Fen.Zero, 1, false, [new PlaceLine(1, "9", null, 500, new Fen(5800))]), cancel))).Refused));
        var reference = counter / watch.Elapsed.TotalSeconds;
        Report.Say($"{name}: the same goods by hand, an order a transaction, 16 at once: {reference:N0} a second; the shop's paid order is {rate / reference:N1} times that");

        var buyers = (int)options.Number("--rush", 12_000);
        var queue = host.GetRequiredService<CheckoutQueue>();
        var chance = new Random(1);
        watch.Restart();
        var waits = new double[buyers];
        var answers = await Task.WhenAll(Enumerable.Range(0, buyers).Select(async i =>
        {
            await Task.Delay((int)(i * 10_000L / buyers));
            var pressed = watch.Elapsed.TotalMilliseconds;
            var answer = await queue.Place(Order(Flash, 1), default);
            waits[i] = watch.Elapsed.TotalMilliseconds - pressed;
            return answer;
        }));
        var served = answers.Count(a => a.Refused is null);
        var last = Array.FindLastIndex(answers, a => a.Refused is null);
        Report.Say($"{name}: flash sale of 10,000 units, {buyers:N0} buyers in 10 s: {served:N0} served, {buyers - served:N0} told that it is sold out; all answered after {watch.Elapsed.TotalSeconds:N1} s; wait p50 {Part(waits, 0.5):N0} ms, p99 {Part(waits, 0.99):N0} ms, longest {waits.Max():N0} ms");
        return served == Math.Min(10_000, buyers) && last >= served - 1 ? 0 : 1;
    }

    private static Task Paid(ServiceProvider host, int count, int at, out double[] times)
    {
        var queue = host.GetRequiredService<CheckoutQueue>();
        var waits = times = new double[count];
        return Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = at }, async (i, cancel) =>
        {
            var pressed = Stopwatch.GetTimestamp();
            var placed = await queue.Place(Order(Offer, 1 + i % 3), cancel);
            waits[i] = Stopwatch.GetElapsedTime(pressed).TotalMilliseconds;
            Check(placed.Refused);
            var payment = placed.Value.Payment;
            Check(await queue.Pay(new PaymentTold(payment.Number, payment.Method, $"T{payment.Id}", payment.Amount, "CNY"), cancel));
        });
    }

    private static WebOrder Order(long offer, int units) => new(Guid.CreateVersion7(), County, "pavilion", [new Wish(offer, units)], new Recipient("王小明", $"139{Random.Shared.Next(100_000_000):00000000}", "62", "兰州市城关区某路1号", null), "wechat", null);

    private static async Task<T> In<T>(ServiceProvider host, Func<IServiceProvider, Task<T>> work, Scope? who = null)
    {
        await using var scope = host.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = who ?? new Scope { Area = County, AccountId = 1, Role = Role.CountyStaff };
        return await work(scope.ServiceProvider);
    }

    private sealed class OneScheme : IChooseScheme
    {
        public Task<Outcome<long>> For(AreaCode county, long lotId, string channel, DateOnly day, CancellationToken cancel) => Task.FromResult<Outcome<long>>(1);
    }

    private static double Part(double[] times, double part) => times.Order().ElementAt((int)((times.Length - 1) * part));

    private static void Check(Refusal? no)
    {
        if (no is not null) throw new InvalidOperationException(no.ToString());
    }
}
