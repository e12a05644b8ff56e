using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Shipping;

/// <summary>What packing and shipping offer.</summary>
internal static class ShippingServices
{
    public static IServiceCollection AddShipping(this IServiceCollection services) => services
        .AddScoped<PackingBook>().AddScoped<ShipOrderHandler>().AddScoped<WeighLineHandler>().AddScoped<AskBalanceHandler>()
        .AddSingleton<GroupRounds>().AddHostedService<GroupWorker>();

    public static IEnumerable<MenuEntry> Menu => [new("shipping.title", "/market/shipping", "truck", Role.Station, Role.Cooperative, Role.CountyStaff)];
}
