using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Offers;

/// <summary>A county's or province's hall of special goods (特色馆): its words on top of the window. A county without a row has a plain one; that of a province shows the goods of its counties.</summary>
internal sealed class Pavilion
{
    /// <summary>County or province.</summary>
    public required AreaCode Area { get; init; }
    public required string Name { get; set; }
    public required string NameEn { get; set; }

    /// <summary>What makes its goods what they are; plain text.</summary>
    public string Story { get; set; } = "";
    public string StoryEn { get; set; } = "";

    /// <summary>The licensed merchant who sells: seller of record, as the law on online trade asks to be shown.</summary>
    public string Merchant { get; set; } = "";

    /// <summary>Number of the merchant's licence.</summary>
    public string Licence { get; set; } = "";
    public string Phone { get; set; } = "";

    /// <summary>When it was last written, for pages that lie in memory.</summary>
    public long ChangedMs { get; set; }
}

internal sealed class PavilionTable : IEntityTypeConfiguration<Pavilion>
{
    public void Configure(EntityTypeBuilder<Pavilion> table)
    {
        table.ToTable("market_pavilions");
        table.HasKey(p => p.Area);
    }
}
