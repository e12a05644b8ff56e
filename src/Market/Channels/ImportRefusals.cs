using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Market.Channels;

/// <summary>The rows that are not taken: kept with the run, shown, and handed out as a table beside the original cells.</summary>
internal static class ImportRefusals
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The rows of an order that contradicts what is in: the one that does, and its neighbours.</summary>
    public static IEnumerable<RowRefusal> Of(ImportRun run, FileOrder order, ImportPlan plan)
    {
        foreach (var line in order.Lines.OrderBy(l => l.Row))
        {
            var place = Place.Cell(run.FileName, line.Row, "", line.Sheet);
            yield return new RowRefusal(order.Number, line == plan.Row ? new Refusal(plan.Code, place, plan.Arguments) : new Refusal("market.import-neighbour", place, order.Number, plan.Row!.Row));
        }
    }

    /// <summary>Adds those that are not yet kept; once for each row.</summary>
    public static async Task Add(ShanhuoDb db, ImportRun run, IReadOnlyList<RowRefusal> refused, CancellationToken cancel)
    {
        if (refused.Count == 0) return;
        var kept = (await db.ImportRefusals.Where(r => r.County == run.County && r.RunId == run.Id).Select(r => new { r.Sheet, r.Row, r.Number }).ToListAsync(cancel)).ToList();
        var next = kept.Count == 0 ? 1 : kept.Max(k => k.Number) + 1;
        var places = kept.Select(k => (k.Sheet, k.Row)).ToHashSet();
        foreach (var (order, why) in refused)
            if (places.Add((why.Where.Sheet, why.Where.Row ?? 0)))
                db.ImportRefusals.Add(new ImportRefusal
                {
                    County = run.County, RunId = run.Id, Number = next++, Sheet = why.Where.Sheet, Row = why.Where.Row ?? 0, Column = why.Where.Column ?? "", Code = why.Code, OrderNumber = order.Length > 64 ? order[..64] : order,
                    Arguments = JsonSerializer.Serialize(why.Arguments.Select(a => Short(Convert.ToString(a, CultureInfo.InvariantCulture) ?? "")), Json),
                });
    }

    /// <summary>The refusal as it was.</summary>
    public static Refusal Read(ImportRun run, ImportRefusal row) =>
        new(row.Code, Place.Cell(run.FileName, row.Row, row.Column, row.Sheet), [.. JsonSerializer.Deserialize<string[]>(row.Arguments)!]);

    /// <summary>The refused rows with the reason in front: to mend in a sheet program and bring again.</summary>
    /// <returns>Null when the bytes of the file are gone.</returns>
    public static async Task<byte[]?> Sheet(ShanhuoDb db, Say say, ImportRun run, SheetFormat format, CancellationToken cancel)
    {
        var refused = await db.ImportRefusals.AsNoTracking().Where(r => r.County == run.County && r.RunId == run.Id).ToListAsync(cancel);
        if (await db.ImportFiles.Where(f => f.County == run.County && f.RunId == run.Id).Select(f => f.Content).SingleOrDefaultAsync(cancel) is not { } content) return null;
        var byPlace = refused.ToDictionary(r => (r.Sheet, r.Row));
        var memory = new MemoryStream();
        var reader = (await SheetReader.Open(new MemoryStream(content), run.FileName, cancel)).Value;
        var mapping = ChannelMapping.Parse(run.Mapping);
        SheetWriter? writer = null;
        var width = 0;
        try
        {
            foreach (var outcome in reader.Rows())
            {
                if (!outcome.Ok(out var row, out _)) break;
                if (writer is null)
                {
                    if (new SheetHeader(row).Find(mapping.Names("number")) < 0) continue;
                    width = row.Cells.Count;
                    writer = SheetWriter.Begin(format, memory, say["import.refused"], [new SheetColumn(say["import.why"], Width: 40), new SheetColumn(say["import.row"], SheetColumnKind.Whole), new SheetColumn(say["import.column"]), .. row.Cells.Select(c => new SheetColumn(c.Text ?? "", Width: 18))]);
                }
                else if (byPlace.TryGetValue((row.Sheet, row.Number), out var no))
                    writer.Row([say[no.Code, [.. Read(run, no).Arguments]], (SheetValue)(long)row.Number, no.Column, .. Enumerable.Range(0, width).Select(i => (SheetValue)row[i].Text)]);
            }
        }
        finally { writer?.Dispose(); }
        return memory.ToArray();
    }

    private static string Short(string text) => text.Length > 120 ? text[..120] + "…" : text;
}
