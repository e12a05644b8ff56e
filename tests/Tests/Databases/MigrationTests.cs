using Microsoft.EntityFrameworkCore;

namespace Shanhuo.Tests.Databases;

public sealed class MigrationTests
{
    [Theory, EachDatabase]
    public async Task The_model_has_no_change_without_a_migration(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await host.Db(db => { Assert.False(db.Database.HasPendingModelChanges()); return Task.CompletedTask; });
    }
}
