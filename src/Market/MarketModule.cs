using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;

namespace Shanhuo.Market;

/// <summary>What is grown, taken in, kept in lots and sold: products, intakes, lots, agreements, orders and channels.</summary>
public sealed class MarketModule : Module
{
    /// <inheritdoc/>
    public override void AddServices(IServiceCollection services) => services.AddScoped<ISeedDemo, Demo.MarketDemo>();
}
