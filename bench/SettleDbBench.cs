using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Shanhuo.Kernel;
using Shanhuo.Migrations;
using Shanhuo.Settlement.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Settlement.Ledger;
using Shanhuo.Web;

namespace Shanhuo.Bench;

/// <summary>Settling into a database beside writing the same rows raw into the same tables with the same indexes, in the same run.</summary>
internal static class SettleDbBench
{
    public static async Task<int> Run(Options options)
    {
        var count = options.Number("--lines", 200_000);
        var folder = Directory.CreateTempSubdirectory("shanhuo-bench-").FullName;
        try
        {
            // Both ways once on a few lines, so that the compiler's work is not measured.
            if (options.Number("--warm", 1) == 1) await Once(options, folder, "warm", 10_000, say: false);
            return await Once(options, folder, "measured", count, say: true);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, true);
        }
    }

    private static async Task<int> Once(Options options, string folder, string name, long count, bool say)
    {
        var (database, beside) = (BenchDatabase.Of(options, folder, name), BenchDatabase.Of(options, folder, name + "-raw"));
        await using var settled = await Open(database, folder);
        await In(settled, db => ManyLines.Found(db, ExampleScheme.Json));
        await In(settled, db => ManyLines.Sell(db, 0, count));
        if (database.IsPostgres) await In(settled, db => db.Database.ExecuteSqlRawAsync("analyze"));
        var (wall, cpu) = (Stopwatch.StartNew(), Report.Cpu);
        var report = await In(settled, (s, _) => s.GetRequiredService<SettleLines>().Settle(ManyLines.County, new DateOnly(2026, 2, 1), null, default));
        var (settling, settlingCpu) = (wall.Elapsed.TotalSeconds, Report.Cpu - cpu);
        if (report.Lines != count) throw new InvalidOperationException($"{report.Lines} of {count} lines were settled.");
        var entries = await In(settled, (_, db) => db.Set<JournalEntry>().AsNoTracking().OrderBy(e => e.Id).ToListAsync());
        var postings = await In(settled, (_, db) => db.Set<Posting>().OrderBy(p => p.EntryId).ThenBy(p => p.AccountId).ThenBy(p => p.IsSunk).Select(p => new PostingRow(p.EntryId, p.AccountId, p.IsSunk, (long)p.Amount)).ToListAsync());

        await using var raw = await Open(beside, folder);
        (wall, cpu) = (Stopwatch.StartNew(), Report.Cpu);
        await In(raw, async db =>
        {
            await using var change = await db.Database.BeginTransactionAsync();
            if (database.IsPostgres) await Copy((NpgsqlConnection)db.Database.GetDbConnection(), entries, postings);
            else Insert((SqliteConnection)db.Database.GetDbConnection(), entries, postings);
            await change.CommitAsync();
        });
        var (writing, writingCpu) = (wall.Elapsed.TotalSeconds, Report.Cpu - cpu);
        var rows = entries.Count + postings.Count;
        if (!say) return 0;
        Report.Say($"{database.Name}: {count:N0} lines, {rows:N0} rows of entries and postings");
        Report.Say($"  settled: {settling:0.0} s ({settlingCpu:0.0} CPU s here), {rows / settling:N0} rows/s, {count / settling:N0} lines/s");
        Report.Say($"  raw:     {writing:0.0} s ({writingCpu:0.0} CPU s here), {rows / writing:N0} rows/s");
        Report.Say($"  settling runs at {writing / settling:0.00} of the raw rate (at least 0.33 is asked for)");
        wall.Restart();
        await In(settled, (s, _) => s.GetRequiredService<Sealer>().SealAll(ManyLines.County, default));
        Report.Say($"  sealed in {wall.Elapsed.TotalSeconds:0.0} s");
        wall.Restart();
        var verified = await In(settled, (s, _) => s.GetRequiredService<LedgerAudit>().Verify(ManyLines.County, null, null, default));
        Report.Say($"  verified in {wall.Elapsed.TotalSeconds:0.0} s: {(verified.First is null ? "sound" : verified.First)}");
        return writing / settling >= 1.0 / 3 && verified.First is null ? 0 : 1;
    }

    private static async Task<ServiceProvider> Open(BenchDatabase database, string folder)
    {
        var services = new ServiceCollection().AddLogging().AddShanhuo(new Installation(folder, database.Connection, false), TimeProvider.System).BuildServiceProvider();
        await In(services, db => db.Database.BringUp(default));
        return services;
    }

    private static Task In(ServiceProvider services, Func<ShanhuoDb, Task> work) => In(services, async (_, db) => { await work(db); return 0; });

    private static async Task<T> In<T>(ServiceProvider services, Func<IServiceProvider, ShanhuoDb, Task<T>> work)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        return await work(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<ShanhuoDb>());
    }

    // The reference is written on its own, plainly, so that it does not get slower or faster with what it is compared to.
    private static async Task Copy(NpgsqlConnection connection, List<JournalEntry> entries, List<PostingRow> postings)
    {
        await using (var copy = await connection.BeginBinaryImportAsync("copy settlement_entries (county, id, cause, cause_key, day, recorded_ms, scheme_version_id, lot_id, line_id, release_day) from stdin (format binary)"))
        {
            foreach (var e in entries)
            {
                copy.StartRow();
                copy.Write(e.County.Value, NpgsqlDbType.Bigint);
                copy.Write(e.Id, NpgsqlDbType.Bigint);
                copy.Write((int)e.Cause, NpgsqlDbType.Integer);
                copy.Write(e.CauseKey, NpgsqlDbType.Text);
                copy.Write(e.Day, NpgsqlDbType.Date);
                copy.Write(e.RecordedMs, NpgsqlDbType.Bigint);
                copy.Write(e.SchemeVersionId!.Value, NpgsqlDbType.Bigint);
                copy.Write(e.LotId!.Value, NpgsqlDbType.Bigint);
                copy.Write(e.LineId!.Value, NpgsqlDbType.Bigint);
                copy.Write(e.ReleaseDay!.Value, NpgsqlDbType.Date);
            }
            copy.Complete();
        }
        await using var rows = await connection.BeginBinaryImportAsync("copy settlement_postings (county, entry_id, account_id, is_sunk, amount) from stdin (format binary)");
        foreach (var p in postings)
        {
            rows.StartRow();
            rows.Write(ManyLines.County.Value, NpgsqlDbType.Bigint);
            rows.Write(p.EntryId, NpgsqlDbType.Bigint);
            rows.Write(p.AccountId, NpgsqlDbType.Bigint);
            rows.Write(p.IsSunk, NpgsqlDbType.Boolean);
            rows.Write(p.Fen, NpgsqlDbType.Bigint);
        }
        rows.Complete();
    }

    private static void Insert(SqliteConnection connection, List<JournalEntry> entries, List<PostingRow> postings)
    {
        using (var insert = Prepare(connection, "insert into settlement_entries (county, id, cause, cause_key, day, recorded_ms, scheme_version_id, lot_id, line_id, release_day) values ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)", 10))
            foreach (var e in entries) Run(insert, e.County.Value, e.Id, (int)e.Cause, e.CauseKey, e.Day.ToString("O"), e.RecordedMs, e.SchemeVersionId!, e.LotId!, e.LineId!, e.ReleaseDay!.Value.ToString("O"));
        using (var insert = Prepare(connection, "insert into settlement_postings (county, entry_id, account_id, is_sunk, amount) values ($0, $1, $2, $3, $4)", 5))
            foreach (var p in postings) Run(insert, ManyLines.County.Value, p.EntryId, p.AccountId, p.IsSunk ? 1 : 0, p.Fen);
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int count)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < count; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        return command;
    }

    private static void Run(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }
}
