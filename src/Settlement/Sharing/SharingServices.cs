using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Sharing;

/// <summary>What profit sharing with merchants offers, and where it stands in the menu.</summary>
internal static class SharingServices
{
    public static IServiceCollection AddSharing(this IServiceCollection services) => services.AddScoped<ShareMerchants>().AddScoped<SharePayments>();

    public static MenuEntry Menu { get; } = new("sharing.menu", "/settlement/sharing", "split", Role.CountyStaff, Role.CountyOfficial, Role.Auditor);
}
