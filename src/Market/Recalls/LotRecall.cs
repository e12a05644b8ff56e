using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Recalls;

/// <summary>What holds for recalls (data/market/recall.json).</summary>
/// <param name="SecondPerson">Does a second person of the county confirm before goods are taken out of sale?</param>
internal sealed record RecallRules(bool SecondPerson)
{
    /// <summary>As shipped.</summary>
    public static RecallRules Shipped { get; } = GoodsRules.Read<RecallRules>("recall");
}

/// <summary>A lot taken out of sale, with all that was made of it.</summary>
internal sealed class LotRecall : IInCounty, IInArea
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Seat of the place that keeps the lot.</summary>
    public required AreaCode Area { get; init; }
    public required long LotId { get; init; }
    public required string LotCode { get; init; }

    /// <summary>4 to 500 characters; said to buyers who are called.</summary>
    public required string Reason { get; init; }
    public required long AskedMs { get; init; }
    public required long AskedAccountId { get; init; }

    /// <summary>Who confirmed it; null: nobody, or the rules ask nobody.</summary>
    public long? SecondAccountId { get; set; }

    /// <summary>Since when the goods are out of sale; null: a second person must confirm it.</summary>
    public long? InForceMs { get; set; }
}

/// <summary>How far the call to a buyer is.</summary>
internal enum CallState
{
    /// <summary>To be called.</summary>
    Open,
    Called,
    NotReached,

    /// <summary>The goods are back.</summary>
    Returned,

    /// <summary>Nobody had paid: the order was undone, no call is needed.</summary>
    Undone,
}

/// <summary>An order that got goods of a recalled lot.</summary>
internal sealed class RecallCall : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required long RecallId { get; init; }
    public required long OrderId { get; init; }

    /// <summary>Codes of the lots that it got goods of, with spaces between.</summary>
    public required string Lots { get; init; }

    /// <summary>Grams, or pieces.</summary>
    public required long Quantity { get; init; }
    public CallState State { get; set; }
}

/// <summary>Who marked a call how and when; never changed.</summary>
internal sealed class RecallMark : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }
    public required long CallId { get; init; }
    public required CallState State { get; init; }
    public required long AccountId { get; init; }
    public required long AtMs { get; init; }
}

internal sealed class RecallTables : IEntityTypeConfiguration<LotRecall>, IEntityTypeConfiguration<RecallCall>, IEntityTypeConfiguration<RecallMark>
{
    public void Configure(EntityTypeBuilder<LotRecall> table)
    {
        table.ToTable("market_lot_recalls");
        table.HasKey(r => new { r.County, r.Id });
        table.HasIndex(r => new { r.County, r.RequestId }).IsUnique();
        table.HasIndex(r => new { r.County, r.LotId }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<RecallCall> table)
    {
        table.ToTable("market_recall_calls");
        table.HasKey(c => new { c.County, c.Id });
        table.HasIndex(c => new { c.County, c.RecallId, c.OrderId }).IsUnique();
        table.HasIndex(c => new { c.County, c.RecallId, c.State, c.Id });
        table.HasIndex(c => new { c.County, c.OrderId });
    }

    public void Configure(EntityTypeBuilder<RecallMark> table)
    {
        table.ToTable("market_recall_marks");
        table.HasKey(m => new { m.County, m.Id });
        table.HasIndex(m => new { m.County, m.RequestId }).IsUnique();
        table.HasIndex(m => new { m.County, m.CallId, m.Id });
    }
}
