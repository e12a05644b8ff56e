using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Contracts;

namespace Shanhuo.Settlement.Ledger;

/// <summary>Keeps every county's ledger up to date while the program serves, a round a minute.</summary>
internal sealed partial class SettlementService(LedgerRound round, TimeProvider clock, ILogger<SettlementService> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            AreaCode[] counties = [];
            await Try(AreaCode.Country, async () => counties = await round.Counties(stoppingToken));
            foreach (var county in counties) await Try(county, () => round.Run(county, null, stoppingToken));
        }
    }

    // A lost database or a broken invariant stops one county's round and is written down; nothing of its batch stays, and the next round tries again.
    private async Task Try(AreaCode county, Func<Task> work)
    {
        try { await work(); }
        catch (Exception fault) when (fault is not OperationCanceledException) { LogFault(log, fault, county); }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Settlement of {County} stopped; it goes on with the next round.")]
    private static partial void LogFault(ILogger logger, Exception fault, AreaCode county);
}
