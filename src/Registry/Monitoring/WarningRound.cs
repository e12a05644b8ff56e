using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Monitoring;

/// <summary>Looks for warnings once a day, in every county that has households, while the site runs.</summary>
internal sealed partial class WarningRound(IServiceScopeFactory scopes, TimeProvider clock, ILogger<WarningRound> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(24), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Round(stoppingToken);
        }
        catch (OperationCanceledException) { }
    }

    private async Task Round(CancellationToken cancel)
    {
        try
        {
            foreach (var county in await In(async s => (await s.GetRequiredService<ShanhuoDb>().Households.Select(h => h.Area).Distinct().ToListAsync(cancel)).Select(a => a.County).Distinct().ToList()))
                if ((await In(s => s.GetRequiredService<FindWarnings>().Handle(county, cancel))).Refused is { } no) Refused(log, county, no.Code);
        }
        catch (Exception e) when (e is not OperationCanceledException) { Failed(log, e); }
    }

    private async Task<T> In<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentScope>().Scope = Scope.Everything;
        return await work(scope.ServiceProvider);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Warnings of {County} were not looked for: {Code}.")]
    private static partial void Refused(ILogger log, AreaCode county, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Warnings were not looked for; tomorrow's round tries again.")]
    private static partial void Failed(ILogger log, Exception e);
}
