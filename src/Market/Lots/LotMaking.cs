using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Lots;

/// <summary>How new lots were made.</summary>
internal enum MakingKind
{
    /// <summary>Sorted into grades.</summary>
    Sorted,

    /// <summary>Packed.</summary>
    Packed,

    /// <summary>Processed into another product.</summary>
    Processed,
}

/// <summary>One making: what went in, what came out, what was lost on the way. Its moves stand in the lots.</summary>
internal sealed class LotMaking : IInCounty, IInArea
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }
    public required AreaCode Area { get; init; }
    public required long PlaceId { get; init; }
    public required MakingKind Kind { get; init; }
    public required DateOnly Day { get; init; }

    /// <summary>Grams or pieces taken from the sources.</summary>
    public required long TakenIn { get; init; }

    /// <summary>Grams or pieces of the new lots.</summary>
    public required long CameOut { get; init; }

    /// <summary>The first of the new lots, where the page goes on.</summary>
    public required long FirstLotId { get; init; }
    public string? Note { get; init; }
    public required long ByAccountId { get; init; }
}

internal sealed class LotMakingTable : IEntityTypeConfiguration<LotMaking>
{
    public void Configure(EntityTypeBuilder<LotMaking> table)
    {
        table.ToTable("market_lot_makings");
        table.HasKey(m => new { m.County, m.Id });
        table.HasIndex(m => new { m.County, m.RequestId }).IsUnique();
        table.HasIndex(m => new { m.County, m.PlaceId, m.Day });
    }
}
