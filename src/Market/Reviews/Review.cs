using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Reviews;

/// <summary>What a buyer says of the goods of one line. Public, without the buyer's name; never changed, only answered once and, with a reason, hidden.</summary>
internal sealed class Review : IInCounty, IInArea
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Seat of the seller, as of the order.</summary>
    public required AreaCode Area { get; init; }
    public required long SellerId { get; init; }
    public required long OfferId { get; init; }
    public required long OrderId { get; init; }
    public required long LineId { get; init; }

    /// <summary>The lot of the line and its public code.</summary>
    public long? LotId { get; init; }
    public string? LotCode { get; init; }

    /// <summary>1 to 5; 5 is the best.</summary>
    public required int Stars { get; init; }

    /// <summary>The buyer's own, at most <see cref="MostWords"/> characters; may be empty.</summary>
    public required string Words { get; init; }

    /// <summary>Of the review; the public sees its month.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The seller's, once.</summary>
    public string? Answer { get; init; }
    public long? AnsweredMs { get; init; }
    public long? AnswerAccountId { get; init; }

    /// <summary>When, by whom and why it was hidden; null: it is shown.</summary>
    public long? HiddenMs { get; init; }
    public long? HiddenAccountId { get; init; }
    public string? HiddenWhy { get; init; }

    /// <summary>Characters of a review and of its answer.</summary>
    public const int MostWords = 500;

    /// <summary>Has the buyer the goods, so that they can be judged?</summary>
    public static bool MayBeWritten(Order order) => order.State == OrderState.Received || order.State == OrderState.Shipped && order.DeliveredDay is not null;

    /// <summary>Mean of stars in tenths, half to even; null: of nothing.</summary>
    public static long? Tenths(long stars, long count) => count == 0 ? null : Rounding.HalfEven(checked(stars * 10), count);
}

internal sealed class ReviewTable : IEntityTypeConfiguration<Review>
{
    public void Configure(EntityTypeBuilder<Review> table)
    {
        table.ToTable("market_reviews", t => t.HasCheckConstraint("ck_market_reviews_stars", "stars between 1 and 5"));
        table.HasKey(r => new { r.County, r.Id });
        table.HasIndex(r => new { r.County, r.RequestId }).IsUnique();
        table.HasIndex(r => new { r.County, r.LineId }).IsUnique();
        table.HasIndex(r => new { r.County, r.OrderId });
        table.HasIndex(r => new { r.County, r.OfferId, r.HiddenMs, r.Id });
        table.HasIndex(r => new { r.County, r.SellerId, r.Id });
    }
}
