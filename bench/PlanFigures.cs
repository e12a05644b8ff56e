using Microsoft.Data.Sqlite;

namespace Shanhuo.Bench;

/// <summary>Writes down how many rows each value of each index has, as SQLite's ANALYZE counts them in a full database.</summary>
internal static class PlanFigures
{
    public static void Write(string database, string to)
    {
        using var connection = new SqliteConnection($"Data Source={database};Pooling=false");
        connection.Open();
        using var analyze = connection.CreateCommand();
        analyze.CommandText = "analyze";
        analyze.ExecuteNonQuery();
        using var read = connection.CreateCommand();
        // One interviewer made all responses of the demo; a county has hundreds, and the planner would leave their index alone.
        read.CommandText = "select tbl, idx, stat from sqlite_stat1 where idx is not null and tbl not like '\\_\\_%' escape '\\' and tbl <> 'surveys_responses' order by tbl, idx";
        using var rows = read.ExecuteReader();
        using var file = new StreamWriter(to) { NewLine = "\n" };
        while (rows.Read()) file.WriteLine($"{rows.GetString(0)}\t{rows.GetString(1)}\t{rows.GetString(2)}");
    }
}
