using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Shop;

namespace Shanhuo.Market.Campaigns;

/// <summary>A campaign as anybody sees it.</summary>
/// <param name="Cards">Its published offers: what can be ordered first, flash and live before others.</param>
internal sealed record CampaignView(Campaign Campaign, Pavilion Pavilion, PictureFact? Picture, VideoFact? Video, PictureFact? Poster, IReadOnlyList<OfferCard> Cards);

/// <summary>Reads what stands on a campaign's page. All of it is public.</summary>
internal sealed class CampaignReader(ShanhuoDb db, ShopWindow window)
{
    private const string Why = "a campaign is public";

    /// <summary>One by its code; null: there is none.</summary>
    public async Task<CampaignView?> One(AreaCode county, string code, CancellationToken cancel)
    {
        if (await db.Unfiltered<Campaign>(Why).AsNoTracking().SingleOrDefaultAsync(c => c.County == county && c.Code == code, cancel) is not { } campaign) return null;
        var offers = await db.Unfiltered<Offer>(Why).Where(o => o.County == county && o.Campaign == code && o.State == OfferState.Open).OrderBy(o => o.Kind == OfferKind.Flash || o.Kind == OfferKind.Live ? 0 : 1).ThenBy(o => o.Id).Select(o => o.Id).Take(ShopWindow.PageSize).ToListAsync(cancel);
        var pavilion = await window.Pavilion(county, cancel);
        var cards = await window.Cards([.. offers.Select(id => (county, id))], cancel);
        var picture = await db.PictureFacts.Where(p => p.County == county && p.OwnerKind == MediaOwner.Campaign && p.OwnerId == campaign.Id).OrderBy(p => p.Position).FirstOrDefaultAsync(cancel);
        var video = await db.VideoFacts.Where(v => v.County == county && v.OwnerKind == MediaOwner.Campaign && v.OwnerId == campaign.Id).OrderByDescending(v => v.Id).FirstOrDefaultAsync(cancel);
        var poster = video is { Id: var id } ? await db.PictureFacts.FirstOrDefaultAsync(p => p.County == county && p.OwnerKind == MediaOwner.Video && p.OwnerId == id, cancel) : null;
        return new CampaignView(campaign, pavilion, picture, video, poster, [.. cards.OrderBy(c => c.Closed is null ? 0 : 1)]);
    }
}
