using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shanhuo.Kernel;

/// <summary>Work that is done again and again beside the requests: a pause, a round, a pause. A round that fails is logged and followed by the next.</summary>
public abstract class Rounds(TimeSpan pause, ILogger log) : BackgroundService
{
    /// <summary>One round.</summary>
    protected abstract Task Round(CancellationToken stopping);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(pause, stoppingToken);
                await Round(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                log.LogError(e, "{Rounds}: a round failed; tried again soon.", GetType().Name);
            }
        }
    }
}
