using Shanhuo.Tests.Databases;

namespace Shanhuo.Bench;

/// <summary>The database that a bench runs on: <c>--db sqlite</c>, <c>postgres</c> (which, as in the tests, does not wait for the disk) or <c>durable</c> (PostgreSQL with its own settings, as in use).</summary>
/// <param name="Name">For the report.</param>
/// <param name="IsPostgres">PostgreSQL, either way?</param>
/// <param name="Connection">To a new, empty database.</param>
internal sealed record BenchDatabase(string Name, bool IsPostgres, string Connection)
{
    private static readonly Lazy<PostgresServer> Durable = new(PostgresServer.Durable);

    /// <param name="options">Of the command.</param>
    /// <param name="folder">For SQLite's file.</param>
    /// <param name="file">Its name.</param>
    /// <exception cref="ArgumentException">Another word than these three.</exception>
    public static BenchDatabase Of(Options options, string folder, string file = "shanhuo") => options.Text("--db", "sqlite") switch
    {
        "sqlite" => new("SQLite", false, $"Data Source={Path.Combine(folder, file + ".db")}"),
        "postgres" => On(PostgresServer.Shared, "PostgreSQL (fsync off)"),
        "durable" => On(Durable.Value, "PostgreSQL (fsync on)"),
        var other => throw new ArgumentException($"--db {other}: sqlite, postgres or durable.", nameof(options)),
    };

    private static BenchDatabase On(PostgresServer server, string name) => new(name, true, server.Connection(server.Create()));
}
