using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Counter;

/// <summary>Where a sale that was made without a line stands.</summary>
internal enum CounterSaleState
{
    /// <summary>Its goods are not in the lot, as far as the county knows; somebody must look.</summary>
    Waiting,

    /// <summary>It is an order, and its goods are out of the lot.</summary>
    Taken,

    /// <summary>It was never made: a slip of the pen, or entered twice under two numbers.</summary>
    Void,
}

/// <summary>A sale over a counter that had no line: made then, told later. The goods are gone and the money is in the till, so it is kept whatever the books say.</summary>
internal sealed class CounterSale : IInCounty, IInArea
{
    public required AreaCode County { get; init; }
    public required long Id { get; init; }

    /// <summary>Seat of the station.</summary>
    public required AreaCode Area { get; init; }
    public required long StationId { get; init; }

    /// <summary>The station's own number of the sale, 1 to 40 characters; told again under it, it is the same sale.</summary>
    public required string Number { get; init; }

    /// <summary>Code of the lot, as told.</summary>
    public required string Lot { get; init; }

    /// <summary>Grams, or pieces for goods by the piece; above zero.</summary>
    public required long Quantity { get; init; }

    /// <summary>Per kilogram or piece.</summary>
    public required Fen Price { get; init; }

    /// <summary>When it was made by the clock of the counter, which may be wrong; null: not told.</summary>
    public long? SoldMs { get; init; }

    /// <summary>When it was told.</summary>
    public required long AtMs { get; init; }
    public required long OperatorId { get; init; }
    public CounterSaleState State { get; set; }
    public long? OrderId { get; set; }

    /// <summary>Code of what hinders it.</summary>
    public string? Why { get; set; }
}

internal sealed class CounterSaleTable : IEntityTypeConfiguration<CounterSale>
{
    public void Configure(EntityTypeBuilder<CounterSale> table)
    {
        table.ToTable("market_counter_sales");
        table.HasKey(s => new { s.County, s.Id });
        table.HasIndex(s => new { s.County, s.StationId, s.Number }).IsUnique();
        table.HasIndex(s => new { s.County, s.State, s.Id });
    }
}
