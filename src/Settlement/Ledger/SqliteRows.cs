using System.Globalization;
using Microsoft.Data.Sqlite;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Ledger;

/// <summary>The ledger's rows into SQLite: one prepared statement per table, run for each row inside the transaction.</summary>
internal sealed class SqliteRows(SqliteConnection connection, SqliteTransaction transaction)
{
    public Task Write(LedgerBatch batch, CancellationToken cancel)
    {
        var county = batch.County.Value;
        using (var insert = new Statement(connection, transaction, "insert into settlement_accounts (county, id, role, owner, balance) values ($0, $1, $2, $3, 0)", 4))
            foreach (var account in batch.Opened) insert.Run(county, account.Id, account.Role, account.Owner);
        using (var insert = new Statement(connection, transaction, "insert into settlement_entries (county, id, cause, cause_key, day, recorded_ms, scheme_version_id, lot_id, line_id, release_day) values ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)", 10))
            foreach (var e in batch.Entries) insert.Run(county, e.Id, (int)e.Cause, e.CauseKey, Text(e.Day), e.RecordedMs, e.SchemeVersionId, e.LotId, e.LineId, e.ReleaseDay is { } day ? Text(day) : null);
        cancel.ThrowIfCancellationRequested();
        using (var insert = new Statement(connection, transaction, "insert into settlement_postings (county, entry_id, account_id, is_sunk, amount) values ($0, $1, $2, $3, $4)", 5))
            foreach (var p in batch.Postings) insert.Run(county, p.EntryId, p.AccountId, p.IsSunk ? 1 : 0, p.Fen);
        using (var update = new Statement(connection, transaction, "update settlement_accounts set balance = balance + $2 where county = $0 and id = $1", 3))
            foreach (var (id, fen) in batch.Balances)
                if (update.Run(county, id, fen) != 1) throw new InvalidOperationException("An account to be posted to is missing.");
        using (var upsert = new Statement(connection, transaction, """
            insert into settlement_month_sums (county, month, scheme_version_id, product_id, area, channel, role, amount, quantity) values ($0, $1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (county, month, scheme_version_id, product_id, area, channel, role) do update set amount = amount + excluded.amount, quantity = quantity + excluded.quantity
            """, 9))
            foreach (var ((place, role), (fen, quantity)) in batch.Months)
                upsert.Run(county, Text(place.Month), place.SchemeVersionId, place.ProductId, place.Area.Value, place.Channel, role, fen, quantity);
        using (var upsert = new Statement(connection, transaction, """
            insert into settlement_lot_sums (county, lot_id, month, scheme_version_id, role, amount, quantity, release_until) values ($0, $1, $2, $3, $4, $5, $6, $7)
            on conflict (county, lot_id, month, scheme_version_id, role) do update set amount = amount + excluded.amount, quantity = quantity + excluded.quantity,
              release_until = max(coalesce(release_until, excluded.release_until), coalesce(excluded.release_until, release_until))
            """, 8))
            foreach (var ((lot, month, version, role), (fen, quantity, release)) in batch.Lots)
                upsert.Run(county, lot, Text(month), version, role, fen, quantity, release is { } day ? Text(day) : null);
        return Task.CompletedTask;
    }

    public Task Write(AreaCode county, IReadOnlyList<Seal> seals, CancellationToken cancel)
    {
        using var insert = new Statement(connection, transaction, "insert into settlement_seals (county, number, entry_id, hash) values ($0, $1, $2, $3)", 4);
        foreach (var seal in seals) insert.Run(county.Value, seal.Number, seal.EntryId, seal.Hash);
        cancel.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    // As EF stores a DateOnly.
    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A prepared statement with its parameters $0, $1…; the driver compiles it at the first run only.</summary>
    private sealed class Statement : IDisposable
    {
        private readonly SqliteCommand command;
        private readonly SqliteParameter[] parameters;

        public Statement(SqliteConnection connection, SqliteTransaction transaction, string sql, int count)
        {
            command = new SqliteCommand(sql, connection, transaction);
            parameters = [.. Enumerable.Range(0, count).Select(i => command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" }))];
        }

        public int Run(params ReadOnlySpan<object?> values)
        {
            for (var i = 0; i < values.Length; i++) parameters[i].Value = values[i] ?? DBNull.Value;
            return command.ExecuteNonQuery();
        }

        public void Dispose() => command.Dispose();
    }
}
