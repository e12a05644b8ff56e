using Microsoft.AspNetCore.Http;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;

namespace Shanhuo.Market.Products;

/// <summary>斤 or kilograms: 斤 until the reader chooses, then remembered on the device.</summary>
internal static class WeightChoice
{
    private const string Cookie = "weight";

    /// <summary>What this reader weighs in; <c>?unit=kg</c> or <c>?unit=jin</c> changes it for good.</summary>
    public static WeightUnit Weight(this HttpContext http)
    {
        if (http.Request.Query["unit"].FirstOrDefault() is not ("kg" or "jin")) return http.Request.Cookies[Cookie] == "kg" ? WeightUnit.Kilogram : WeightUnit.Jin;
        var chosen = http.Request.Query["unit"] == "kg" ? WeightUnit.Kilogram : WeightUnit.Jin;
        if (!http.Response.HasStarted) http.Response.Cookies.Append(Cookie, chosen == WeightUnit.Kilogram ? "kg" : "jin", new CookieOptions { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax, HttpOnly = true, Path = "/" });
        return chosen;
    }

    /// <summary>Reads a weight in a unit.</summary>
    public static bool TryParse(string? text, WeightUnit unit, out Grams grams)
    {
        var bare = (text ?? "").Replace("公斤", "", StringComparison.Ordinal).Replace("斤", "", StringComparison.Ordinal);
        return unit == WeightUnit.Kilogram ? Grams.TryParseKilograms(bare, out grams) : Grams.TryParseJin(bare, out grams);
    }

    /// <summary>Reads a quantity of a product: a weight, or whole pieces.</summary>
    public static bool TryParse(string? text, Product product, WeightUnit unit, out long quantity)
    {
        if (product.ByPiece) return Numerals.TryParseFixed(text, 0, out quantity);
        var ok = TryParse(text, unit, out var grams);
        quantity = grams.Value;
        return ok;
    }
}
