using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Demo;

/// <summary>This module's parts of the demo county.</summary>
internal static class DemoServices
{
    public static IServiceCollection AddDemo(this IServiceCollection services) => services
        .AddScoped<SettleDemo>().AddScoped<PayoutsDemo>()
        .AddScoped<ISeedDemo, SchemesDemo>().AddScoped<ISeedDemo, LastSeasonDemo>().AddScoped<ISeedDemo, CloseDemo>().AddScoped<ISeedDemo, ThisSeasonDemo>().AddScoped<ISeedDemo, TodayDemo>();
}
