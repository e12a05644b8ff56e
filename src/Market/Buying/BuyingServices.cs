using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Market.Payments;

namespace Shanhuo.Market.Buying;

/// <summary>What buying offers.</summary>
internal static class BuyingServices
{
    public static IServiceCollection AddBuying(this IServiceCollection services) => services
        .AddSingleton<CheckoutQueue>().AddScoped<CheckoutBatch>().AddScoped<WriteFreightHandler>().AddScoped<GiveBack>().AddScoped<TakePaymentHandler>().AddScoped<ExpireOrder>()
        .AddScoped<Kernel.IHoldHiddenFields, HiddenOfDeliveries>().AddSingleton<PaymentDesk>().AddSingleton<PaymentAddresses>().AddHostedService<PaymentWorker>();

    public static IEnumerable<Kernel.MenuEntry> Menu =>
    [
        new("buyer.mine", "/shop/order/mine", "basket", [.. Kernel.Role.All]) { Group = Kernel.MenuGroup.More },
        new("freight.menu", "/market/freight", "truck", Kernel.Role.Station, Kernel.Role.Cooperative, Kernel.Role.CountyStaff, Kernel.Role.CountyOfficial, Kernel.Role.Auditor) { Group = Kernel.MenuGroup.More },
    ];
}
