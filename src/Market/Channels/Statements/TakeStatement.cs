using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Channels.Statements;

/// <summary>Takes a settlement file in; the same bytes again are the statement that is there.</summary>
internal sealed class TakeStatementHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <summary>Reads and keeps it whole, or refuses it at its first wrong cell.</summary>
    public async Task<Outcome<PlatformStatement>> Handle(AreaCode county, string channel, Stream stream, string fileName, CancellationToken cancel)
    {
        if (!StatementTemplate.Shipped.TryGetValue(channel, out var template)) return new Refusal("market.channel-unknown", Place.Input("Channel"), channel);
        using var memory = new MemoryStream();
        await stream.CopyToAsync(memory, cancel);
        var content = memory.ToArray();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        if (await Earlier(county, channel, hash, cancel) is { } earlier) return earlier;
        var name = Path.GetFileName(fileName.Length > 200 ? fileName[^200..] : fileName);
        if (!(await SheetReader.Open(new MemoryStream(content, writable: false), name, cancel)).Ok(out var reader, out var no)) return no;
        if (!StatementReader.Read(template, reader).Ok(out var rows, out no)) return no;
        var statement = new PlatformStatement
        {
            Id = ids.Next(), County = county, Channel = channel, FileName = name, FileHash = hash, Orders = rows.Select(r => r.Number).Distinct(StringComparer.Ordinal).Count(), PaidOut = new Fen(rows.Sum(r => r.PaidOut.Value)), Deducted = new Fen(rows.Sum(r => r.Deducted.Value)),
            ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs,
        };
        db.PlatformStatements.Add(statement);
        db.PlatformStatementLines.AddRange(rows.Select((o, i) => new PlatformStatementLine
        {
            County = county, StatementId = statement.Id, Row = i + 1, Channel = channel, Number = o.Number, Day = o.Day, PaidOut = o.PaidOut,
            Commission = o.Deductions[0], Service = o.Deductions[1], Promotion = o.Deductions[2], Freight = o.Deductions[3], Other = o.Deductions[4],
        }));
        try
        {
            await db.SaveChangesAsync(cancel);
            return statement;
        }
        catch (DbUpdateException)
        {
            // The same file came from another browser at the same moment.
            db.ChangeTracker.Clear();
            if (await Earlier(county, channel, hash, cancel) is { } first) return first;
            throw;
        }
    }

    /// <summary>Takes a statement back that should not be here: it and its rows are gone, and that it was here stands in the trail. The file may be brought in again.</summary>
    /// <returns>Refused: it is not here.</returns>
    public async Task<Refusal?> TakeBack(AreaCode county, long id, CancellationToken cancel)
    {
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await db.PlatformStatements.AsNoTracking().SingleOrDefaultAsync(s => s.County == county && s.Id == id, cancel) is not { } statement) return new Refusal("market.statement-gone");
        await db.PlatformStatementLines.Where(l => l.County == county && l.StatementId == id).ExecuteDeleteAsync(cancel);
        if (await db.PlatformStatements.Where(s => s.County == county && s.Id == id).ExecuteDeleteAsync(cancel) == 0) return new Refusal("market.statement-gone");
        db.Record(ids, clock, "decision", "platform-statement-back", 0, fields: statement.FileHash, reason: $"{statement.Channel} {statement.FileName}");
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return null;
    }

    private Task<PlatformStatement?> Earlier(AreaCode county, string channel, string hash, CancellationToken cancel) =>
        db.PlatformStatements.AsNoTracking().SingleOrDefaultAsync(s => s.County == county && s.Channel == channel && s.FileHash == hash, cancel);
}
