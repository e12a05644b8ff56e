using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;

namespace Shanhuo.Market.Media;

/// <summary>A picture of something; the caller has made sure that the asker may show it.</summary>
internal sealed record AddPicture(Guid RequestId, AreaCode County, MediaOwner OwnerKind, long OwnerId, string? AltZh, string? AltEn, Upload Photo);

internal sealed class AddPictureHandler(ShanhuoDb db, Ids ids, TimeProvider clock, PictureMaker maker)
{
    /// <summary>The most pictures of one thing.</summary>
    public const int Most = 8;

    /// <summary>The longest description of a picture.</summary>
    public const int MostAlt = 100;

    /// <summary>Makes its files and puts it behind the others. The same request again is the same picture.</summary>
    public async Task<Outcome<Picture>> Handle(AddPicture request, CancellationToken cancel)
    {
        if (await Added(request, cancel) is { } added) return added;
        if (!Alt(request.AltZh, "AltZh").Ok(out var zh, out var no) || !Alt(request.AltEn, "AltEn").Ok(out var en, out no)) return no;
        var shown = db.Pictures.Where(p => p.County == request.County && p.OwnerKind == request.OwnerKind && p.OwnerId == request.OwnerId && p.State == MediaState.Shown);
        if (await shown.CountAsync(cancel) >= Most) return new Refusal("market.media-many", Place.Input("Photo"), Most);
        if (!(await maker.Make(request.Photo, "Photo", cancel)).Ok(out var made, out no)) return no;
        var picture = new Picture
        {
            Id = ids.Next(), County = request.County, RequestId = request.RequestId, Name = made.Name, OwnerKind = request.OwnerKind, OwnerId = request.OwnerId, Position = (await shown.MaxAsync(p => (int?)p.Position, cancel) ?? 0) + 1,
            AltZh = zh, AltEn = en, Width = made.Width, Height = made.Height, Modern = made.Modern,
            Bytes320 = made.ModernBytes[320], Bytes640 = made.ModernBytes.GetValueOrDefault(640), Bytes1280 = made.ModernBytes.GetValueOrDefault(1280),
            Jpeg320 = made.JpegBytes[320], Jpeg640 = made.JpegBytes.GetValueOrDefault(640), Jpeg1280 = made.JpegBytes.GetValueOrDefault(1280), AddedMs = clock.NowMs, AccountId = db.Scope.AccountId, OrganisationId = db.Scope.OrganisationId,
        };
        db.Pictures.Add(picture);
        try
        {
            await db.SaveChangesAsync(cancel);
            return picture;
        }
        catch (Exception e)
        {
            // Without its row nobody would ever find the files.
            maker.Delete(made.Name);
            if (e is not DbUpdateException) throw;
            db.ChangeTracker.Clear();
            if (await Added(request, cancel) is { } first) return first;
            throw;
        }
    }

    private Task<Picture?> Added(AddPicture request, CancellationToken cancel) => db.Pictures.SingleOrDefaultAsync(p => p.County == request.County && p.RequestId == request.RequestId, cancel);

    private static Outcome<string> Alt(string? text, string field) => text?.Trim() is { Length: > 0 and <= MostAlt } alt ? alt : new Refusal("market.media-alt", Place.Input(field), MostAlt);
}
