using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Web.Commands;

/// <summary><c>shanhuo serve</c>: the web site.</summary>
internal static class ServeCommand
{
    public static Command Make()
    {
        var demo = new Option<bool>("--demo") { Description = "With the demo county, whose data are invented | 演示县" };
        var url = new Option<string>("--url") { Description = "Address to listen on | 监听地址", DefaultValueFactory = _ => "http://localhost:8620" };
        var metrics = new Option<string?>("--metrics-url") { Description = "A second address that serves /metrics for Prometheus, for example http://127.0.0.1:9620 | 指标地址" };
        var command = new Command("serve", "Start the web site | 启动网站") { demo, url, metrics };
        command.SetAction(async (parsed, cancel) =>
        {
            var isDemo = parsed.GetValue(demo);
            var folder = parsed.GetValue(CommandLine.Data)!;
            var installation = Installation.In(isDemo ? Path.Combine(folder, "demo") : folder, isDemo);
            var app = ShanhuoHost.Build(installation, TimeProvider.System, b =>
            {
                var addresses = new[] { parsed.GetValue(url), parsed.GetValue(metrics) }.OfType<string>();
                b.WebHost.UseUrls([.. addresses]);
                b.Configuration["MetricsUrl"] = parsed.GetValue(metrics);
            });
            if (isDemo && DemoCommand.Unfinished(installation) is { } no)
            {
                Console.Error.WriteLine(app.Services.GetRequiredService<Texts>().Say(CommandLine.LanguageOf(parsed), no));
                return 1;
            }
            await MigrateCommand.Migrate(app.Services, cancel);
            if (isDemo && !await HasHouseholds(app.Services, cancel)) await DemoCommand.Seed(app.Services, Console.Error.WriteLine, cancel);
            await app.StartAsync(cancel);
            Console.WriteLine(app.Services.GetRequiredService<Texts>().Say(CommandLine.LanguageOf(parsed), "command.ready", parsed.GetValue(url)!));
            if (isDemo) Console.WriteLine($"{app.Services.GetRequiredService<Texts>().Say(CommandLine.LanguageOf(parsed), "command.demo-sign-ins", DemoSignIns.Password)} {string.Join(", ", DemoSignIns.Names)}");
            await app.WaitForShutdownAsync(cancel);
            return 0;
        });
        return command;
    }

    private static async Task<bool> HasHouseholds(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        return await scope.ServiceProvider.GetRequiredService<ShanhuoDb>().HouseholdFacts.AnyAsync(cancel);
    }
}
