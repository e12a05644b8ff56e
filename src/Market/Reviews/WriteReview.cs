using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying.Addresses;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Reviews;

/// <summary>A buyer's judgement of one line.</summary>
/// <param name="RequestId">Once.</param>
/// <param name="OrderId">The buyer's order.</param>
/// <param name="LineId">One of its lines.</param>
/// <param name="Stars">1 to 5; null: none was chosen.</param>
/// <param name="Words">At most <see cref="Review.MostWords"/> characters; may be empty.</param>
internal sealed record WriteReview(Guid RequestId, long OrderId, long LineId, int? Stars, string? Words);

/// <summary>Writes a review down and counts it on its offer. Acts in the county of the order.</summary>
internal sealed class WriteReviewHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    public async Task<Outcome<Review>> Handle(WriteReview request, CancellationToken cancel)
    {
        var county = db.Scope.County;
        var words = request.Words?.Trim() ?? "";
        if (request.Stars is not (>= 1 and <= 5)) return new Refusal("review.stars", Place.Input("Stars"));
        if (words.Length > Review.MostWords) return new Refusal("review.words", Place.Input("Words"), Review.MostWords);
        // What is public names nobody's phone.
        if (PhoneText.Take(Numerals.Narrow(words), ' ', out _, out var certain).Length > 0 && certain) return new Refusal("review.phone", Place.Input("Words"));
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        // The order's row is taken first, then that of the offer, as everybody does.
        if (await db.Orders.Where(o => o.County == county && o.Id == request.OrderId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel) == 0) return new Refusal("market.order-unknown");
        if (await db.Reviews.AsNoTracking().SingleOrDefaultAsync(r => r.County == county && r.RequestId == request.RequestId, cancel) is { } earlier) return earlier;
        var order = await db.Orders.AsNoTracking().SingleAsync(o => o.County == county && o.Id == request.OrderId, cancel);
        if (!Review.MayBeWritten(order)) return new Refusal("review.not-yet");
        var line = await db.OrderLines.AsNoTracking().SingleOrDefaultAsync(l => l.County == county && l.OrderId == order.Id && l.Id == request.LineId && l.OfferId != null, cancel);
        if (line is null) return new Refusal("review.line");
        if (await db.Reviews.AnyAsync(r => r.County == county && r.LineId == line.Id, cancel)) return new Refusal("review.again");
        var offer = await db.Offers.Where(o => o.County == county && o.Id == line.OfferId).Select(o => new { o.Id, o.SellerId, o.Area }).SingleAsync(cancel);
        var review = new Review
        {
            Id = ids.Next(), County = county, RequestId = request.RequestId, Area = offer.Area, SellerId = offer.SellerId, OfferId = offer.Id, OrderId = order.Id, LineId = line.Id, LotId = line.LotId,
            LotCode = line.LotId is null ? null : await db.Set<Lot>().Where(l => l.County == county && l.Id == line.LotId).Select(l => l.Code).SingleAsync(cancel), Stars = request.Stars.Value, Words = words, Day = clock.Today,
        };
        db.Reviews.Add(review);
        await db.CountReview(review, 1, 0, clock.NowMs, cancel);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return review;
    }
}

/// <summary>The counters on the offer.</summary>
internal static class ReviewCounters
{
    /// <summary>Counts a review in or out of what is shown. Call in the transaction that saves it.</summary>
    public static Task CountReview(this ShanhuoDb db, Review review, int shown, int hidden, long nowMs, CancellationToken cancel)
    {
        var stars = shown * review.Stars;
        return db.Offers.Where(o => o.County == review.County && o.Id == review.OfferId)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.ReviewCount, o => o.ReviewCount + shown).SetProperty(o => o.ReviewStars, o => o.ReviewStars + stars).SetProperty(o => o.ReviewsHidden, o => o.ReviewsHidden + hidden).SetProperty(o => o.ChangedMs, nowMs), cancel);
    }
}
