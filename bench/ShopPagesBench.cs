using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;
using Shanhuo.Migrations;
using Shanhuo.Registry.Contracts;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Settlement.Ledger;
using Shanhuo.Web;

namespace Shanhuo.Bench;

/// <summary>Pages of the shop window under load, with many products and order lines behind them, asked by wrk on the same machine; beside them a file of ours from memory, as the ceiling.</summary>
internal static class ShopPagesBench
{
    public static async Task<int> Run(Options options)
    {
        var (products, lines, seconds) = (options.Number("--products", 100_000), options.Number("--lines", 1_000_000), options.Number("--seconds", 10));
        var folder = Directory.CreateTempSubdirectory("shanhuo-shop-").FullName;
        var database = BenchDatabase.Of(options, folder);
        try
        {
            await using var site = ShanhuoHost.Build(new Installation(folder, database.Connection, false), TimeProvider.System, b => b.WebHost.UseUrls("http://127.0.0.1:0"));
            await In(site, async s =>
            {
                var db = s.GetRequiredService<ShanhuoDb>();
                await db.Database.BringUp(default);
                await InstallDivisions.Into(db, default);
                await ManyLines.Found(db, ExampleScheme.Json);
                await ManyLines.Sell(db, 0, lines);
                await Fill(db, (int)products);
                // As a server stands that has been running: what it would tidy up after such a load is tidied up, not beside the pages.
                if (database.IsPostgres) foreach (var statement in new[] { "vacuum analyze", "checkpoint" }) await db.Database.ExecuteSqlRawAsync(statement);
            });
            await site.StartAsync();
            var address = site.Urls.First();
            await In(site, async s =>
            {
                var watch = Stopwatch.StartNew();
                var search = s.GetRequiredService<Market.Shop.ShopSearch>();
                await search.Find(AreaCode.Parse("620525"), "杏仁", 24, default);
                Report.Say($"search index of {products:N0} offers made in {watch.Elapsed.TotalSeconds:N1} s");
                var times = new List<(double Ms, string Query)>();
                foreach (var query in Enumerable.Range(0, 200).Select(i => new[] { "杏仁", "xingren", "huajao", $"货{i * 37}", "niurou", "cashmere" }[i % 6]))
                {
                    watch.Restart();
                    await search.Find(AreaCode.Parse("620525"), query, 24, default);
                    times.Add((watch.Elapsed.TotalMilliseconds, query));
                }
                Report.Say($"search: median {times.Order().ElementAt(100).Ms:N1} ms, p99 {times.Order().ElementAt(198).Ms:N1} ms of 200 queries; slowest: {string.Join(", ", times.OrderDescending().Take(4).Select(t => $"{t.Query} {t.Ms:N1}"))}");
                watch.Restart();
                await s.GetRequiredService<Market.Shop.ShopWindow>().Offer(AreaCode.Parse("620525"), "g-17", default);
                Report.Say($"shelf of {products:N0} offers read in {watch.Elapsed.TotalSeconds:N1} s");
            });
            Report.Say($"{database.Name}, {products:N0} products, {lines:N0} order lines; wrk, 64 connections, {seconds} s each, on the same cores:");
            await Wrk(address, folder, "a style sheet from memory (ceiling)", "\"/shanhuo.css\"", seconds);
            await Wrk(address, folder, "one product page", "\"/shop/620525/g-17\"", seconds);
            await Wrk(address, folder, "product pages, 1,000 of them asked equally", "\"/shop/620525/g-\" .. math.random(1, 1000)", seconds);
            await Wrk(address, folder, $"product pages, all {products:N0} asked equally", $"\"/shop/620525/g-\" .. math.random(1, {products})", seconds);
            await Wrk(address, folder, "pages of the pavilion, the first 40", "\"/shop/620525?n=\" .. math.random(1, 40)", seconds);
            await site.StopAsync();
            return 0;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, true);
        }
    }

    private static async Task Fill(ShanhuoDb db, int count)
    {
        var (county, day) = (AreaCode.Parse("620525"), DateOnly.FromDateTime(DateTime.UtcNow));
        var area = AreaCode.Parse("620525100201");
        string[] goods = ["杏仁", "花椒", "馓子", "羊绒毯", "百合", "苹果"], english = ["almond", "Sichuan pepper", "dough twists", "cashmere blanket", "lily", "apple"];
        await db.InsertAll(Enumerable.Range(1, count).Select(i => new Product { Id = 10_000_000 + i, County = county, Code = $"p-{i}", Name = $"{goods[i % 6]}货{i}", NameEn = $"{english[i % 6]} {i}", ByPiece = false, ReturnDays = 7, ShelfDays = 365, Drawing = "almond", Category = "craft" }), default);
        await db.InsertAll(Enumerable.Range(1, count).Select(i => new Lot { Id = 20_000_000 + i, County = county, Code = $"LX-{i}", Area = area, PlaceId = 1, ProductId = 10_000_000 + i, Grade = "1", CooperativeId = 2, OpenedDay = day, BestBefore = day.AddDays(300), Available = 50_000, TakenIn = 50_000 }), default);
        await db.InsertAll(Enumerable.Range(1, count).Select(i => new Offer { Id = 30_000_000 + i, County = county, RequestId = Guid.CreateVersion7(), Area = area, Code = $"g-{i}", ProductId = 10_000_000 + i, SellerId = 2, Kind = OfferKind.Fixed, State = OfferState.Open, Title = $"{goods[i % 6]}货{i} 一斤装", TitleEn = $"{english[i % 6]} {i}, 500 g", PerUnit = 500, Price = new Fen(2000 + i % 5000), ByAccountId = 1, AtMs = 0 }), default);
    }

    private static async Task Wrk(string address, string folder, string what, string path, long seconds)
    {
        var script = Path.Combine(folder, "ask.lua");
        await File.WriteAllTextAsync(script, $"request = function() return wrk.format(\"GET\", {path}, {{[\"Accept-Encoding\"] = \"br\"}}) end\n");
        await Once(2);
        var (paused, collected) = (GC.GetTotalPauseDuration(), GC.CollectionCount(2));
        var text = await Once(seconds);
        var (pauses, full) = ((GC.GetTotalPauseDuration() - paused).TotalMilliseconds, GC.CollectionCount(2) - collected);
        string Of(string word) => text.Split('\n').FirstOrDefault(l => l.TrimStart().StartsWith(word, StringComparison.Ordinal))?.Trim() ?? "";
        Report.Say($"  {what}: {Of("Requests/sec")}; {string.Join(", ", new[] { "50%", "99%" }.Select(Of))}; {Of("Non-2xx")}{Of("Socket errors")}collector: {pauses:N0} ms of pauses, {full} full");

        async Task<string> Once(long time)
        {
            var start = new ProcessStartInfo("wrk", ["-t1", "-c64", "-d" + time.ToString(CultureInfo.InvariantCulture) + "s", "--latency", "-s", script, address]) { RedirectStandardOutput = true };
            using var process = Process.Start(start) ?? throw new InvalidOperationException("wrk is not there: apt-get install wrk");
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return output;
        }
    }

    private static async Task In(WebApplication site, Func<IServiceProvider, Task> work)
    {
        await using var scope = site.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        await work(scope.ServiceProvider);
    }
}
