using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Market.Channels;

/// <summary>Takes a file in, reads it and says what it would do; nothing of it goes in before somebody says so.</summary>
internal sealed class StartImportHandler(ShanhuoDb db, Ids ids, TimeProvider clock, ChannelBook channels)
{
    private const int Chunk = 500;

    /// <summary>Previews a file.</summary>
    /// <param name="county">County.</param>
    /// <param name="channel">A channel with a mapping.</param>
    /// <param name="stream">The file.</param>
    /// <param name="fileName">As the user knows it.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The run; of a file that was here before, the run that it had then.</returns>
    public async Task<Outcome<ImportRun>> Handle(AreaCode county, string channel, Stream stream, string fileName, CancellationToken cancel)
    {
        if (await channels.Mapping(county, channel, cancel) is not { } mapping) return new Refusal("market.channel-unknown", Place.Input("Channel"), channel);
        if (fileName.Length > 200) fileName = fileName[^200..];
        var memory = new MemoryStream();
        var copied = await Copy(stream, memory, cancel);
        if (!copied) return new Refusal("sheet.too-big", new Place { File = Path.GetFileName(fileName) }, SheetLimits.Upload.FileBytes / 1024 / 1024);
        var content = memory.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (await Earlier(county, channel, hash, cancel) is { } earlier)
        {
            var isOver = earlier is { State: ImportState.Done, Refused: 0, Waiting: 0 };
            if (!isOver && !await db.ImportFiles.AnyAsync(f => f.County == county && f.RunId == earlier.Id, cancel))
            {
                // Its bytes were thrown away since; they are needed to look again.
                db.ImportFiles.Add(new ImportFile { County = county, RunId = earlier.Id, Content = content });
                await db.SaveChangesAsync(cancel);
            }
            return earlier.State == ImportState.Previewed ? await Preview(earlier, mapping, cancel) : earlier;
        }
        var run = new ImportRun { Id = ids.Next(), County = county, Channel = channel, FileName = Path.GetFileName(fileName), FileHash = hash, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs, Mapping = mapping.Write() };
        var (file, notes) = await ReadFile(run, content, cancel);
        if (file.No is { } no) return no;
        db.ImportRuns.Add(run);
        db.ImportFiles.Add(new ImportFile { County = county, RunId = run.Id, Content = content });
        await Count(run, file, notes!, cancel);
        try
        {
            await db.SaveChangesAsync(cancel);
            return run;
        }
        catch (DbUpdateException)
        {
            // The same file came from another browser at the same moment: one run for both.
            db.ChangeTracker.Clear();
            if (await Earlier(county, channel, hash, cancel) is { } first) return first;
            throw;
        }
    }

    /// <summary>Reads a run's file afresh by the mapping of today and counts again; for a file that is brought back after its codes or columns were mended.</summary>
    public async Task<Outcome<ImportRun>> Again(ImportRun run, CancellationToken cancel) =>
        await Preview(run, await channels.Mapping(run.County, run.Channel, cancel) ?? ChannelMapping.Parse(run.Mapping), cancel);

    /// <summary>The orders of a run's file, by the mapping that it has kept.</summary>
    public static async Task<(SalesFile File, SheetNotes? Notes)> ReadFile(ImportRun run, byte[] content, CancellationToken cancel)
    {
        if (!(await SheetReader.Open(new MemoryStream(content, writable: false), run.FileName, cancel)).Ok(out var reader, out var no)) return (new SalesFile([], [], 0, no), null);
        return (new SalesFileReader(ChannelMapping.Parse(run.Mapping), DateOnly.FromDateTime(Clock.ToChina(run.AtMs))).Read(reader), reader.Notes);
    }

    private async Task<Outcome<ImportRun>> Preview(ImportRun run, ChannelMapping mapping, CancellationToken cancel)
    {
        if (run.State == ImportState.Running) return run;
        if (await db.ImportFiles.Where(f => f.County == run.County && f.RunId == run.Id).Select(f => f.Content).SingleOrDefaultAsync(cancel) is not { } content) return new Refusal("market.import-gone", Place.None, run.FileName);
        run.Mapping = mapping.Write();
        var (file, notes) = await ReadFile(run, content, cancel);
        if (file.No is { } no) return no;
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        await db.ImportRefusals.Where(r => r.County == run.County && r.RunId == run.Id).ExecuteDeleteAsync(cancel);
        await Count(run, file, notes!, cancel);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return run;
    }

    private async Task Count(ImportRun run, SalesFile file, SheetNotes notes, CancellationToken cancel)
    {
        (run.State, run.OrdersDone, run.FinishedMs) = (ImportState.Previewed, 0, null);
        (run.FormulaCells, run.HiddenRows, run.HiddenSheets) = (notes.FormulaCells, notes.HiddenRows, string.Join("、", notes.HiddenSheets.Take(10)));
        (run.Orders, run.Added, run.Changed, run.Unchanged, run.Waiting, run.LeftOut) = (file.Orders.Count, 0, 0, 0, 0, file.LeftOut);
        var refused = file.Refused.ToList();
        var stock = await StockBook.Read(db, run.County, run.Channel, cancel);
        foreach (var chunk in file.Orders.Chunk(Chunk))
        {
            var known = await KnownOrders.Read(db, run.County, run.Channel, [.. chunk.Select(o => o.Number)], false, cancel);
            foreach (var order in chunk)
            {
                var plan = ImportPlan.Of(order, known.GetValueOrDefault(order.Number));
                switch (plan.Kind)
                {
                    case PlanKind.Add: run.Added++; run.Waiting += plan.Fresh.Count(row => !stock.Take(row.Code, row.Units)); break;
                    case PlanKind.Change: run.Changed++; break;
                    case PlanKind.Same: run.Unchanged++; break;
                    case PlanKind.LeaveOut: run.LeftOut += order.Lines.Count; break;
                    default: refused.AddRange(ImportRefusals.Of(run, order, plan)); break;
                }
            }
        }
        run.Refused = refused.Count;
        await ImportRefusals.Add(db, run, refused, cancel);
    }

    private Task<ImportRun?> Earlier(AreaCode county, string channel, string hash, CancellationToken cancel) =>
        db.ImportRuns.SingleOrDefaultAsync(r => r.County == county && r.Channel == channel && r.FileHash == hash, cancel);

    private static async Task<bool> Copy(Stream from, MemoryStream to, CancellationToken cancel)
    {
        var buffer = new byte[81_920];
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0;)
        {
            if (to.Length + read > SheetLimits.Upload.FileBytes) return false;
            to.Write(buffer, 0, read);
        }
        return true;
    }
}

/// <summary>What is on stock for the seller codes of a channel, to say beforehand how many lines will wait.</summary>
internal sealed class StockBook(IReadOnlyDictionary<string, SellerCode> codes, Dictionary<(long Product, string? Grade), long> left)
{
    public static async Task<StockBook> Read(ShanhuoDb db, AreaCode county, string channel, CancellationToken cancel)
    {
        var codes = await db.SellerCodes.AsNoTracking().Where(c => c.County == county && c.Channel == channel).ToDictionaryAsync(c => c.Code, StringComparer.Ordinal, cancel);
        var lots = await db.Lots.Where(l => l.County == county && l.ClosedDay == null && l.Available > 0).GroupBy(l => new { l.ProductId, l.Grade }).Select(g => new { g.Key.ProductId, g.Key.Grade, Sum = g.Sum(l => l.Available) }).ToListAsync(cancel);
        return new StockBook(codes, lots.ToDictionary(l => (l.ProductId, (string?)l.Grade), l => l.Sum));
    }

    /// <summary>False: it would wait, for nobody knows the code or there is not enough.</summary>
    public bool Take(string code, long units)
    {
        if (!codes.TryGetValue(code, out var known)) return false;
        var wanted = units * known.PerUnit;
        var grades = left.Keys.Where(k => k.Product == known.ProductId && (known.Grade is null || k.Grade == known.Grade)).ToList();
        if (grades.Sum(g => left[g]) < wanted) return false;
        foreach (var grade in grades)
        {
            var part = Math.Min(wanted, left[grade]);
            left[grade] -= part;
            wanted -= part;
        }
        return true;
    }
}
