using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Buying;

/// <summary>The address of a buyer's order: county, id and a seal that nobody can guess. Who has the link has the order, as with a paper slip.</summary>
internal static class OrderKey
{
    /// <summary>The purpose of an order's own page; a key of one purpose opens nothing of another.</summary>
    public const string Page = "order-page";

    /// <summary>Such as <c>620525-123456-9F2C…</c>.</summary>
    public static string Of(Secrets secrets, AreaCode county, long orderId, string purpose = Page) => string.Create(CultureInfo.InvariantCulture, $"{county.ToString()[..6]}-{orderId}-{Seal(secrets, county, orderId, purpose)}");

    /// <summary>Whose it is; null when the seal is not ours.</summary>
    public static (AreaCode County, long OrderId)? Read(Secrets secrets, string? key, string purpose = Page) =>
        key?.Split('-') is [var c, var id, var seal] && c.Length == 6 && AreaCode.TryParse(c, out var county) && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var order)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(seal), Encoding.ASCII.GetBytes(Seal(secrets, county, order, purpose))) ? (county, order) : null;

    private static string Seal(Secrets secrets, AreaCode county, long orderId, string purpose) => secrets.LookUp(string.Create(CultureInfo.InvariantCulture, $"{county}:{orderId}"), purpose)[..24];
}
