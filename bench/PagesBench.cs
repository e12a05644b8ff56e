using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Migrations;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Pools;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Settlement.Ledger;
using Shanhuo.Web;

namespace Shanhuo.Bench;

/// <summary>The pages that farmers and buyers open most, asked of the real web host over a season that grows tenfold twice: their time must not grow with it.</summary>
internal static partial class PagesBench
{
    private const string Password = "bench-bench-bench";
    private const int Asked = 60;

    public static async Task<int> Run(Options options)
    {
        var most = options.Number("--lines", 1_000_000);
        var folder = Directory.CreateTempSubdirectory("shanhuo-pages-").FullName;
        var database = BenchDatabase.Of(options, folder);
        try
        {
            await using var site = ShanhuoHost.Build(new Installation(folder, database.Connection, false), TimeProvider.System, b => b.WebHost.UseUrls("http://127.0.0.1:0"));
            await In(site, async s =>
            {
                await s.GetRequiredService<ShanhuoDb>().Database.BringUp(default);
                await InstallDivisions.Into(s.GetRequiredService<ShanhuoDb>(), default);
                await ManyLines.Found(s.GetRequiredService<ShanhuoDb>(), ExampleScheme.Json);
                return await s.GetRequiredService<AddAccountHandler>().Handle(new AddAccount("farmer", "农户", Password, Role.Household, AreaCode.Parse("620525100201"), null, "H-008"), default);
            });
            await site.StartAsync();
            var address = site.Urls.First();
            using var farmer = new HttpClient { BaseAddress = new Uri(address) };
            await SignIn(farmer);
            using var buyer = new HttpClient { BaseAddress = new Uri(address) };
            var slowest = 0.0;
            for (long size = most / 100, before = 0; size <= most; before = size, size *= 10)
            {
                await In(site, async s =>
                {
                    await ManyLines.Sell(s.GetRequiredService<ShanhuoDb>(), before, size - before);
                    await s.GetRequiredService<SettleLines>().Settle(ManyLines.County, new DateOnly(2026, 2, 1), null, default);
                    await s.GetRequiredService<PayPools>().Pay(ManyLines.County, null, default);
                    return await s.GetRequiredService<Sealer>().SealAll(ManyLines.County, default);
                });
                Report.Say($"{database.Name}, {size:N0} order lines; server time of a page, median and worst of {Asked}:");
                foreach (var (who, path) in new[] { (farmer, "/settlement/statements/household"), (farmer, "/settlement/statements/goods"), (farmer, "/settlement/statements/price/L-001"), (buyer, "/settlement/trace/lot/L-001") })
                    slowest = Math.Max(slowest, await Ask(who, path));
            }
            await site.StopAsync();
            return slowest < 20 ? 0 : 1;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, true);
        }
    }

    private static async Task<double> Ask(HttpClient who, string path)
    {
        var times = new List<double>();
        for (var i = 0; i < Asked + 10; i++)
        {
            var watch = Stopwatch.StartNew();
            using var answer = await who.GetAsync(path);
            var text = await answer.Content.ReadAsStringAsync();
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {text[..Math.Min(400, text.Length)]}");
            // The first few compile the page and its queries.
            if (i >= 10) times.Add(watch.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        Report.Say($"  {path,-40} {times[Asked / 2],6:0.0} ms {times[^1],6:0.0} ms");
        return times[Asked / 2];
    }

    private static async Task SignIn(HttpClient farmer)
    {
        var form = Token().Match(await farmer.GetStringAsync("/sign-in")).Groups[1].Value;
        using var answer = await farmer.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string> { ["Name"] = "farmer", ["Password"] = Password, ["__RequestVerificationToken"] = form }));
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<T> In<T>(WebApplication site, Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = site.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        return await work(scope.ServiceProvider);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")] private static partial Regex Token();
}
