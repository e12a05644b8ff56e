using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Epcis;

/// <summary>Under which address a county's things are named for machines: <c>https://…</c> without a slash at the end. Ids of events follow from it, so it stays once packs and events carry it.</summary>
internal sealed class TraceAddress : IInCounty
{
    public required AreaCode County { get; init; }
    public required string Base { get; set; }
}

/// <summary>The licence of an organisation with GS1, if it has one; it costs a fee, and nothing here needs it.</summary>
internal sealed class Gs1Party : IInCounty
{
    public required AreaCode County { get; init; }
    public required long OrganisationId { get; init; }

    /// <summary>Company prefix, 4 to 12 digits.</summary>
    public required string Prefix { get; set; }

    /// <summary>Number of its place, 13 digits; null: none.</summary>
    public string? Gln { get; set; }
}

/// <summary>The number under which an organisation sells a product, 14 digits.</summary>
internal sealed class ProductGtin : IInCounty
{
    public required AreaCode County { get; init; }
    public required long ProductId { get; init; }

    /// <summary>The cooperative or enterprise whose number it is.</summary>
    public required long OrganisationId { get; init; }
    public required string Gtin { get; set; }
}

internal sealed class NumberTables : IEntityTypeConfiguration<TraceAddress>, IEntityTypeConfiguration<Gs1Party>, IEntityTypeConfiguration<ProductGtin>
{
    public void Configure(EntityTypeBuilder<TraceAddress> table)
    {
        table.ToTable("market_trace_addresses");
        table.HasKey(a => a.County);
        table.Property(a => a.Base).HasMaxLength(100);
    }

    public void Configure(EntityTypeBuilder<Gs1Party> table)
    {
        table.ToTable("market_gs1_parties");
        table.HasKey(p => new { p.County, p.OrganisationId });
        table.Property(p => p.Prefix).HasMaxLength(12);
        table.Property(p => p.Gln).HasMaxLength(13);
    }

    public void Configure(EntityTypeBuilder<ProductGtin> table)
    {
        table.ToTable("market_gtins");
        table.HasKey(g => new { g.County, g.ProductId, g.OrganisationId });
        table.HasIndex(g => g.Gtin).IsUnique();
        table.Property(g => g.Gtin).HasMaxLength(14);
    }
}
