using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Channels;

/// <summary>Lets a previewed file go in, and stops it.</summary>
internal sealed class BeginImportHandler(ShanhuoDb db)
{
    /// <summary>From now on the run may be done, by this process or, after a kill, by the next.</summary>
    /// <param name="county">County.</param>
    /// <param name="runId">Previewed or stopped; one that runs or is done stays as it is.</param>
    /// <param name="takeGoodRows">Orders without a wrong row go in although others have one.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Refusal?> Handle(AreaCode county, long runId, bool takeGoodRows, CancellationToken cancel)
    {
        var run = await db.ImportRuns.AsNoTracking().SingleOrDefaultAsync(r => r.County == county && r.Id == runId, cancel);
        if (run is null) return new Refusal("market.import-unknown");
        if (run.Refused > 0 && !takeGoodRows && run.State == ImportState.Previewed) return new Refusal("market.import-wrong-rows", Place.Input("TakeGoodRows"), run.Refused);
        var mine = db.ImportRuns.Where(r => r.County == county && r.Id == runId);
        // What the preview expected gives way to what is done.
        await mine.Where(r => r.State == ImportState.Previewed).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, ImportState.Running).SetProperty(r => r.OrdersDone, 0).SetProperty(r => r.Added, 0).SetProperty(r => r.Changed, 0).SetProperty(r => r.Unchanged, 0).SetProperty(r => r.Waiting, 0).SetProperty(r => r.LeftOut, 0), cancel);
        await mine.Where(r => r.State == ImportState.Stopped).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, ImportState.Running), cancel);
        return null;
    }

    /// <summary>Stops a run behind the batch that is being done.</summary>
    public Task Stop(AreaCode county, long runId, CancellationToken cancel) =>
        db.ImportRuns.Where(r => r.County == county && r.Id == runId && r.State == ImportState.Running).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, ImportState.Stopped), cancel);
}

/// <summary>Does a run batch by batch, each in a scope and transaction of its own.</summary>
internal sealed class ImportRunner(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Orders in one transaction.</summary>
    public const int Batch = 100;
    private const int Tries = 8;

    /// <summary>Goes on with a run to its end; returns early when it is stopped; with another process that runs it too it shares the batches.</summary>
    /// <param name="county">County.</param>
    /// <param name="runId">A run in state running.</param>
    /// <param name="progress">Told how many orders are done.</param>
    /// <param name="cancel">Stops between batches; the run stays running and goes on when somebody runs it.</param>
    public async Task Run(AreaCode county, long runId, IProgress<int>? progress, CancellationToken cancel)
    {
        var (run, content) = await In(county, async (db, _) => (
            await db.ImportRuns.AsNoTracking().SingleAsync(r => r.County == county && r.Id == runId, cancel),
            await db.ImportFiles.Where(f => f.County == county && f.RunId == runId).Select(f => f.Content).SingleOrDefaultAsync(cancel)), 0);
        if (run.State != ImportState.Running || content is null) return;
        var (file, _) = await StartImportHandler.ReadFile(run, content, cancel);
        for (var from = run.OrdersDone; from < file.Orders.Count;)
        {
            cancel.ThrowIfCancellationRequested();
            if (await DoBatch(run, [.. file.Orders.Skip(from).Take(Batch)], from, cancel)) from += Batch;
            else
            {
                // Another process has done this batch, or a person has stopped the run: look where it stands.
                var now = await In(county, (db, _) => db.ImportRuns.Where(r => r.County == county && r.Id == runId).Select(r => new { r.State, r.OrdersDone }).SingleAsync(cancel), run.ByAccountId);
                if (now.State != ImportState.Running) return;
                from = now.OrdersDone;
            }
            progress?.Report(Math.Min(from, file.Orders.Count));
        }
        await In(county, async (db, _) =>
        {
            var refused = await db.ImportRefusals.CountAsync(r => r.County == county && r.RunId == runId, cancel);
            await db.ImportRuns.Where(r => r.County == county && r.Id == runId && r.State == ImportState.Running).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, ImportState.Done).SetProperty(r => r.Refused, refused).SetProperty(r => r.LeftOut, r => r.LeftOut + file.LeftOut).SetProperty(r => r.FinishedMs, clock.NowMs), cancel);
            if (refused == 0) await db.ImportFiles.Where(f => f.County == county && f.RunId == runId).ExecuteDeleteAsync(cancel);
            return true;
        }, run.ByAccountId);
    }

    private async Task<bool> DoBatch(ImportRun run, List<FileOrder> orders, int from, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await In(run.County, (_, services) => services.GetRequiredService<ImportBatch>().Do(run, orders, from, cancel), run.ByAccountId);
            }
            catch (Exception e) when (attempt < Tries && (e is StockRaceException or DbUpdateException || e is DbException { IsTransient: true } || e.InnerException is DbException { IsTransient: true }))
            {
                // Somebody else has sold the goods or brought the same orders: everything is undone, read afresh and tried again.
            }
        }
    }

    // For its county only, whoever asked for it.
    private Task<T> In<T>(AreaCode county, Func<ShanhuoDb, IServiceProvider, Task<T>> work, long account) =>
        scopes.As(new Scope { Area = county, AccountId = account, Role = Role.CountyStaff }, s => work(s.GetRequiredService<ShanhuoDb>(), s));
}
