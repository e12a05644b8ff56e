using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Trace;

/// <summary>What each role received for a lot in a month: statement, trace page and a cooperative's overview read this and not the lines, of which a lot may have a hundred thousand. Kept in the transaction that posts; can be rebuilt from entries.</summary>
internal sealed class LotSum : IInCounty
{
    public required AreaCode County { get; init; }
    public required long LotId { get; init; }

    /// <summary>First day of the month.</summary>
    public required DateOnly Month { get; init; }

    /// <summary>The frozen version; 0 for what no scheme moved, such as goods bought at intake.</summary>
    public required long SchemeVersionId { get; init; }
    public required string Role { get; init; }

    /// <summary>Received less put in; the buyer's is below zero.</summary>
    public required Fen Amount { get; set; }

    /// <summary>Grams or pieces sold, counted on the role <c>buyer</c> only.</summary>
    public required long Quantity { get; set; }

    /// <summary>The latest end of a return window among these lines; null where no line has one.</summary>
    public DateOnly? ReleaseUntil { get; set; }
}

internal sealed class LotSumTable : IEntityTypeConfiguration<LotSum>
{
    public void Configure(EntityTypeBuilder<LotSum> table)
    {
        table.ToTable("settlement_lot_sums");
        table.HasKey(s => new { s.County, s.LotId, s.Month, s.SchemeVersionId, s.Role });
    }
}
