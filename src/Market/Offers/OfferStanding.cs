using Shanhuo.Kernel;

namespace Shanhuo.Market.Offers;

/// <summary>What of an offer and its goods decides whether it can be ordered.</summary>
/// <param name="State">By the seller's will.</param>
/// <param name="OpensMs">First instant.</param>
/// <param name="ClosesMs">First instant after it.</param>
/// <param name="Left">Units that goods and cap still allow; not below zero.</param>
/// <param name="MissingDocument">Kind of the first document that is missing or expired; null: all are there.</param>
/// <param name="DeliverUntil">Last day of delivery.</param>
/// <param name="Recalled">Goods that would serve it are recalled.</param>
internal sealed record OfferFacts(OfferState State, long? OpensMs, long? ClosesMs, long Left, string? MissingDocument, DateOnly? DeliverUntil, bool Recalled = false);

/// <summary>Can it be ordered? The one answer for the page that shows an offer and for the checkout that takes the order, so that what is shown as open is what can be ordered.</summary>
internal static class OfferStanding
{
    /// <summary>Why an offer cannot be ordered now.</summary>
    /// <param name="facts">Of the offer.</param>
    /// <param name="nowMs">Server time.</param>
    /// <param name="today">Business day.</param>
    /// <param name="units">How many; 1 for the page.</param>
    /// <returns>Null: it can. Else <c>market.offer-withdrawn</c>, <c>-not-yet</c>, <c>-closed</c>, <c>-document</c>, <c>-late</c>, <c>-recalled</c>, <c>-sold-out</c> or <c>-short</c> (with what is left).</returns>
    public static Refusal? WhyNot(OfferFacts facts, long nowMs, DateOnly today, long units)
    {
        if (facts.State != OfferState.Open) return new Refusal("market.offer-withdrawn");
        if (facts.OpensMs > nowMs) return new Refusal("market.offer-not-yet", Place.None, Clock.ToChina(facts.OpensMs.Value).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        if (facts.ClosesMs <= nowMs) return new Refusal("market.offer-closed", Place.None, Clock.ToChina(facts.ClosesMs.Value).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        if (facts.DeliverUntil < today) return new Refusal("market.offer-late");
        if (facts.MissingDocument is not null) return new Refusal("market.offer-document");
        if (facts.Left <= 0) return new Refusal(facts.Recalled ? "market.offer-recalled" : "market.offer-sold-out");
        return facts.Left < units ? new Refusal("market.offer-short", Place.Input("Units"), facts.Left) : null;
    }
}
