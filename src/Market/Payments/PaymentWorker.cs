using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>Every few seconds: gives up orders that were not paid in time, brings buyers' money on its way; once a day, when the institutions have written it, reads their bills up to the day before. Several processes may do so at once.</summary>
internal sealed class PaymentWorker(PaymentDesk desk, TimeProvider clock, ILogger<PaymentWorker> log) : Rounds(TimeSpan.FromSeconds(15), log)
{
    // Both institutions promise the bill by ten in the morning.
    private static readonly TimeSpan BillAfter = new(10, 15, 0);
    private static readonly TimeSpan BillAgain = TimeSpan.FromMinutes(20);
    private long nextBillMs;

    protected override async Task Round(CancellationToken stopping)
    {
        await Try(desk.Expire, stopping);
        await Try(desk.SendRefunds, stopping);
        await Try(Bill, stopping);
    }

    private async Task<int> Bill(CancellationToken stopping)
    {
        var now = Clock.ToChina(clock.NowMs);
        if (now.TimeOfDay < BillAfter || clock.NowMs < nextBillMs) return 0;
        nextBillMs = clock.NowMs + (long)BillAgain.TotalMilliseconds;
        return (await desk.ReadBills(stopping)).Taken;
    }

    // One that fails does not keep the others from their turn.
    private async Task Try(Func<CancellationToken, Task<int>> step, CancellationToken stopping)
    {
        try { await step(stopping); }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
        catch (Exception e) { log.LogError(e, "Payments were not looked after; tried again soon."); }
    }
}
