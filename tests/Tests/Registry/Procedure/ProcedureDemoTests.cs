using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Registry.Contracts;
using Shanhuo.Registry.Demo;
using Shanhuo.Registry.Monitoring;
using Shanhuo.Registry.Procedure;
using Shanhuo.Tests.Databases;
using Shanhuo.Web;

namespace Shanhuo.Tests.Registry.Procedure;

public sealed class ProcedureDemoTests
{
    [Fact]
    public async Task The_demo_village_has_cases_in_each_state_an_objection_warnings_and_a_late_measure()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        var clock = new DemoClock(host.Clock.Today);
        await using var program = new ServiceCollection().AddLogging().AddShanhuo(new Installation(host.Folder, host.Connection, false), clock).BuildServiceProvider();
        foreach (var part in new[] { typeof(RegistryDemo), typeof(ProcedureDemo) })
        {
            await using var scope = program.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
            if (part == typeof(RegistryDemo)) await InstallDivisions.Into(scope.ServiceProvider.GetRequiredService<ShanhuoDb>(), default);
            clock.Day = host.Clock.Today;
            await scope.ServiceProvider.GetServices<ISeedDemo>().Single(s => s.GetType() == part).Seed(new DemoCounty(DemoCounty.Zhangjiachuan, host.Clock.Today, 20261122, clock), default);
        }
        await host.Db(async db =>
        {
            var next = await db.Cases.Where(c => c.NextStep != null).Select(c => c.NextStep).ToListAsync();
            Assert.Superset(new HashSet<string?>(["compare", "review", "approve", "agree"]), next.ToHashSet());
            Assert.Contains(CaseEnd.Refused, await db.Cases.Select(c => c.End).ToListAsync());
            Assert.Equal(2, await Notices.Public(db, host.Clock.Today).CountAsync());
            Assert.Equal(1, await db.Objections.CountAsync(o => o.End == ObjectionEnd.Open));
            var today = host.Clock.Today;
            Assert.True(await db.AssistanceMeasures.AnyAsync(m => m.DoneDay == null && m.Due < today));
            Assert.True(await db.Warnings.AnyAsync(w => w.Finding == Finding.None && w.DueDay < today));
            Assert.True(await db.Warnings.CountAsync(w => w.Finding != Finding.None) >= 1);
            TestContext.Current.TestOutputHelper?.WriteLine($"warnings {await db.Warnings.CountAsync()}, cases {await db.Cases.CountAsync()}");
        });
        var found = await host.In(s => s.GetRequiredService<FindWarnings>().Handle(DemoCounty.Zhangjiachuan, default));
        TestContext.Current.TestOutputHelper?.WriteLine($"in the county {found.Value}");
        Assert.InRange(found.Value, 0, 150);
    }
}
