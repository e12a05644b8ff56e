using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Cash;

/// <summary>Buyers' cash: collected on delivery, handed back.</summary>
internal static class CashServices
{
    public static IServiceCollection AddCash(this IServiceCollection services) => services.AddScoped<CashBook>().AddScoped<CashDesk>().AddScoped<CollectCashHandler>().AddScoped<HandBackHandler>();

    public static IEnumerable<MenuEntry> Menu => [new("cash.title", "/market/cash", "notes", Role.Station, Role.Cooperative, Role.CountyStaff)];
}
