using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Channels;

/// <summary>What a county has set for a channel; where it has no row, what the program ships with holds.</summary>
internal sealed class ChannelRecord : IInCounty
{
    public required AreaCode County { get; init; }

    /// <summary><c>taobao</c>, <c>shop</c>…</summary>
    public required string Channel { get; init; }

    /// <summary>The column mapping as JSON; null: as shipped, or a channel without files.</summary>
    public string? Document { get; set; }

    /// <summary>Days after delivery, after which an order that nobody confirmed is due; 1 to 60.</summary>
    public required int DueDays { get; set; }
}

/// <summary>Which product a seller code of a channel is, and how much of it one unit holds.</summary>
internal sealed class SellerCode : IInCounty
{
    public required AreaCode County { get; init; }
    public required string Channel { get; init; }
    public required string Code { get; init; }
    public required long ProductId { get; set; }

    /// <summary>Only lots of this grade serve it; null: any.</summary>
    public string? Grade { get; set; }

    /// <summary>Grams, or pieces for goods by the piece; above zero.</summary>
    public required long PerUnit { get; set; }
}

/// <summary>What the packer scanned: this order went out of this lot.</summary>
internal sealed class PackingScan : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required string Channel { get; init; }

    /// <summary>The order's number on the channel.</summary>
    public required string Number { get; init; }
    public required long LotId { get; init; }
    public required long ByAccountId { get; init; }
    public required long AtMs { get; init; }
}

internal sealed class ChannelTables : IEntityTypeConfiguration<ChannelRecord>, IEntityTypeConfiguration<SellerCode>, IEntityTypeConfiguration<PackingScan>
{
    public void Configure(EntityTypeBuilder<ChannelRecord> table)
    {
        table.ToTable("market_channels");
        table.HasKey(c => new { c.County, c.Channel });
    }

    public void Configure(EntityTypeBuilder<SellerCode> table)
    {
        table.ToTable("market_seller_codes");
        table.HasKey(c => new { c.County, c.Channel, c.Code });
    }

    public void Configure(EntityTypeBuilder<PackingScan> table)
    {
        table.ToTable("market_packing_scans");
        table.HasKey(s => new { s.County, s.Id });
        table.HasIndex(s => new { s.County, s.Channel, s.Number, s.LotId }).IsUnique();
    }
}
