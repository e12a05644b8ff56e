using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Settlement;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Buying;
using Shanhuo.Tests.Settlement.Close;
using Shanhuo.Tests.Settlement.Ledger;
using Shanhuo.Tests.Settlement.Payouts;

namespace Shanhuo.Tests.Processes;

/// <summary>Work that a test kills: <c>child WORK FOLDER ROUND</c> on the database named in <c>SHANHUO_DB</c>. It says <c>ready</c>, waits for a line, then says each step before it takes it, until it is killed; told <c>finish</c>, it ends the work that was interrupted and goes.</summary>
internal static class Child
{
    public const string Word = "child";

    /// <summary>One round of each work: takes up what a killed process has left, and ends it.</summary>
    private static readonly Dictionary<string, Func<TestHost, Action<string>, Task>> Works = new(StringComparer.Ordinal)
    {
        [CloseWork.Name] = CloseWork.Round,
        [PayoutWork.Name] = PayoutWork.Round,
        [SettleWork.Name] = SettleWork.Round,
        [OrderWork.Name] = OrderWork.Round,
    };

    public static async Task<int> Run(string[] args)
    {
        if (args is not [var work, var folder, var round] || !Works.TryGetValue(work, out var doRound)) return 2;
        var host = TestHost.Attach(folder, Environment.GetEnvironmentVariable("SHANHUO_DB")!);
        // Each process has a second of its own, as two that follow one another do; its ids are made of it.
        host.Clock.Now = host.Clock.Now.AddSeconds(int.Parse(round, CultureInfo.InvariantCulture));
        await host.Db(db => db.Closes.AnyAsync());
        await Console.Out.WriteLineAsync("ready");
        var order = Console.In.ReadLine();
        do await doRound(host, Console.WriteLine); while (order != "finish");
        return 0;
    }
}
