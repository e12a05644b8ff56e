using System.Globalization;
using Microsoft.AspNetCore.Http;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Buying;

/// <summary>What a buyer has put aside, kept in the buyer's own cookie: no row, no account, nothing that says who it is. Goods are kept for nobody before the order.</summary>
internal sealed record Cart(IReadOnlyList<(AreaCode County, long OfferId, int Units)> Wishes)
{
    private const string Cookie = "shanhuo.cart";

    /// <summary>Most different offers.</summary>
    public const int Most = 20;

    /// <summary>As the browser sent it; what cannot be read is left out.</summary>
    public static Cart Of(HttpRequest request)
    {
        var wishes = new List<(AreaCode, long, int)>();
        foreach (var part in (request.Cookies[Cookie] ?? "").Split('_', StringSplitOptions.RemoveEmptyEntries).Take(Most))
            if (part.Split('.') is [var county, var offer, var units] && county.Length == 6 && AreaCode.TryParse(county, out var area) && long.TryParse(offer, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && int.TryParse(units, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= WebOrder.MostUnits && wishes.All(w => w.Item2 != id))
                wishes.Add((area, id, n));
        return new Cart(wishes);
    }

    /// <summary>With so many units of an offer instead of those before; 0 takes it out.</summary>
    public Cart With(AreaCode county, long offerId, int units)
    {
        var rest = Wishes.Where(w => w.OfferId != offerId).ToList();
        if (units > 0 && rest.Count < Most) rest.Add((county, offerId, Math.Min(units, WebOrder.MostUnits)));
        return new Cart(rest);
    }

    /// <summary>Units of an offer.</summary>
    public int UnitsOf(long offerId) => Wishes.FirstOrDefault(w => w.OfferId == offerId).Units;

    /// <summary>Gives it to the browser for thirty days.</summary>
    public void Keep(HttpResponse response)
    {
        var text = string.Join('_', Wishes.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.County.ToString()[..6]}.{w.OfferId}.{w.Units}")));
        if (text.Length == 0) response.Cookies.Delete(Cookie);
        else response.Cookies.Append(Cookie, text, new CookieOptions { MaxAge = TimeSpan.FromDays(30), HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = response.HttpContext.Request.IsHttps, Path = "/shop" });
    }
}
