using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Media;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Offers;

/// <summary>Pictures of a pavilion, for those who write its words.</summary>
internal sealed class PavilionPicturesPage(ShanhuoDb db, TimeProvider clock, AddPictureHandler add, AddVideoHandler addVideo, ArrangeMediaHandler arrange) : MediaPage(db, add, addVideo, arrange)
{
    protected override async Task<MediaAbout?> Find(CancellationToken cancel)
    {
        var area = Db.Scope.Area;
        if (area.Level is not (AreaLevel.County or AreaLevel.Province)) return null;
        var own = await Db.Pavilions.AsNoTracking().SingleOrDefaultAsync(p => p.Area == area, cancel);
        var fact = own is null ? await Db.AreaFacts.SingleOrDefaultAsync(a => a.Code == area, cancel) : null;
        return new MediaAbout(area, MediaOwner.Pavilion, area.Value, own?.Name ?? fact?.Name ?? area.ToString(), own?.NameEn ?? fact?.NameEn ?? fact?.Name, "/market/pavilion", "pavilion.title", "media.where-pavilion", false, true);
    }

    protected override async Task ShowAnew(CancellationToken cancel)
    {
        var area = About.County;
        if (await Db.Pavilions.SingleOrDefaultAsync(p => p.Area == area, cancel) is not { } own) Db.Pavilions.Add(own = new Pavilion { Area = area, Name = About.Name, NameEn = About.NameEn ?? About.Name });
        own.ChangedMs = clock.NowMs;
        await Db.SaveChangesAsync(cancel);
    }
}
