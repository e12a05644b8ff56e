using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shanhuo.Market.Payments;

/// <summary>Every few seconds: gives up orders that were not paid in time, and brings buyers' money on its way. Several processes may do so at once.</summary>
internal sealed class PaymentWorker(PaymentDesk desk, ILogger<PaymentWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pause, stopping);
                await desk.Expire(stopping);
                await desk.SendRefunds(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                log.LogError(e, "Payments were not looked after; tried again soon.");
            }
        }
    }
}
