using Npgsql;
using NpgsqlTypes;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Ledger;

/// <summary>The ledger's rows into PostgreSQL: binary COPY for what is new, one statement over arrays for what is added to.</summary>
/// <remarks>Values are written synchronously: awaiting each costs more than sending it, and only a full buffer touches the network.</remarks>
internal sealed class PostgresRows(NpgsqlConnection connection)
{
    public async Task Write(LedgerBatch batch, CancellationToken cancel)
    {
        var county = batch.County.Value;
        if (batch.Opened.Count > 0)
        {
            await using var copy = await connection.BeginBinaryImportAsync("copy settlement_accounts (county, id, role, owner, balance) from stdin (format binary)", cancel);
            foreach (var account in batch.Opened)
            {
                copy.StartRow();
                copy.Write(county, NpgsqlDbType.Bigint);
                copy.Write(account.Id, NpgsqlDbType.Bigint);
                copy.Write(account.Role, NpgsqlDbType.Text);
                copy.Write(account.Owner, NpgsqlDbType.Text);
                copy.Write(0L, NpgsqlDbType.Bigint);
            }
            await copy.CompleteAsync(cancel);
        }
        await Entries(county, batch.Entries, cancel);
        await Postings(county, batch.Postings, cancel);
        await using (var command = new NpgsqlCommand("update settlement_accounts a set balance = a.balance + v.fen from unnest($2, $3) v(id, fen) where a.county = $1 and a.id = v.id", connection))
        {
            command.Parameters.Add(new() { Value = county });
            command.Parameters.Add(new() { Value = batch.Balances.Keys.ToArray() });
            command.Parameters.Add(new() { Value = batch.Balances.Values.ToArray() });
            if (await command.ExecuteNonQueryAsync(cancel) != batch.Balances.Count) throw new InvalidOperationException("An account to be posted to is missing.");
        }
        if (batch.Months.Count > 0) await Months(county, batch.Months, cancel);
        if (batch.Lots.Count > 0) await Lots(county, batch.Lots, cancel);
    }

    public async Task Write(AreaCode county, IReadOnlyList<Seal> seals, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy settlement_seals (county, number, entry_id, hash) from stdin (format binary)", cancel);
        foreach (var seal in seals)
        {
            copy.StartRow();
            copy.Write(county.Value, NpgsqlDbType.Bigint);
            copy.Write(seal.Number, NpgsqlDbType.Bigint);
            copy.Write(seal.EntryId, NpgsqlDbType.Bigint);
            copy.Write(seal.Hash, NpgsqlDbType.Bytea);
        }
        await copy.CompleteAsync(cancel);
    }

    private async Task Entries(long county, List<JournalEntry> entries, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy settlement_entries (county, id, cause, cause_key, day, recorded_ms, scheme_version_id, lot_id, line_id, release_day) from stdin (format binary)", cancel);
        foreach (var entry in entries)
        {
            copy.StartRow();
            copy.Write(county, NpgsqlDbType.Bigint);
            copy.Write(entry.Id, NpgsqlDbType.Bigint);
            copy.Write((int)entry.Cause, NpgsqlDbType.Integer);
            copy.Write(entry.CauseKey, NpgsqlDbType.Text);
            copy.Write(entry.Day, NpgsqlDbType.Date);
            copy.Write(entry.RecordedMs, NpgsqlDbType.Bigint);
            Maybe(copy, entry.SchemeVersionId, NpgsqlDbType.Bigint);
            Maybe(copy, entry.LotId, NpgsqlDbType.Bigint);
            Maybe(copy, entry.LineId, NpgsqlDbType.Bigint);
            Maybe(copy, entry.ReleaseDay, NpgsqlDbType.Date);
        }
        await copy.CompleteAsync(cancel);
    }

    private async Task Postings(long county, List<PostingRow> postings, CancellationToken cancel)
    {
        await using var copy = await connection.BeginBinaryImportAsync("copy settlement_postings (county, entry_id, account_id, is_sunk, amount) from stdin (format binary)", cancel);
        foreach (var posting in postings)
        {
            copy.StartRow();
            copy.Write(county, NpgsqlDbType.Bigint);
            copy.Write(posting.EntryId, NpgsqlDbType.Bigint);
            copy.Write(posting.AccountId, NpgsqlDbType.Bigint);
            copy.Write(posting.IsSunk, NpgsqlDbType.Boolean);
            copy.Write(posting.Fen, NpgsqlDbType.Bigint);
        }
        await copy.CompleteAsync(cancel);
    }

    private async Task Months(long county, IReadOnlyDictionary<MonthRole, MonthChange> months, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            insert into settlement_month_sums as m (county, month, scheme_version_id, product_id, area, channel, role, amount, quantity)
            select $1, v.* from unnest($2, $3, $4, $5, $6, $7, $8, $9) v(month, scheme_version_id, product_id, area, channel, role, amount, quantity)
            on conflict (county, month, scheme_version_id, product_id, area, channel, role) do update set amount = m.amount + excluded.amount, quantity = m.quantity + excluded.quantity
            """, connection);
        command.Parameters.Add(new() { Value = county });
        command.Parameters.Add(new() { Value = months.Keys.Select(k => k.Place.Month).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date });
        command.Parameters.Add(new() { Value = months.Keys.Select(k => k.Place.SchemeVersionId).ToArray() });
        command.Parameters.Add(new() { Value = months.Keys.Select(k => k.Place.ProductId).ToArray() });
        command.Parameters.Add(new() { Value = months.Keys.Select(k => k.Place.Area.Value).ToArray() });
        command.Parameters.Add(new() { Value = months.Keys.Select(k => k.Place.Channel).ToArray() });
        command.Parameters.Add(new() { Value = months.Keys.Select(k => k.Role).ToArray() });
        command.Parameters.Add(new() { Value = months.Values.Select(v => v.Fen).ToArray() });
        command.Parameters.Add(new() { Value = months.Values.Select(v => v.Quantity).ToArray() });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task Lots(long county, IReadOnlyDictionary<LotRole, LotChange> lots, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            insert into settlement_lot_sums as s (county, lot_id, month, scheme_version_id, role, amount, quantity, release_until)
            select $1, v.* from unnest($2, $3, $4, $5, $6, $7, $8) v(lot_id, month, scheme_version_id, role, amount, quantity, release_until)
            on conflict (county, lot_id, month, scheme_version_id, role) do update set amount = s.amount + excluded.amount, quantity = s.quantity + excluded.quantity,
              release_until = greatest(s.release_until, excluded.release_until)
            """, connection);
        command.Parameters.Add(new() { Value = county });
        command.Parameters.Add(new() { Value = lots.Keys.Select(k => k.LotId).ToArray() });
        command.Parameters.Add(new() { Value = lots.Keys.Select(k => k.Month).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date });
        command.Parameters.Add(new() { Value = lots.Keys.Select(k => k.SchemeVersionId).ToArray() });
        command.Parameters.Add(new() { Value = lots.Keys.Select(k => k.Role).ToArray() });
        command.Parameters.Add(new() { Value = lots.Values.Select(v => v.Fen).ToArray() });
        command.Parameters.Add(new() { Value = lots.Values.Select(v => v.Quantity).ToArray() });
        command.Parameters.Add(new() { Value = lots.Values.Select(v => v.ReleaseDay).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date });
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static void Maybe<T>(NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type) where T : struct
    {
        if (value is { } known) copy.Write(known, type);
        else copy.WriteNull();
    }
}
