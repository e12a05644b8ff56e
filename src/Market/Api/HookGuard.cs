using System.Net;
using System.Net.Sockets;

namespace Shanhuo.Market.Api;

/// <summary>Whether addresses of this machine are told too, for tests and programs on the same machine (<c>SHANHUO_HOOKS_LOOPBACK=1</c>), and how long the worker rests.</summary>
internal sealed record HookOptions(bool Loopback, TimeSpan Pause);

/// <summary>Which network addresses a stranger's address may lead to: the public network only, so that nobody makes this server speak with what stands behind it. Looked at when the connection is made, on the address that is connected to, so that a name that changes its mind gains nothing.</summary>
internal static class HookGuard
{
    // IANA special-purpose registries (RFC 6890), what is not globally reachable; multicast and reserved.
    private static readonly IPNetwork[] Closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>May it be spoken to?</summary>
    public static bool Allows(IPAddress address, bool loopback)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return (loopback && IPAddress.IsLoopback(address)) || Closed.All(c => !c.Contains(address));
    }

    /// <summary>An address that can be registered: https, or with loopback also http to this machine; no user, no fragment, at most 300 characters; no number that is not public.</summary>
    public static bool Accepts(string url, bool loopback) =>
        url.Length <= 300 && Uri.TryCreate(url, UriKind.Absolute, out var uri) && HasName(uri) && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (loopback && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && (loopback || !uri.IsLoopback) && (!IPAddress.TryParse(uri.DnsSafeHost, out var number) || Allows(number, loopback));

    // As it is asked for on the network, where a label of other letters is longer than it looks and may be too long.
    private static bool HasName(Uri uri)
    {
        try { return uri.IdnHost.Length > 0; }
        catch (UriFormatException) { return false; }
    }

    /// <summary>Connects, unless any address of the name is closed.</summary>
    /// <exception cref="HttpRequestException">One is.</exception>
    public static async ValueTask<Stream> Connect(DnsEndPoint to, bool loopback, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(to.Host, cancel);
        if (addresses.Length == 0 || addresses.Any(a => !Allows(a, loopback))) throw new HttpRequestException($"{to.Host} leads to an address that is not public.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
