using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;

namespace Shanhuo.Migrations;

/// <summary>The embedded default.</summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options, ModuleList modules, CurrentScope current) : ShanhuoDb(options, modules, current);

/// <summary>The database for more.</summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options, ModuleList modules, CurrentScope current) : ShanhuoDb(options, modules, current);

/// <summary>Opens the database that a connection string names: <c>Host=…</c> is PostgreSQL, anything else a SQLite file.</summary>
public static class Databases
{
    /// <summary>Registers <see cref="ShanhuoDb"/>, one per request or job.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="connection">Connection string of Npgsql, or <c>Data Source=file</c>.</param>
    public static IServiceCollection AddShanhuoDb(this IServiceCollection services, string connection)
    {
        if (IsPostgres(connection))
        {
            services.AddDbContext<PostgresDb>(options => options.UseNpgsql(connection, pg => pg.MigrationsAssembly(typeof(Databases).Assembly.FullName)).Quiet());
            services.AddScoped<ShanhuoDb>(s => s.GetRequiredService<PostgresDb>());
        }
        else
        {
            services.AddDbContext<SqliteDb>(options => options.UseSqlite(connection, lite => lite.MigrationsAssembly(typeof(Databases).Assembly.FullName)).AddInterceptors(Pragmas.Instance).Quiet());
            services.AddScoped<ShanhuoDb>(s => s.GetRequiredService<SqliteDb>());
        }
        return services;
    }

    /// <summary>Brings the tables to the program's version.</summary>
    /// <param name="database">Of a <see cref="ShanhuoDb"/>.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task BringUp(this DatabaseFacade database, CancellationToken cancel)
    {
        await database.MigrateAsync(cancel);
        await database.TeachPlanner(cancel);
    }

    /// <summary>Tells SQLite how full the tables will be; PostgreSQL finds out itself.</summary>
    /// <param name="database">Of a <see cref="ShanhuoDb"/>, with its tables.</param>
    /// <param name="cancel">Stops it.</param>
    public static Task TeachPlanner(this DatabaseFacade database, CancellationToken cancel) => database.IsSqlite() ? PlanFigures.Teach(database, cancel) : Task.CompletedTask;

    /// <summary>Does this connection string name PostgreSQL?</summary>
    public static bool IsPostgres(string connection) => connection.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    private static DbContextOptionsBuilder Quiet(this DbContextOptionsBuilder options) =>
        options.ConfigureWarnings(w => w.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning, CoreEventId.NoEntityTypeConfigurationsWarning));

    /// <summary>Every SQLite connection writes ahead, syncs each commit to disk (money), and waits for the writer before it.</summary>
    private sealed class Pragmas : DbConnectionInterceptor
    {
        public static readonly Pragmas Instance = new();
        private const string Sql = "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma busy_timeout=30000; pragma temp_store=memory; pragma cache_size=-65536;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Sql;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Sql;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
