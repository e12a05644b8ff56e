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
internal sealed class ImportWorker(IServiceScopeFactory scopes, ImportRunner runner, ImportBell bell, TimeProvider clock, ILogger<ImportWorker> log) : BackgroundService
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
                foreach (var (county, id) in await Running(stopping)) await Run(county, id, stopping);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Imports could not be looked for; tried again in a minute.");
            }
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            pause.CancelAfter(Pause);
            try { await bell.Rings.ReadAsync(pause.Token); }
            catch (OperationCanceledException) { }
        }
    }

    // One that stops keeps no other waiting.
    private async Task Run(AreaCode county, long id, CancellationToken stopping)
    {
        try { await runner.Run(county, id, null, stopping); }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            log.LogError(e, "Import {Run} of {County} stopped; it goes on in a minute.", id, county);
        }
    }

    private async Task<List<(AreaCode County, long Id)>> Running(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        var db = scope.ServiceProvider.GetRequiredService<ShanhuoDb>();
        // The buyers in old files are none of our business.
        var old = clock.NowMs - ImportFile.KeptDays * 86_400_000L;
        var runs = db.ImportRuns;
        await db.ImportFiles.Where(f => runs.Any(r => r.County == f.County && r.Id == f.RunId && r.AtMs < old && r.State != ImportState.Running)).ExecuteDeleteAsync(cancel);
        return [.. (await db.ImportRuns.Where(r => r.State == ImportState.Running).OrderBy(r => r.Id).Select(r => new { r.County, r.Id }).ToListAsync(cancel)).Select(r => (r.County, r.Id))];
    }
}
