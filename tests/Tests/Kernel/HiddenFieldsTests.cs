using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market;
using Shanhuo.Market.Agents;
using Shanhuo.Migrations;
using Shanhuo.Tests.Databases;
using Shanhuo.Tests.Market.Agents;
using Shanhuo.Web;

namespace Shanhuo.Tests.Kernel;

/// <summary>A new key is for every hidden field, whichever module keeps it.</summary>
public sealed class HiddenFieldsTests
{
    // Of fields. Files are bytes, and keep the key under which they came.
    [Fact]
    public async Task Every_hidden_column_of_the_model_is_written_anew_by_somebody()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        var seen = new Statements();
        await using var services = new ServiceCollection().AddLogging().AddShanhuo(new Installation(host.Folder, host.Connection, false), host.Clock).ConfigureDbContext<SqliteDb>(o => o.AddInterceptors(seen)).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        foreach (var holder in scope.ServiceProvider.GetServices<IHoldHiddenFields>()) Assert.Equal(0, await holder.Renew(CancellationToken.None));
        var model = scope.ServiceProvider.GetRequiredService<ShanhuoDb>().Model;
        var hidden = model.GetEntityTypes().SelectMany(e => e.GetProperties()).Where(p => p.ClrType == typeof(string) && p.Name.EndsWith("Hidden", StringComparison.Ordinal)).Select(p => (Table: p.DeclaringType.GetTableName()!, Column: p.GetColumnName())).ToList();
        Assert.True(hidden.Count >= 10, $"{hidden.Count} hidden columns");
        Assert.Empty(hidden.Where(h => !seen.All.Any(sql => sql.Contains($"FROM \"{h.Table}\"", StringComparison.Ordinal) && sql.LastIndexOf("WHERE", StringComparison.Ordinal) is >= 0 and var at && sql.IndexOf($"\"{h.Column}\"", at, StringComparison.Ordinal) >= 0)).Select(h => $"{h.Table}.{h.Column}"));
    }

    [Theory, EachDatabase]
    public async Task The_phone_of_a_slip_is_read_under_a_new_key_as_before(DatabaseKind kind)
    {
        await using var host = await Counter.Start(kind);
        var slip = (await host.Draft()).Value;
        Task<string> Hidden() => host.Db(db => db.AgentSlips.Select(s => s.PhoneHidden!).SingleAsync());
        var before = await Hidden();
        var secrets = host.Services.GetRequiredService<Secrets>();
        var key = secrets.AddKey();
        await host.In(async s =>
        {
            foreach (var holder in s.GetServices<IHoldHiddenFields>())
                while (await holder.Renew(CancellationToken.None) > 0) { }
            return true;
        }, Scope.Everything);
        var after = await Hidden();
        Assert.NotEqual(before, after);
        Assert.StartsWith($"{key}:", after, StringComparison.Ordinal);
        Assert.Equal("13900001234", secrets.Reveal(after, DraftOrderHandler.Binding(slip.RequestId)));
    }

    private sealed class Statements : DbCommandInterceptor
    {
        public ConcurrentBag<string> All { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            All.Add(command.CommandText);
            return new(result);
        }
    }
}
