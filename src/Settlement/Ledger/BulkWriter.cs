using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Ledger;

/// <summary>Writes many rows of the ledger in each database's own fast way, inside the context's transaction.</summary>
internal static class BulkWriter
{
    /// <summary>Held by whoever writes entries of a county, until the commit.</summary>
    public const int JournalLock = 1;

    /// <summary>Held by the one sealer of a county.</summary>
    public const int SealLock = 2;

    /// <summary>Waits until nobody else holds this lock of the county. SQLite has one writer anyway: the open transaction is the lock.</summary>
    public static async Task Lock(ShanhuoDb db, int kind, AreaCode county, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A lock is held until the end of a transaction; there is none.");
        if (db.IsSqlite) return;
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock($1, $2)", (NpgsqlConnection)db.Database.GetDbConnection());
        command.Parameters.Add(new() { Value = kind });
        command.Parameters.Add(new() { Value = (int)(county.Value / 1_000_000) });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Writes a batch.</summary>
    public static Task Write(ShanhuoDb db, LedgerBatch batch, CancellationToken cancel) => db.IsSqlite
        ? new SqliteRows((SqliteConnection)db.Database.GetDbConnection(), (SqliteTransaction)Transaction(db)).Write(batch, cancel)
        : new PostgresRows((NpgsqlConnection)db.Database.GetDbConnection()).Write(batch, cancel);

    /// <summary>Writes links of the chain.</summary>
    public static Task Write(ShanhuoDb db, AreaCode county, IReadOnlyList<Seal> seals, CancellationToken cancel) => db.IsSqlite
        ? new SqliteRows((SqliteConnection)db.Database.GetDbConnection(), (SqliteTransaction)Transaction(db)).Write(county, seals, cancel)
        : new PostgresRows((NpgsqlConnection)db.Database.GetDbConnection()).Write(county, seals, cancel);

    private static DbTransaction Transaction(ShanhuoDb db) => db.Database.CurrentTransaction!.GetDbTransaction();
}
