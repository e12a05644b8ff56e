using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Cash;

/// <summary>What holds for cash of buyers (data/market/cash.json).</summary>
/// <param name="SecondPersonAbove">Fen above which one person releases money to a buyer and another hands it out, as with pay-outs in cash. What goes back by bank always takes two.</param>
internal sealed record CashRules(long SecondPersonAbove)
{
    /// <summary>As shipped.</summary>
    public static CashRules Shipped { get; } = GoodsRules.Read<CashRules>("cash");
}

/// <summary>The slip of money that was collected on delivery, or handed or sent back to a buyer; once for its payment or refund.</summary>
internal sealed class CashPaper : IInCounty, IInArea
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Seat of the seller, as of the order.</summary>
    public required AreaCode Area { get; init; }

    /// <summary>Handed back to the buyer; else collected.</summary>
    public required bool IsBack { get; init; }

    /// <summary>The payment, or the refund.</summary>
    public required long CauseId { get; init; }
    public required long OrderId { get; init; }
    public required string OrderNumber { get; init; }

    /// <summary>Printed on it; of what is collected also the transaction number of the payment.</summary>
    public required string Number { get; init; }
    public required Fen Amount { get; init; }

    /// <summary>The bank's number where it was sent back by transfer; null: cash.</summary>
    public string? Reference { get; init; }

    /// <summary>Who took or gave it, for which organisation; null: the county.</summary>
    public required long AccountId { get; init; }
    public required long? OrganisationId { get; init; }
    public required long AtMs { get; init; }
}

internal sealed class CashPaperTable : IEntityTypeConfiguration<CashPaper>
{
    public void Configure(EntityTypeBuilder<CashPaper> table)
    {
        table.ToTable("market_cash_papers");
        table.HasKey(p => new { p.County, p.Id });
        table.HasIndex(p => new { p.County, p.RequestId }).IsUnique();
        table.HasIndex(p => new { p.County, p.IsBack, p.CauseId }).IsUnique();
        // One transfer gives one thing back.
        table.HasIndex(p => new { p.County, p.Reference }).IsUnique();
    }
}
