using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Shanhuo.Market.Payments;

/// <summary>Our own address as institutions and buyers reach it: the setting <c>SHANHUO_ADDRESS</c>, else the first address on which this program listens.</summary>
internal sealed class PaymentAddresses(IServiceProvider services)
{
    private static readonly string? Said = Environment.GetEnvironmentVariable("SHANHUO_ADDRESS")?.TrimEnd('/') is { Length: > 0 } said ? said : null;

    /// <summary>Such as <c>https://shop.example</c>, without a slash at the end.</summary>
    public string Base => Said ?? Listening;

    /// <summary>As this program reaches itself.</summary>
    /// <exception cref="InvalidOperationException">The web site has not started.</exception>
    public string Listening
    {
        get
        {
            var address = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? throw new InvalidOperationException("The web site has not started.");
            foreach (var (all, own) in new[] { ("://*", "://localhost"), ("://+", "://localhost"), ("://0.0.0.0", "://127.0.0.1"), ("://[::]", "://localhost") }) address = address.Replace(all, own, StringComparison.Ordinal);
            return address.TrimEnd('/');
        }
    }

    /// <summary>Where an institution notifies us.</summary>
    public string Notify(string method) => $"{Base}/shop/paid/{method}";
}
