using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Shipping;

/// <summary>What a line sold by weight weighed when it was packed; once a line.</summary>
internal sealed class LineWeight : IInCounty
{
    public required AreaCode County { get; init; }
    public required long LineId { get; init; }
    public required Guid RequestId { get; init; }
    public required long OrderedGrams { get; init; }
    public required long ActualGrams { get; init; }

    /// <summary>Goods amount as paid, and by weight.</summary>
    public required Fen Paid { get; init; }
    public required Fen Goods { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
}

/// <summary>That somebody was shown a buyer's name, phone and address to pack the order; once an order and person.</summary>
internal sealed class DeliveryLook : IInCounty
{
    public required AreaCode County { get; init; }
    public required long OrderId { get; init; }
    public required long AccountId { get; init; }
    public required long AtMs { get; init; }
}

internal sealed class ShippingTables : IEntityTypeConfiguration<LineWeight>, IEntityTypeConfiguration<DeliveryLook>
{
    public void Configure(EntityTypeBuilder<LineWeight> table)
    {
        table.ToTable("market_line_weights");
        table.HasKey(w => new { w.County, w.LineId });
        table.HasIndex(w => new { w.County, w.RequestId }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<DeliveryLook> table)
    {
        table.ToTable("market_delivery_looks");
        table.HasKey(l => new { l.County, l.OrderId, l.AccountId });
    }
}
