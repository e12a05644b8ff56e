using System.Diagnostics;
using System.Globalization;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Processes;

/// <summary>How often processes are killed: 10 times in <c>./test</c>; <c>SHANHUO_KILLS</c> says how often for the whole (docs/settlement.md).</summary>
internal static class Kills
{
    public static int Count { get; } = int.Parse(Environment.GetEnvironmentVariable("SHANHUO_KILLS") ?? "10", CultureInfo.InvariantCulture);
}

/// <summary>A process that does <see cref="Child"/>'s work and is killed in the middle of it.</summary>
internal sealed class KilledChild : IDisposable
{
    // A first step in a cold process takes this long; a kill falls anywhere in it.
    private const int LongestStepMs = 120;
    private readonly Process process;

    private KilledChild(Process process) => this.process = process;

    /// <summary>Kills the work so many times, each time at a step and a moment drawn by chance, and looks at the books after each; then lets it finish.</summary>
    /// <param name="dear">The step at which every other kill falls: where money moves.</param>
    /// <param name="look">Fails when something is lost, doubled or unbalanced.</param>
    public static async Task Kill(TestHost host, string work, string dear, int seed, Func<Task> look)
    {
        var chance = new Random(seed);
        // The next process wakes up while this one works.
        var next = Start(host, work, 1);
        for (var kill = 1; kill <= Kills.Count; kill++)
        {
            using var child = next;
            next = Start(host, work, kill + 1);
            await child.Go("work");
            if (chance.Next(2) == 0) await child.Until(line => line == dear);
            else
            {
                var steps = chance.Next(1, 12);
                await child.Until(_ => --steps == 0);
            }
            await Moment(chance.Next(LongestStepMs * 1000));
            Assert.False(child.process.HasExited, "The work has stopped by itself; its reason stands on standard error.");
            child.process.Kill(true);
            await child.process.WaitForExitAsync();
            await look();
        }
        using var last = next;
        await last.Go("finish");
        await last.Until(_ => false);
        await last.process.WaitForExitAsync();
        Assert.Equal(0, last.process.ExitCode);
        await look();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(true);
        process.Dispose();
    }

    private static KilledChild Start(TestHost host, string work, int round)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Child).Assembly.Location, Child.Word, work, host.Folder, round.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["SHANHUO_DB"] = host.Connection;
        // It lives for a moment: code is not worth measuring for a second, better compilation.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return new KilledChild(Process.Start(start)!);
    }

    private async Task Go(string order)
    {
        await Until(line => line == "ready");
        await process.StandardInput.WriteLineAsync(order);
        await process.StandardInput.FlushAsync();
    }

    // Ends at that line, or with the process.
    private async Task Until(Func<string, bool> isIt)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (isIt(line)) return;
    }

    private static async Task Moment(int microseconds)
    {
        var until = Stopwatch.GetTimestamp() + microseconds * (Stopwatch.Frequency / 1_000_000);
        while (Stopwatch.GetTimestamp() < until) await Task.Yield();
    }
}
