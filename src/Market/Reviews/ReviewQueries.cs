using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Reviews;

/// <summary>A review as everybody may read it.</summary>
internal sealed record ReviewLine(long Id, int Stars, string Words, string? LotCode, DateOnly Day, string? Answer);

/// <summary>Reviews, newest first, a page at a time by their ids.</summary>
internal static class ReviewQueries
{
    /// <summary>Shown on the offer's own page.</summary>
    public const int OnOffer = 5;

    /// <summary>On a page of all.</summary>
    public const int PageSize = 20;

    extension(ShanhuoDb db)
    {
        /// <summary>Those of an offer that are not hidden.</summary>
        public Task<List<ReviewLine>> ShownReviews(AreaCode county, long offerId, long? before, int most, CancellationToken cancel)
        {
            var shown = db.Unfiltered<Review>("what buyers say of an offer is public").Where(r => r.County == county && r.OfferId == offerId && r.HiddenMs == null);
            if (before is { } id) shown = shown.Where(r => r.Id < id);
            return shown.OrderByDescending(r => r.Id).Take(most).Select(r => new ReviewLine(r.Id, r.Stars, r.Words, r.LotCode, r.Day, r.Answer)).ToListAsync(cancel);
        }

        /// <summary>Those of this person's area, and of an organisation its own.</summary>
        public IQueryable<Review> MyReviews
        {
            get
            {
                var (county, own) = (db.Scope.County, db.Scope.OrganisationId);
                return own is null ? db.Reviews.Where(r => r.County == county) : db.Reviews.Where(r => r.County == county && r.SellerId == own);
            }
        }
    }
}
