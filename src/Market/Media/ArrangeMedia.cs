using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Media;

/// <summary>Changes what is shown: takes away, and sets the order.</summary>
internal sealed class ArrangeMediaHandler(ShanhuoDb db, PictureMaker maker)
{
    /// <summary>Takes a picture away; its files are deleted. Again: nothing more happens.</summary>
    public async Task<Outcome<Done>> TakeAwayPicture(AreaCode county, long id, CancellationToken cancel)
    {
        if (await db.Pictures.SingleOrDefaultAsync(p => p.County == county && p.Id == id && p.OwnerKind != MediaOwner.Video, cancel) is not { } picture) return new Refusal("market.media-gone");
        picture.State = MediaState.TakenAway;
        await db.SaveChangesAsync(cancel);
        maker.Delete(picture.Name);
        return new Done();
    }

    /// <summary>Takes a video away with its picture; their files are deleted.</summary>
    public async Task<Outcome<Done>> TakeAwayVideo(AreaCode county, long id, CancellationToken cancel)
    {
        if (await db.Videos.SingleOrDefaultAsync(v => v.County == county && v.Id == id, cancel) is not { } video) return new Refusal("market.media-gone");
        var posters = await db.Pictures.Where(p => p.County == county && p.OwnerKind == MediaOwner.Video && p.OwnerId == id).ToListAsync(cancel);
        video.State = MediaState.TakenAway;
        foreach (var poster in posters) poster.State = MediaState.TakenAway;
        await db.SaveChangesAsync(cancel);
        foreach (var name in posters.Select(p => p.Name).Append(video.Name)) maker.Delete(name);
        return new Done();
    }

    /// <summary>Puts a picture before all others of its owner.</summary>
    public async Task<Outcome<Done>> PutFirst(AreaCode county, long id, CancellationToken cancel)
    {
        if (await db.Pictures.SingleOrDefaultAsync(p => p.County == county && p.Id == id && p.State == MediaState.Shown, cancel) is not { } first) return new Refusal("market.media-gone");
        var all = await db.Pictures.Where(p => p.County == county && p.OwnerKind == first.OwnerKind && p.OwnerId == first.OwnerId && p.State == MediaState.Shown).OrderBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(cancel);
        var position = 1;
        foreach (var picture in all.OrderBy(p => p.Id == id ? 0 : 1)) picture.Position = position++;
        await db.SaveChangesAsync(cancel);
        return new Done();
    }
}
