using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Channels;

namespace Shanhuo.Market.Contracts;

/// <summary>What an import did, or would do where it was not let in.</summary>
/// <param name="Committed">Did it go in? Not where rows are wrong and the good ones were not asked for.</param>
/// <param name="WasHere">The same file has been here and is all in; nothing changed.</param>
/// <param name="Orders">Good orders of the file.</param>
/// <param name="Added">New ones.</param>
/// <param name="Changed">Those whose state moved on.</param>
/// <param name="Unchanged">Those that were in as they are.</param>
/// <param name="Waiting">Lines that wait for a lot or a product.</param>
/// <param name="LeftOut">Rows left out by intent: not paid, or closed.</param>
/// <param name="Refused">Wrong rows, each with file, sheet, row, column and reason.</param>
public sealed record ImportOutcome(bool Committed, bool WasHere, int Orders, int Added, int Changed, int Unchanged, int Waiting, int LeftOut, IReadOnlyList<Refusal> Refused);

/// <summary>Orders by file from another platform, for the command line: preview, import and result in one call. A call that was killed is taken up by the next with the same file.</summary>
public sealed class ImportOrders
{
    private readonly ShanhuoDb db;
    private readonly StartImportHandler start;
    private readonly BeginImportHandler begin;
    private readonly ImportRunner runner;

    internal ImportOrders(ShanhuoDb db, StartImportHandler start, BeginImportHandler begin, ImportRunner runner) => (this.db, this.start, this.begin, this.runner) = (db, start, begin, runner);

    /// <summary>The channels that have files, by code.</summary>
    public static IReadOnlyCollection<string> Channels => [.. ChannelBook.Shipped.Keys];

    /// <summary>Imports a file.</summary>
    /// <param name="file">CSV or XLSX, within the limits of <see cref="Kernel.Sheets.SheetLimits"/>.</param>
    /// <param name="fileName">As the user knows it.</param>
    /// <param name="channel">One of <see cref="Channels"/>.</param>
    /// <param name="county">County.</param>
    /// <param name="takeGoodRows">Orders without a wrong row go in although others have one.</param>
    /// <param name="progress">Told how many orders are done.</param>
    /// <param name="cancel">Stops between batches.</param>
    /// <returns>What it did, or why the file cannot be read at all.</returns>
    public async Task<Outcome<ImportOutcome>> Run(Stream file, string fileName, string channel, AreaCode county, bool takeGoodRows, IProgress<int>? progress, CancellationToken cancel)
    {
        if (!(await start.Handle(county, channel, file, fileName, cancel)).Ok(out var run, out var no)) return no;
        if (run.State == ImportState.Done && run is { Refused: 0, Waiting: 0 }) return await Result(run, true, true, cancel);
        if (run.State == ImportState.Done && (await start.Again(run, cancel)).Refused is { } unreadable) return unreadable;
        if (run.Refused > 0 && !takeGoodRows && run.State == ImportState.Previewed) return await Result(run, false, false, cancel);
        if (await begin.Handle(county, run.Id, takeGoodRows, cancel) is { } refused) return refused;
        await runner.Run(county, run.Id, progress, cancel);
        db.ChangeTracker.Clear();
        return await Result(await db.ImportRuns.AsNoTracking().SingleAsync(r => r.County == county && r.Id == run.Id, cancel), true, false, cancel);
    }

    private async Task<ImportOutcome> Result(ImportRun run, bool committed, bool wasHere, CancellationToken cancel)
    {
        var rows = await db.ImportRefusals.AsNoTracking().Where(r => r.County == run.County && r.RunId == run.Id).OrderBy(r => r.Number).ToListAsync(cancel);
        return new ImportOutcome(committed, wasHere, run.Orders, run.Added, run.Changed, run.Unchanged, run.Waiting, run.LeftOut, [.. rows.Select(r => ImportRefusals.Read(run, r))]);
    }
}
