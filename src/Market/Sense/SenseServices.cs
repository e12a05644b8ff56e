using Microsoft.Extensions.DependencyInjection;

namespace Shanhuo.Market.Sense;

/// <summary>What market sense offers.</summary>
internal static class SenseServices
{
    public static IServiceCollection AddSense(this IServiceCollection services) => services.AddScoped<MarketSense>();
}
