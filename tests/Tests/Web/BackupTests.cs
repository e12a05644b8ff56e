using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry;
using Shanhuo.Tests.Databases;
using Shanhuo.Web.Commands;

namespace Shanhuo.Tests.Web;

public sealed class BackupTests
{
    [Fact]
    public async Task A_backup_taken_while_people_work_comes_back_whole_in_an_empty_place_only()
    {
        await using var host = await TestHost.Start(DatabaseKind.Sqlite);
        await SmallCounty.Found(host);
        var picture = Path.Combine(Directory.CreateDirectory(Path.Combine(host.Folder, "media")).FullName, "0f3c-640.webp");
        File.WriteAllBytes(picture, [1, 2, 3]);
        var file = Path.Combine(host.Folder, "backup.zip");
        Assert.Equal(0, await CommandLine.Run(["backup", file, "--data", host.Folder]));
        Assert.Equal(1, await CommandLine.Run(["backup", file, "--data", host.Folder]));
        Assert.Equal(1, await CommandLine.Run(["restore", file, "--data", host.Folder]));

        var elsewhere = Path.Combine(host.Folder, "elsewhere");
        Assert.Equal(0, await CommandLine.Run(["restore", file, "--data", elsewhere]));
        Assert.Equal(0, await CommandLine.Run(["health", "--data", elsewhere]));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Path.Combine(elsewhere, "media", "0f3c-640.webp")));

        File.WriteAllText(file, "no zip");
        Assert.Equal(1, await CommandLine.Run(["restore", file, "--data", Path.Combine(host.Folder, "third")]));
    }

    [Fact]
    public async Task Wrong_usage_ends_with_2()
    {
        Assert.Equal(2, await CommandLine.Run(["no-such-command"]));
        Assert.Equal(2, await CommandLine.Run(["user", "add", "--name", "x"]));
    }
}
