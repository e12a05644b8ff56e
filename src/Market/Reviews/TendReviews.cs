using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Reviews;

/// <summary>What others do with a review: the seller answers it once, county staff hide it with a reason. The words of the buyer stay as they are.</summary>
internal sealed class TendReviewsHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <summary>The seller's own answer.</summary>
    public async Task<Refusal?> Answer(long reviewId, string? words, CancellationToken cancel)
    {
        var answer = words?.Trim() ?? "";
        if (db.Scope.OrganisationId is null || await db.MyReviews.AsNoTracking().SingleOrDefaultAsync(r => r.Id == reviewId, cancel) is not { } review) return new Refusal("review.not-own");
        if (answer.Length is 0 or > Review.MostWords) return new Refusal("review.answer-words", Place.Input("Words"), Review.MostWords);
        var (now, account) = (clock.NowMs, db.Scope.AccountId);
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await db.MyReviews.Where(r => r.Id == reviewId && r.Answer == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.Answer, answer).SetProperty(r => r.AnsweredMs, now).SetProperty(r => r.AnswerAccountId, account), cancel) == 0) return new Refusal("review.answered");
        await db.CountReview(review, 0, 0, now, cancel);
        await change.CommitAsync(cancel);
        return null;
    }

    /// <summary>Hides it; the count says so, the trail says who and why.</summary>
    public async Task<Refusal?> Hide(long reviewId, string? why, CancellationToken cancel)
    {
        var reason = why?.Trim() ?? "";
        if (reason.Length is < 4 or > 200) return new Refusal("review.why", Place.Input("Why"));
        if (await db.MyReviews.AsNoTracking().SingleOrDefaultAsync(r => r.Id == reviewId, cancel) is not { } review) return new Refusal("review.unknown");
        var (now, account) = (clock.NowMs, db.Scope.AccountId);
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await db.MyReviews.Where(r => r.Id == reviewId && r.HiddenMs == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.HiddenMs, now).SetProperty(r => r.HiddenAccountId, account).SetProperty(r => r.HiddenWhy, reason), cancel) == 0) return new Refusal("review.hidden-already");
        await db.CountReview(review, -1, 1, now, cancel);
        db.Record(ids, clock, "decision", "review-hidden", 0, reason: reason);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return null;
    }
}
