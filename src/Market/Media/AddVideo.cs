using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;

namespace Shanhuo.Market.Media;

/// <summary>A short video of something, with the picture that stands there until it plays.</summary>
internal sealed record AddVideo(Guid RequestId, AreaCode County, MediaOwner OwnerKind, long OwnerId, string? AltZh, string? AltEn, Upload Clip, Upload Poster);

internal sealed class AddVideoHandler(ShanhuoDb db, Ids ids, TimeProvider clock, MediaFolder folder, PictureMaker maker, AddPictureHandler pictures)
{
    /// <summary>The most videos of one thing.</summary>
    public const int Most = 2;

    /// <summary>Keeps the video and its picture. The same request again is the same video.</summary>
    public async Task<Outcome<Video>> Handle(AddVideo request, CancellationToken cancel)
    {
        if (await Added(request, cancel) is { } added) return added;
        if (await db.Videos.CountAsync(v => v.County == request.County && v.OwnerKind == request.OwnerKind && v.OwnerId == request.OwnerId && v.State == MediaState.Shown, cancel) >= Most) return new Refusal("market.media-many-videos", Place.Input("Clip"), Most);
        var video = new Video { Id = ids.Next(), County = request.County, RequestId = request.RequestId, Name = PublicName.New(), OwnerKind = request.OwnerKind, OwnerId = request.OwnerId, Bytes = request.Clip.Content.Length, AddedMs = clock.NowMs, AccountId = db.Scope.AccountId, OrganisationId = db.Scope.OrganisationId };
        Mp4.Blank(request.Clip.Content);
        Directory.CreateDirectory(folder.Path);
        var file = Path.Combine(folder.Path, video.Name + ".mp4");
        db.Videos.Add(video);
        try
        {
            await File.WriteAllBytesAsync(file, request.Clip.Content, cancel);
            // Saves both.
            if ((await pictures.Handle(new AddPicture(OfPoster(request.RequestId), request.County, MediaOwner.Video, video.Id, request.AltZh, request.AltEn, request.Poster), cancel)).Ok(out _, out var no)) return await Added(request, cancel) is { } kept ? Kept(kept, video) : video;
            File.Delete(file);
            return no.Where.Column == "Photo" ? no with { Where = Place.Input("Poster") } : no;
        }
        catch (Exception)
        {
            maker.Delete(video.Name);
            throw;
        }
    }

    // Somebody sent the same at the same moment and was first: our file is not needed.
    private Video Kept(Video kept, Video ours)
    {
        if (kept.Id != ours.Id) maker.Delete(ours.Name);
        return kept;
    }

    // Its picture is another row of the same request.
    private static Guid OfPoster(Guid request)
    {
        var bytes = request.ToByteArray();
        bytes[^1] ^= 0xFF;
        return new Guid(bytes);
    }

    private Task<Video?> Added(AddVideo request, CancellationToken cancel) => db.Videos.SingleOrDefaultAsync(v => v.County == request.County && v.RequestId == request.RequestId, cancel);
}
