using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Shanhuo.Kernel;

/// <summary>Writes many new rows at the speed of the database: binary COPY for PostgreSQL, one prepared statement for SQLite. The change tracker never sees them.</summary>
public static class BulkInsert
{
    /// <summary>Adds the rows inside the context's current transaction, or one of its own.</summary>
    /// <exception cref="DbException">A key stands twice, or the database is lost; nothing of this call is kept.</exception>
    public static async Task InsertAll<T>(this ShanhuoDb db, IEnumerable<T> rows, CancellationToken cancel) where T : class
    {
        var type = db.Model.FindEntityType(typeof(T)) ?? throw new ArgumentException($"{typeof(T).Name} has no table.");
        var columns = type.GetProperties().Select(p => new Column(p)).ToArray();
        var table = $"\"{type.GetTableName()}\"";
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        try
        {
            var connection = db.Database.GetDbConnection();
            if (connection is NpgsqlConnection postgres)
            {
                await using var copy = await postgres.BeginBinaryImportAsync($"copy {table} ({names}) from stdin (format binary)", cancel);
                foreach (var row in rows)
                {
                    await copy.StartRowAsync(cancel);
                    foreach (var column in columns) await Write(copy, column.Of(row), cancel);
                }
                await copy.CompleteAsync(cancel);
            }
            else
            {
                await using var command = connection.CreateCommand();
                command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
                command.CommandText = $"insert into {table} ({names}) values ({string.Join(", ", columns.Select((_, i) => $"$p{i}"))})";
                var parameters = columns.Select((_, i) => { var p = command.CreateParameter(); p.ParameterName = $"$p{i}"; command.Parameters.Add(p); return p; }).ToArray();
                foreach (var row in rows)
                {
                    cancel.ThrowIfCancellationRequested();
                    for (var i = 0; i < columns.Length; i++) parameters[i].Value = columns[i].Of(row) ?? DBNull.Value;
                    command.ExecuteNonQuery();
                }
            }
            if (own is not null) await own.CommitAsync(cancel);
        }
        finally
        {
            if (own is not null) await own.DisposeAsync();
        }
    }

    private static Task Write(NpgsqlBinaryImporter copy, object? value, CancellationToken cancel) => value switch
    {
        null => copy.WriteNullAsync(cancel),
        long v => copy.WriteAsync(v, cancel),
        int v => copy.WriteAsync(v, cancel),
        bool v => copy.WriteAsync(v, cancel),
        string v => copy.WriteAsync(v, cancel),
        DateOnly v => copy.WriteAsync(v, cancel),
        Guid v => copy.WriteAsync(v, cancel),
        byte[] v => copy.WriteAsync(v, cancel),
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    private sealed class Column(IProperty property)
    {
        private readonly Func<object?, object?>? convert = property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider : null;
        private readonly Func<object, object?> read = Reader(property);

        public string Name { get; } = property.GetColumnName();

        public object? Of(object row)
        {
            var value = read(row);
            value = value is null || convert is null ? value : convert(value);
            return value is Enum ? Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) : value;
        }

        private static Func<object, object?> Reader(IProperty property)
        {
            var getter = property.GetGetter();
            return row => getter.GetClrValue(row);
        }
    }
}
