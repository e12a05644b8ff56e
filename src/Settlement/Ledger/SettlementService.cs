using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Pools;

namespace Shanhuo.Settlement.Ledger;

/// <summary>Keeps every county's ledger up to date: settles what is due, pays pools whose return windows are over, seals. Several processes may do so at once; each entry is written once.</summary>
internal sealed partial class SettlementService(IServiceScopeFactory scopes, TimeProvider clock, ILogger<SettlementService> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var county in await Counties(stoppingToken))
                try { await Run(scopes, county, null, stoppingToken); }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    // Nothing of the interrupted batch stays; the next round goes on from there.
                    LogFault(log, fault, county);
                }
    }

    /// <summary>One round for a county.</summary>
    public static async Task<SettleReport> Run(IServiceScopeFactory scopes, AreaCode county, IProgress<long>? progress, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        var report = await services.GetRequiredService<SettleLines>().Settle(county, services.GetRequiredService<TimeProvider>().Today, progress, cancel);
        await services.GetRequiredService<PayPools>().Pay(county, null, cancel);
        await services.GetRequiredService<CloseLot>().BearAdvances(county, cancel);
        await services.GetRequiredService<Sealer>().SealAll(county, cancel);
        return report;
    }

    /// <summary>The counties that have lots.</summary>
    public static async Task<List<AreaCode>> Counties(IServiceScopeFactory scopes, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        return await scope.ServiceProvider.GetRequiredService<ShanhuoDb>().LotFacts.Select(l => l.County).Distinct().ToListAsync(cancel);
    }

    private async Task<List<AreaCode>> Counties(CancellationToken cancel)
    {
        try { return await Counties(scopes, cancel); }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            LogFault(log, fault, AreaCode.Country);
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Settlement of {County} stopped; it goes on with the next round.")]
    private static partial void LogFault(ILogger logger, Exception fault, AreaCode county);
}
