using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Payments.Gateway;

namespace Shanhuo.Market.Payments;

/// <summary>What payments offer: <see cref="PaymentInstitutions"/>, and in a demo the test gateway.</summary>
internal static class PaymentServices
{
    public static IServiceCollection AddPayments(this IServiceCollection services) => services
        .AddSingleton<PaymentInstitutions>()
        .AddSingleton<ISharePayments>(s => s.GetRequiredService<PaymentInstitutions>())
        .AddSingleton(s => new TestGateway(s.GetRequiredService<PaymentOptions>().DataFolder, s.GetRequiredService<TimeProvider>()))
        .AddHostedService<TestGatewaySender>();
}
