using Microsoft.AspNetCore.Http;

namespace Shanhuo.Market.Contracts;

/// <summary>Tells whether pages of the shop window that lie in memory are still true.</summary>
public interface IShopPulse
{
    /// <summary>When a change of this was last felt, in Unix milliseconds; it had happened by then. 0: never.</summary>
    long FeltMs(string dependency);

    /// <summary>Has it felt what changes within the last seconds? If not, nothing older than a second may be shown.</summary>
    bool IsAlive { get; }
}

/// <summary>What a page of the shop window says of itself, so that it may be kept.</summary>
public static class ShopPages
{
    private static readonly object Key = new();

    extension(HttpContext http)
    {
        /// <summary>On what the page depends, and until when it holds; null: it did not say.</summary>
        public (string DependsOn, long UntilMs)? Holds => http.Items[Key] as (string, long)?;

        /// <summary>Says that the page is true until something changes or an instant comes.</summary>
        /// <param name="dependsOn">See <see cref="IShopPulse"/>.</param>
        /// <param name="untilMs">Unix milliseconds: the next opening or closing of an offer on it.</param>
        public void HoldsWhile(string dependsOn, long untilMs) => http.Items[Key] = (dependsOn, untilMs);
    }
}
