using Microsoft.Extensions.DependencyInjection;

namespace Shanhuo.Market.Epcis;

internal static class EpcisServices
{
    public static IServiceCollection AddEpcis(this IServiceCollection services) => services.AddScoped<Capture>().AddScoped<FindEvents>().AddScoped<SetNumbersHandler>();
}
