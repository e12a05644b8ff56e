using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo health</c>: 0 when the installation can work, 1 with what is wrong.</summary>
internal static class HealthCommand
{
    public static Command Make()
    {
        var command = new Command("health", "Check the installation | 检查系统");
        command.SetAction((parsed, cancel) => Session.Run(parsed, async (session, stop) =>
            await Check(session.Services, stop) is { } no ? session.Refuse(no) : session.Done("health.ok"), cancel));
        return command;
    }

    /// <summary>What keeps the installation from working, or null.</summary>
    public static async Task<Refusal?> Check(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<ShanhuoDb>();
        var folder = services.GetRequiredService<Installation>().DataFolder;
        try
        {
            if (!await db.Database.CanConnectAsync(cancel)) return new Refusal("health.no-database");
            var pending = await db.Database.GetPendingMigrationsAsync(cancel);
            if (pending.Any()) return new Refusal("health.old-database", Place.None, pending.Count());
        }
        catch (System.Data.Common.DbException e) { return new Refusal("health.database-failed", Place.None, e.Message); }
        var free = new DriveInfo(folder).AvailableFreeSpace / 1_048_576;
        return free < 200 ? new Refusal("health.disk", Place.None, folder, free) : null;
    }
}
