using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Shanhuo.Tests.Databases;

/// <summary>
/// Looks at the plan of every statement that a page of the tests asks of SQLite, and fails the page when it would read a big table whole: then its time grows
/// with the county. The plan follows from the shipped figures of how full tables are, not from the few rows of a test. A page that must read all says why in a tag.
/// </summary>
internal sealed partial class PlanWatch : DbCommandInterceptor
{
    private static readonly HashSet<string> Big =
    [
        "market_intakes", "market_weighings", "market_lot_moves", "market_lot_growers", "market_orders", "market_order_lines", "market_refund_claims", "market_packing_scans",
        "settlement_entries", "settlement_postings", "settlement_seals", "registry_looks", "surveys_responses",
    ];

    private static readonly ConcurrentDictionary<string, string?> Seen = new(StringComparer.Ordinal);

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) => Look(command, result);
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => new(Look(command, result));
    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) => new(Look(command, result));
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => new(Look(command, result));

    private static T Look<T>(DbCommand command, T result)
    {
        var sql = command.CommandText;
        if (!Statement().IsMatch(sql) || !Big.Any(sql.Contains) || sql.Contains("-- whole:", StringComparison.Ordinal)) return result;
        if (Seen.GetOrAdd(sql, _ => Fault(command)) is { } fault) throw new InvalidOperationException(fault);
        return result;
    }

    private static string? Fault(DbCommand command)
    {
        var tables = Alias().Matches(command.CommandText).GroupBy(m => m.Groups[2].Value).ToDictionary(g => g.Key, g => g.First().Groups[1].Value);
        using var explain = command.Connection!.CreateCommand();
        explain.Transaction = command.Transaction;
        explain.CommandText = "explain query plan " + command.CommandText;
        foreach (SqliteParameter p in command.Parameters) explain.Parameters.Add(new SqliteParameter(p.ParameterName, p.SqliteType) { Value = p.Value });
        var steps = new List<string>();
        using (var reader = explain.ExecuteReader())
            while (reader.Read()) steps.Add(reader.GetString(3));
        // The first page of a list that an index has in order is not the whole list.
        var stopsEarly = Early().IsMatch(command.CommandText) && !steps.Exists(s => s.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal) || s.Contains("TEMP B-TREE FOR GROUP BY", StringComparison.Ordinal));
        if (stopsEarly) return null;
        var whole = steps.FirstOrDefault(s => Step().Match(s) is { Success: true } m && Big.Contains(tables.GetValueOrDefault(m.Groups[2].Value, m.Groups[2].Value)) && (m.Groups[1].Value == "SCAN" || OnlyCounty().IsMatch(m.Groups[3].Value)));
        return whole is null ? null : $"This statement reads a big table whole: {whole}\n{string.Join('\n', steps)}\n{command.CommandText}";
    }

    [GeneratedRegex(@"^\s*(--.*\n\s*)*(select|update|delete|with)\b", RegexOptions.IgnoreCase)] private static partial Regex Statement();
    [GeneratedRegex("\"(\\w+)\" AS \"(\\w+)\"")] private static partial Regex Alias();
    [GeneratedRegex(@"\bLIMIT\b|\bEXISTS\b|^SELECT (MAX|MIN)\(")] private static partial Regex Early();
    [GeneratedRegex(@"^(SCAN|SEARCH) (\w+)(.*)$")] private static partial Regex Step();
    [GeneratedRegex(@"\((county=\?|county[<>]\?( AND county[<>]\?)?)\)$")] private static partial Regex OnlyCounty();
}
