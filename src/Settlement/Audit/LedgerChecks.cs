using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Contracts;

namespace Shanhuo.Settlement.Audit;

/// <summary>A check of a county's ledger, running or done.</summary>
internal sealed class LedgerCheck(long startedMs)
{
    private long seen;

    public long StartedMs { get; } = startedMs;
    public long? EndedMs { get; set; }

    /// <summary>Entries looked at so far.</summary>
    public long Seen { get => Interlocked.Read(ref seen); set => Interlocked.Exchange(ref seen, value); }

    /// <summary>What it found; null while it runs, when it was stopped, and when the database was lost.</summary>
    public VerifyReport? Report { get; set; }

    public bool IsRunning => EndedMs is null;
    public CancellationTokenSource Stop { get; } = new();
}

/// <summary>Runs checks of ledgers beside the requests, one a county at a time; the page that started one comes back to look.</summary>
internal sealed partial class LedgerChecks(IServiceScopeFactory scopes, IHostApplicationLifetime life, TimeProvider clock, ILogger<LedgerChecks> log)
{
    private readonly ConcurrentDictionary<AreaCode, LedgerCheck> last = new();
    private readonly Lock gate = new();

    /// <summary>The running or the last check since the program started; null: none.</summary>
    public LedgerCheck? Of(AreaCode county) => last.GetValueOrDefault(county);

    /// <summary>Starts a check; a second one while it runs is the same.</summary>
    public void Start(AreaCode county, LedgerHead? printed)
    {
        lock (gate)
        {
            if (Of(county) is { IsRunning: true }) return;
            var check = new LedgerCheck(clock.NowMs);
            last[county] = check;
            _ = Task.Run(() => Run(county, printed, check));
        }
    }

    private async Task Run(AreaCode county, LedgerHead? printed, LedgerCheck check)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(check.Stop.Token, life.ApplicationStopping);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
            check.Report = await scope.ServiceProvider.GetRequiredService<LedgerAudit>().Verify(county, printed, new Told(check), either.Token);
        }
        catch (OperationCanceledException) { }
        catch (Exception fault) { LogFault(log, fault, county); }
        finally { check.EndedMs = clock.NowMs; }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The check of the ledger of {County} broke off.")]
    private static partial void LogFault(ILogger logger, Exception fault, AreaCode county);

    private sealed class Told(LedgerCheck check) : IProgress<long>
    {
        public void Report(long value) => check.Seen = value;
    }
}
