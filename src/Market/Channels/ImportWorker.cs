using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Channels;

/// <summary>Wakes the worker when a run begins.</summary>
internal sealed class ImportBell
{
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => bell.Writer.TryWrite(true);

    public ChannelReader<bool> Rings => bell.Reader;
}

/// <summary>Does in the background what was begun, one run after another, also what a killed process left behind.</summary>
internal sealed class ImportWorker(IServiceScopeFactory scopes, ImportRunner runner, ImportBell bell, ILogger<ImportWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        // The site is up before the first look at the database.
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                foreach (var (county, id) in await Running(stopping)) await runner.Run(county, id, null, stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "An import stopped; it goes on in a minute.");
            }
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            pause.CancelAfter(Pause);
            try { await bell.Rings.ReadAsync(pause.Token); }
            catch (OperationCanceledException) { }
        }
    }

    private async Task<List<(AreaCode County, long Id)>> Running(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        var db = scope.ServiceProvider.GetRequiredService<ShanhuoDb>();
        return [.. (await db.ImportRuns.Where(r => r.State == ImportState.Running).OrderBy(r => r.Id).Select(r => new { r.County, r.Id }).ToListAsync(cancel)).Select(r => (r.County, r.Id))];
    }
}
