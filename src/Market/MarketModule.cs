using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Channels;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market;

/// <summary>What is grown, taken in, kept in lots and sold: products, intakes, lots, agreements, orders and channels.</summary>
public sealed class MarketModule : Module
{
    /// <inheritdoc/>
    public override void AddServices(IServiceCollection services) => services.AddOrders().AddChannels().AddScoped<ISeedDemo, Demo.MarketDemo>();

    /// <inheritdoc/>
    public override IEnumerable<MenuEntry> Menu =>
    [
        new("order.menu", "/market/orders", "order", Role.Station, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial, Role.Auditor),
        new("import.menu", "/market/channels", "upload", Role.CountyStaff),
        new("waiting.menu", "/market/channels/waiting", "clock", Role.CountyStaff),
    ];
}
