using System.CommandLine;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo demo</c>: fills an empty installation with the demo counties.</summary>
internal static class DemoCommand
{
    public static Command Make()
    {
        var command = new Command("demo", "Fill an empty data folder with the demo counties | 生成演示县");
        command.SetAction((parsed, cancel) => Session.Run(parsed, async (session, stop) =>
        {
            await MigrateCommand.Migrate(session.Services, stop);
            if (Unfinished(session.Installation) is { } no) return session.Refuse(no);
            if (await session.Db.HouseholdFacts.AnyAsync(stop)) return session.Refuse(new Refusal("demo.not-empty", Place.None, session.Installation.DataFolder));
            await Seed(session.Services, line => Console.Error.WriteLine(line), stop);
            return session.Done("demo.done", string.Join(", ", DemoSignIns.Names), DemoSignIns.Password);
        }, cancel));
        return command;
    }

    /// <summary>Why a demo whose making was stopped half way is not used; null: there is none.</summary>
    public static Refusal? Unfinished(Installation installation) => File.Exists(Mark(installation)) ? new Refusal("demo.unfinished", Place.None, installation.DataFolder) : null;

    private static string Mark(Installation installation) => Path.Combine(installation.DataFolder, "demo-unfinished");

    /// <summary>Seeds both counties, each module's part in turn, in a program whose clock can be turned back.</summary>
    public static async Task Seed(IServiceProvider services, Action<string> progress, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var mark = Mark(services.GetRequiredService<Installation>());
        await File.WriteAllTextAsync(mark, "", cancel);
        var today = services.GetRequiredService<TimeProvider>().Today;
        foreach (var (code, seed) in new[] { (DemoCounty.Zhangjiachuan, 20261122), (DemoCounty.Yongjing, 20170831) })
        {
            var clock = new DemoClock(today);
            var county = new DemoCounty(code, today, seed, clock);
            await using var program = new ServiceCollection().AddLogging().AddShanhuo(services.GetRequiredService<Installation>(), clock).BuildServiceProvider();
            for (var part = 0; ; part++)
            {
                await using var scope = program.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
                var seeds = scope.ServiceProvider.GetServices<ISeedDemo>().OrderBy(s => s.Order).ToList();
                if (part == seeds.Count) break;
                clock.Day = today;
                await seeds[part].Seed(county, cancel);
                progress($"{county.Code} {part + 1}/{seeds.Count} {watch.Elapsed.TotalSeconds:0.0} s");
            }
        }
        File.Delete(mark);
    }
}
