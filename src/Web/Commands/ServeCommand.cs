using System.CommandLine;
using Shanhuo.Kernel;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo serve</c>: the web site.</summary>
internal static class ServeCommand
{
    public static Command Make()
    {
        var demo = new Option<bool>("--demo") { Description = "With the demo county, whose data are invented | 演示县" };
        var url = new Option<string>("--url") { Description = "Address to listen on | 监听地址", DefaultValueFactory = _ => "http://localhost:8620" };
        var command = new Command("serve", "Start the web site | 启动网站") { demo, url };
        command.SetAction(async (parsed, cancel) =>
        {
            var isDemo = parsed.GetValue(demo);
            var folder = parsed.GetValue(CommandLine.Data)!;
            var installation = Installation.In(isDemo ? Path.Combine(folder, "demo") : folder, isDemo);
            var app = ShanhuoHost.Build(installation, TimeProvider.System, b => b.WebHost.UseUrls(parsed.GetValue(url)!));
            await MigrateCommand.Migrate(app.Services, cancel);
            await app.StartAsync(cancel);
            Console.WriteLine(string.Join(' ', app.Urls));
            await app.WaitForShutdownAsync(cancel);
            return 0;
        });
        return command;
    }
}
