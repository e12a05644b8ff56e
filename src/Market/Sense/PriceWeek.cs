using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Sense;

/// <summary>What of a lot was sold in a week on a channel at a price: the settled lines that agree in all of these, added up. Its rows grow with weeks, lots and prices, not with sales.</summary>
internal sealed class PriceWeek : IInCounty
{
    public required AreaCode County { get; init; }
    public required long ProductId { get; init; }

    /// <summary>The Monday of the week in which the lines fell due.</summary>
    public required DateOnly Week { get; init; }
    public required long LotId { get; init; }
    public required string Channel { get; init; }

    /// <summary>Goods amount per kilogram or piece, to three figures (<see cref="UnitPrice"/>).</summary>
    public required Fen Price { get; init; }

    /// <summary>Grams or pieces.</summary>
    public required long Quantity { get; set; }

    /// <summary>Goods amount, exact.</summary>
    public required Fen Goods { get; set; }
    public required long Lines { get; set; }
}

internal sealed class PriceWeekTable : IEntityTypeConfiguration<PriceWeek>
{
    public void Configure(EntityTypeBuilder<PriceWeek> table)
    {
        table.ToTable("market_price_weeks");
        table.HasKey(w => new { w.County, w.ProductId, w.Week, w.LotId, w.Channel, w.Price });
        table.HasIndex(w => new { w.County, w.Week });
    }
}
