using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Media;

namespace Shanhuo.Market.Offers;

/// <summary>An offer's own pictures, which buyers see before those of its product; whoever may take the offer back may change them.</summary>
internal sealed class PicturesPage(ShanhuoDb db, AddPictureHandler add, AddVideoHandler addVideo, ArrangeMediaHandler arrange, OfferBook offers) : MediaPage(db, add, addVideo, arrange)
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }

    protected override async Task<MediaAbout?> Find(CancellationToken cancel)
    {
        var (county, own) = (Db.Scope.County, Db.Scope.OrganisationId);
        return await Db.Offers.AsNoTracking().SingleOrDefaultAsync(o => o.County == county && o.Id == Id && o.State < OfferState.Agreed && (own == null || o.SellerId == own), cancel) is not { } offer ? null
            : new MediaAbout(county, MediaOwner.Offer, offer.Id, offer.Title, offer.TitleEn, "/market/offers", "offers.title", "media.where-offer", true, true);
    }

    protected override Task ShowAnew(CancellationToken cancel) => offers.ShowAnew(About.County, About.Id, cancel);
}
