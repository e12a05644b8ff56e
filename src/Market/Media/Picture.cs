using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Media;

internal enum MediaState { Shown, TakenAway }

/// <summary>A picture of goods, in several sizes and packings under one public name. The file that was sent is not kept.</summary>
internal sealed class Picture : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>See <see cref="PublicName"/>; its files are <c>NAME-WIDTH.ENDING</c>.</summary>
    public required string Name { get; init; }
    public required MediaOwner OwnerKind { get; init; }
    public required long OwnerId { get; init; }

    /// <summary>1 is first; gaps may stand where others were taken away.</summary>
    public required int Position { get; set; }
    public required string AltZh { get; set; }
    public required string AltEn { get; set; }

    /// <summary>Pixels of the largest size, at most 1280 wide.</summary>
    public required int Width { get; init; }
    public required int Height { get; init; }

    /// <summary><c>avif</c>, or <c>webp</c> where this machine cannot write that.</summary>
    public required string Modern { get; init; }

    /// <summary>Bytes of each size in that packing; 0: the picture is too narrow for this size.</summary>
    public required int Bytes320 { get; init; }
    public required int Bytes640 { get; init; }
    public required int Bytes1280 { get; init; }

    /// <summary>Bytes of each size as JPEG.</summary>
    public required int Jpeg320 { get; init; }
    public required int Jpeg640 { get; init; }
    public required int Jpeg1280 { get; init; }
    public MediaState State { get; set; }
    public required long AddedMs { get; init; }
    public required long AccountId { get; init; }

    /// <summary>Organisation of who added it; null: the county itself.</summary>
    public long? OrganisationId { get; init; }
}

/// <summary>A short video of goods (MP4, H.264). What it told of place and device was blanked; it is kept as sent otherwise.</summary>
internal sealed class Video : IInCounty
{
    public required long Id { get; init; }
    public required AreaCode County { get; init; }
    public required Guid RequestId { get; init; }
    public required string Name { get; init; }
    public required MediaOwner OwnerKind { get; init; }
    public required long OwnerId { get; init; }
    public required int Bytes { get; init; }
    public MediaState State { get; set; }
    public required long AddedMs { get; init; }
    public required long AccountId { get; init; }

    /// <summary>Organisation of who added it; null: the county itself.</summary>
    public long? OrganisationId { get; init; }
}

internal sealed class MediaTable : IEntityTypeConfiguration<Picture>, IEntityTypeConfiguration<Video>
{
    public void Configure(EntityTypeBuilder<Picture> table)
    {
        table.ToTable("market_pictures");
        table.HasKey(p => new { p.County, p.Id });
        table.HasIndex(p => new { p.County, p.RequestId }).IsUnique();
        table.HasIndex(p => p.Name).IsUnique();
        table.HasIndex(p => new { p.County, p.OwnerKind, p.OwnerId, p.Position });
    }

    public void Configure(EntityTypeBuilder<Video> table)
    {
        table.ToTable("market_videos");
        table.HasKey(v => new { v.County, v.Id });
        table.HasIndex(v => new { v.County, v.RequestId }).IsUnique();
        table.HasIndex(v => v.Name).IsUnique();
        table.HasIndex(v => new { v.County, v.OwnerKind, v.OwnerId });
    }
}
