using Shanhuo.Kernel;
using Shanhuo.Market.Media;

namespace Shanhuo.Market.Contracts;

/// <summary>The folder of public pictures and videos, outside the web root; it need not exist yet.</summary>
/// <param name="Path">Full path.</param>
public sealed record MediaFolder(string Path);

/// <summary>What a picture or video shows.</summary>
public enum MediaOwner
{
    /// <summary>A product of a county.</summary>
    Product,

    /// <summary>An offer of somebody.</summary>
    Offer,

    /// <summary>A county's or province's pavilion.</summary>
    Pavilion,

    /// <summary>A video: the picture is what stands there before it plays.</summary>
    Video,

    /// <summary>A campaign.</summary>
    Campaign,
}

/// <summary>A picture as a page shows it.</summary>
public sealed record PictureFact
{
    /// <summary>Row id.</summary>
    public required long Id { get; init; }

    /// <summary>County.</summary>
    public required AreaCode County { get; init; }

    /// <summary>What it shows.</summary>
    public required MediaOwner OwnerKind { get; init; }

    /// <summary>Row id of that.</summary>
    public required long OwnerId { get; init; }

    /// <summary>1 is first.</summary>
    public required int Position { get; init; }

    /// <summary>Name of its files.</summary>
    public required string Name { get; init; }

    /// <summary>Ending of the better packed files beside the JPEGs: <c>avif</c> or <c>webp</c>.</summary>
    public required string Modern { get; init; }

    /// <summary>Pixels of the largest size.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels of the largest size.</summary>
    public required int Height { get; init; }

    /// <summary>What is to be seen, in Chinese.</summary>
    public required string AltZh { get; init; }

    /// <summary>The same in English.</summary>
    public required string AltEn { get; init; }
}

/// <summary>A short video as a page shows it; its first picture is a <see cref="PictureFact"/> of <see cref="MediaOwner.Video"/>.</summary>
public sealed record VideoFact
{
    /// <summary>Row id.</summary>
    public required long Id { get; init; }

    /// <summary>County.</summary>
    public required AreaCode County { get; init; }

    /// <summary>What it shows.</summary>
    public required MediaOwner OwnerKind { get; init; }

    /// <summary>Row id of that.</summary>
    public required long OwnerId { get; init; }

    /// <summary>Name of its file.</summary>
    public required string Name { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }
}

/// <summary>Pictures and videos that anybody may see.</summary>
public static class MediaFacts
{
    extension(ShanhuoDb db)
    {
        /// <summary>All pictures that are shown; public. Ask for a county, a kind of owner and owners, in the order of positions.</summary>
        public IQueryable<PictureFact> PictureFacts => db.Unfiltered<Picture>("pictures of goods are public").Where(p => p.State == MediaState.Shown)
            .Select(p => new PictureFact { Id = p.Id, County = p.County, OwnerKind = p.OwnerKind, OwnerId = p.OwnerId, Position = p.Position, Name = p.Name, Modern = p.Modern, Width = p.Width, Height = p.Height, AltZh = p.AltZh, AltEn = p.AltEn });

        /// <summary>All videos that are shown; public.</summary>
        public IQueryable<VideoFact> VideoFacts => db.Unfiltered<Video>("videos of goods are public").Where(v => v.State == MediaState.Shown)
            .Select(v => new VideoFact { Id = v.Id, County = v.County, OwnerKind = v.OwnerKind, OwnerId = v.OwnerId, Name = v.Name, Bytes = v.Bytes });
    }
}
