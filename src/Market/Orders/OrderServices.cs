using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Orders;

/// <summary>What orders offer.</summary>
internal static class OrderServices
{
    public static IServiceCollection AddOrders(this IServiceCollection services) => services
        .AddScoped<OrderLots>().AddScoped<PlaceOrderHandler>().AddScoped<MoveOrderHandler>().AddScoped<Leaving>()
        .AddScoped<Refunding>().AddScoped<ClaimRefundHandler>().AddScoped<OverdueOrdersHandler>().AddSingleton<ReceiveOverdue>();
}
