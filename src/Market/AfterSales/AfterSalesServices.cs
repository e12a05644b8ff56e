using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;

namespace Shanhuo.Market.AfterSales;

/// <summary>What holds after the sale.</summary>
internal static class AfterSalesServices
{
    public static IServiceCollection AddAfterSales(this IServiceCollection services) => services.AddScoped<AskClaimHandler>().AddScoped<DecideClaimHandler>().AddScoped<ClaimBook>();

    public static IEnumerable<MenuEntry> Menu => [new("claims.title", "/market/claims", "undo", Role.Station, Role.Cooperative, Role.CountyStaff, Role.CountyOfficial)];
}
