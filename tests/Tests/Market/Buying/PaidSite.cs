using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Payments;
using Shanhuo.Market.Payments.Gateway;
using Shanhuo.Web;

namespace Shanhuo.Tests.Market.Buying;

/// <summary>The small county's site as a demo: the test gateway stands in WeChat Pay's place.</summary>
internal sealed class PaidSite(WebApplication site) : IAsyncDisposable
{
    public IServiceProvider Services => site.Services;
    public string Address => site.Urls.First();
    public PaymentDesk Desk => Services.GetRequiredService<PaymentDesk>();
    public TestGateway Gateway => Services.GetRequiredService<TestGateway>();

    public static async Task<PaidSite> Start(SalesHost host)
    {
        var site = ShanhuoHost.Build(new Installation(host.Host.Folder, host.Host.Connection, true), host.Clock, b => b.WebHost.UseUrls("http://127.0.0.1:0"));
        await site.StartAsync();
        return new PaidSite(site);
    }

    /// <summary>A buyer orders almonds and pays them at the gateway; its notification is on its way.</summary>
    public async Task<Payment> PayAtGateway(SalesHost host, int units = 1)
    {
        var placed = (await Window.Place(host, Window.Order(units))).Value;
        Assert.Null((await Desk.Begin(placed.Payment, placed.Number, "/back", null, CancellationToken.None)).Refused);
        Assert.True(Gateway.Pay(Gateway.Book.Payments[placed.Payment.Number].PrepayId));
        return placed.Payment;
    }

    public async ValueTask DisposeAsync()
    {
        await site.StopAsync();
        await site.DisposeAsync();
    }
}
