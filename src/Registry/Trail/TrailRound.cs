using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Trail;

/// <summary>Chains new records of the trail every few seconds while the site runs. What it misses, the next round takes.</summary>
internal sealed partial class TrailRound(IServiceScopeFactory scopes, TimeProvider clock, ILogger<TrailRound> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
                await new TrailSealer(scope.ServiceProvider.GetRequiredService<ShanhuoDb>()).SealAll(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException) { Failed(log, e); }
            try { await Task.Delay(Pause, clock, stoppingToken); }
            catch (OperationCanceledException) { return; }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The trail could not be chained; the next round tries again.")]
    private static partial void Failed(ILogger log, Exception e);
}
