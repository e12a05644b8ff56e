using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;
using Shanhuo.Tests.Databases;

namespace Shanhuo.Tests.Registry.Trail;

public sealed class TrailTests
{
    [Theory, EachDatabase]
    public async Task Any_changed_missing_or_smuggled_record_is_found_and_named(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Write(host, 25);
        Assert.Null((await Verify(host)).Fault);
        await Write(host, 5);
        var sound = await Verify(host);
        Assert.Equal((30L, 0L, null), (sound.Sealed, sound.Waiting, sound.Fault));

        var third = await host.Db(db => db.TrailSeals.Where(s => s.Number == 3).Select(s => s.RecordId).SingleAsync());
        foreach (var change in new[] { "role = 'x'", "reason = null", "household_id = household_id + 1", "at_ms = at_ms + 1", "fields = 'y'", "what = ''" })
        {
            await Sql(host, "create table kept as select * from registry_trail");
            await Sql(host, $"update registry_trail set {change} where id = {third}");
            var check = await Verify(host);
            Assert.Equal(("trail.changed", 3L, third, 2L), (check.Fault!.Code, (long)check.Fault.Arguments[0], (long)check.Fault.Arguments[1], check.Sealed));
            await Sql(host, $"delete from registry_trail where id = {third}");
            Assert.Equal("trail.missing", (await Verify(host)).Fault!.Code);
            await Sql(host, $"insert into registry_trail select * from kept where id = {third}");
            await Sql(host, "drop table kept");
            Assert.Null((await Verify(host)).Fault);
        }
        await Sql(host, "insert into registry_trail (id, kind, household_id, account_id, role, actor_area, what, at_ms) values (5, 'look', 1, 1, '', 0, 'statement', 1)");
        Assert.Equal("trail.outside", (await Verify(host)).Fault!.Code);
    }

    [Theory, EachDatabase]
    public async Task A_chain_that_was_made_anew_from_a_gap_on_is_found(DatabaseKind kind)
    {
        await using var host = await TestHost.Start(kind);
        await Write(host, 6);
        await Verify(host);
        await Sql(host, "delete from registry_trail where id in (select record_id from registry_trail_seals where number = 4)");
        await Sql(host, "delete from registry_trail_seals where number = 4");
        Assert.Equal("trail.gap", (await Verify(host)).Fault!.Code);
    }

    private static Task Write(TestHost host, int count) => host.In(async s =>
    {
        var db = s.GetRequiredService<ShanhuoDb>();
        for (var i = 0; i < count; i++) db.Record(s.GetRequiredService<Ids>(), host.Clock, "reveal", "identity", 1, 2, "identity", "核对证件");
        await db.SaveChangesAsync();
    });

    private static Task<TrailCheck> Verify(TestHost host) => host.In(s => s.GetRequiredService<AuditTrail>().Verify(default));

    private static Task Sql(TestHost host, string sql) => host.Db(db => db.Database.ExecuteSqlRawAsync(sql));
}
