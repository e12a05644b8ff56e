using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Migrations;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo migrate</c>: brings the database to the program's version.</summary>
internal static class MigrateCommand
{
    public static Command Make()
    {
        var command = new Command("migrate", "Bring the database to this version | 升级数据库");
        command.SetAction(async (parsed, cancel) =>
        {
            await using var services = new ServiceCollection().AddLogging().AddShanhuo(Installation.In(parsed.GetValue(CommandLine.Data)!), TimeProvider.System).BuildServiceProvider();
            await Migrate(services, cancel);
            return 0;
        });
        return command;
    }

    public static async Task Migrate(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        var db = scope.ServiceProvider.GetRequiredService<ShanhuoDb>();
        await db.Database.BringUp(cancel);
        await InstallDivisions.Into(db, cancel);
    }
}
