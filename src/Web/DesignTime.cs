using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Shanhuo.Kernel;
using Shanhuo.Migrations;

namespace Shanhuo.Web;

/// <summary>Lets <c>./dev migrate NAME</c> make a migration for each database without a server.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteDb>
{
    public SqliteDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteDb>().UseSqlite("Data Source=:memory:", o => o.MigrationsAssembly(typeof(Databases).Assembly.FullName)).Options, ShanhuoHost.Modules, new CurrentScope { Scope = Scope.Everything });
}

/// <summary>The same for PostgreSQL.</summary>
internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresDb>
{
    public PostgresDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql("Host=none", o => o.MigrationsAssembly(typeof(Databases).Assembly.FullName)).Options, ShanhuoHost.Modules, new CurrentScope { Scope = Scope.Everything });
}
