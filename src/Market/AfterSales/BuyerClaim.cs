using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.AfterSales;

/// <summary>Where a claim stands.</summary>
internal enum ClaimState
{
    /// <summary>Somebody decides.</summary>
    Asked,

    /// <summary>The goods are to come back first.</summary>
    Granted,
    Refused,

    /// <summary>The goods are back, the money is not yet on its way.</summary>
    Returned,

    /// <summary>The money is on its way.</summary>
    Paid,
}

/// <summary>What a buyer says is wrong with an order, and what came of it.</summary>
internal sealed class BuyerClaim : IInCounty, IInArea
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Seat of the seller, as of the order.</summary>
    public required AreaCode Area { get; init; }
    public required long OrderId { get; init; }

    /// <summary>The offers' seller and the order's station, who propose; null: none.</summary>
    public long? SellerId { get; init; }
    public long? StationId { get; init; }

    /// <summary>Code of data/market/after-sales.json.</summary>
    public required string Reason { get; init; }

    /// <summary>The buyer's own, at most 500 characters.</summary>
    public required string Words { get; init; }
    public ClaimState State { get; set; }
    public required long AskedMs { get; init; }

    /// <summary>Last day for the decision.</summary>
    public required DateOnly DecideBy { get; init; }

    /// <summary>Do the goods come back first? As decided.</summary>
    public bool Returns { get; set; }

    /// <summary>Last day for sending back.</summary>
    public DateOnly? ReturnBy { get; set; }

    /// <summary>Carrier and number with which the buyer sent the goods back.</summary>
    public string? ReturnWaybill { get; set; }

    /// <summary>Role that bears it, as decided.</summary>
    public string? Fault { get; set; }

    /// <summary>Who granted an amount that needs a second person; null: nobody yet, or none was needed.</summary>
    public long? FirstAccountId { get; set; }

    /// <summary>Why it was refused, for the buyer.</summary>
    public string? RefusedWhy { get; set; }
}

/// <summary>A line of an order in a claim.</summary>
internal sealed class ClaimLine : IInCounty
{
    public required AreaCode County { get; init; }
    public required long ClaimId { get; init; }
    public required long LineId { get; init; }

    /// <summary>Grams or pieces that are wrong or come back; 0 where only money was named.</summary>
    public required long Quantity { get; init; }
    public required Fen Asked { get; init; }
    public Fen? Granted { get; set; }
}

/// <summary>A step of a claim; never changed.</summary>
internal sealed class ClaimStep : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required long ClaimId { get; init; }

    /// <summary><c>asked</c>, <c>proposed</c>, <c>first</c>, <c>granted</c>, <c>refused</c>, <c>sent-back</c>, <c>returned</c>, <c>spoiled</c>, <c>paid</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Who did it; 0: the buyer.</summary>
    public required long AccountId { get; init; }
    public required long AtMs { get; init; }
    public string Words { get; init; } = "";
    public Fen? Amount { get; init; }
}

/// <summary>A buyer's photo, hidden like a name: only those who decide look at it.</summary>
internal sealed class ClaimPhoto : IInCounty
{
    public required AreaCode County { get; init; }
    public required long ClaimId { get; init; }

    /// <summary>1, 2, 3.</summary>
    public required int Number { get; init; }
    public required string ContentType { get; init; }
    public required byte[] Hidden { get; init; }

    public static string Binding(long claimId, int number) => Secrets.Binding("market_claim_photos", $"content-{number}", claimId);
}

internal sealed class ClaimTables : IEntityTypeConfiguration<BuyerClaim>, IEntityTypeConfiguration<ClaimLine>, IEntityTypeConfiguration<ClaimStep>, IEntityTypeConfiguration<ClaimPhoto>
{
    public void Configure(EntityTypeBuilder<BuyerClaim> table)
    {
        table.ToTable("market_claims");
        table.HasKey(c => new { c.County, c.Id });
        table.HasIndex(c => new { c.County, c.RequestId }).IsUnique();
        table.HasIndex(c => new { c.County, c.OrderId });
        table.HasIndex(c => new { c.County, c.State, c.DecideBy });
    }

    public void Configure(EntityTypeBuilder<ClaimLine> table)
    {
        table.ToTable("market_claim_lines");
        table.HasKey(l => new { l.County, l.ClaimId, l.LineId });
        table.HasIndex(l => new { l.County, l.LineId });
    }

    public void Configure(EntityTypeBuilder<ClaimStep> table)
    {
        table.ToTable("market_claim_steps");
        table.HasKey(s => new { s.County, s.Id });
        table.HasIndex(s => new { s.County, s.ClaimId, s.Id });
    }

    public void Configure(EntityTypeBuilder<ClaimPhoto> table)
    {
        table.ToTable("market_claim_photos");
        table.HasKey(p => new { p.County, p.ClaimId, p.Number });
    }
}
