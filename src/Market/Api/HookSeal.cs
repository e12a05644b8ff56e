using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Shanhuo.Market.Api;

/// <summary>The signature of a message by the specification Standard Webhooks (standardwebhooks.com): HMAC-SHA-256 over id, time and body.</summary>
internal static class HookSeal
{
    private const string Prefix = "whsec_";

    /// <summary>A new secret of 32 random bytes.</summary>
    public static string Draw() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The header <c>webhook-signature</c>: <c>v1,</c> and base64.</summary>
    /// <param name="secret"><c>whsec_</c> and base64.</param>
    /// <param name="id">Header <c>webhook-id</c>.</param>
    /// <param name="seconds">Header <c>webhook-timestamp</c>: Unix seconds of this try.</param>
    /// <param name="body">As sent.</param>
    public static string Of(string secret, string id, long seconds, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[Prefix.Length..]), Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{seconds}.{body}"))));
}
