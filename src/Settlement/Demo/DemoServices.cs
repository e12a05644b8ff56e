using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Demo;

/// <summary>This module's parts of the demo county.</summary>
internal static class DemoServices
{
    public static IServiceCollection AddDemo(this IServiceCollection services) => services.AddScoped<ISeedDemo, SchemesDemo>().AddScoped<ISeedDemo, SettlementDemo>();
}
