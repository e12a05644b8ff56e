using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Shop;

/// <summary>An offer as a card in the window.</summary>
/// <param name="Standing">With its goods and documents.</param>
/// <param name="Seller">Name.</param>
/// <param name="SellerEn">In English, or null.</param>
/// <param name="Closed">Why it cannot be ordered now; null: it can.</param>
/// <param name="Picture">Its own first picture, else that of the product; null: our drawing stands there.</param>
internal sealed record OfferCard(StandingOffer Standing, string Seller, string? SellerEn, Refusal? Closed, PictureFact? Picture, Grade? Grade = null)
{
    public Offer Offer => Standing.Offer;
    public Product Product => Standing.Product;
}

/// <summary>Reads what stands in the shop window, as it is in the database now. All of it is public; what is private is never asked for.</summary>
internal sealed class ShopReader(ShanhuoDb db, TimeProvider clock, OfferBook book)
{
    private const string Why = "the shop window is public";

    /// <summary>How many open offers each county has; counties with none are not there.</summary>
    /// <param name="cancel">Stops it.</param>
    public Task<Dictionary<AreaCode, int>> Counties(CancellationToken cancel) =>
        db.Unfiltered<Offer>(Why).Where(o => o.State == OfferState.Open).GroupBy(o => o.County).Select(g => new { g.Key, Count = g.Count() }).TagWith("whole: the list of pavilions counts what each has, once a minute").ToDictionaryAsync(g => g.Key, g => g.Count, cancel);

    /// <summary>Is there such a county?</summary>
    public Task<bool> IsCounty(AreaCode county, CancellationToken cancel) => db.AreaFacts.AnyAsync(a => a.Code == county && a.Level == AreaLevel.County, cancel);

    /// <summary>The words of a pavilion; a plain one where nobody wrote any.</summary>
    public async Task<Pavilion> Pavilion(AreaCode area, CancellationToken cancel) => (await Pavilions([area], cancel))[0].Pavilion;

    /// <summary>The words of some pavilions, and whether somebody wrote them.</summary>
    public async Task<List<(Pavilion Pavilion, bool Written)>> Pavilions(IReadOnlyCollection<AreaCode> areas, CancellationToken cancel)
    {
        var own = await db.Set<Pavilion>().AsNoTracking().Where(p => EF.Parameter(areas).Contains(p.Area)).ToDictionaryAsync(p => p.Area, cancel);
        var facts = await db.AreaFacts.Where(a => EF.Parameter(areas).Contains(a.Code)).ToDictionaryAsync(a => a.Code, cancel);
        return [.. areas.Select(area => own.TryGetValue(area, out var written) ? (written, true)
            : (new Pavilion { Area = area, Name = facts.GetValueOrDefault(area)?.Name ?? area.ToString(), NameEn = facts.GetValueOrDefault(area)?.NameEn ?? facts.GetValueOrDefault(area)?.Name ?? area.ToString() }, false))];
    }

    /// <summary>A pavilion's words and pictures.</summary>
    public async Task<ShownPavilion> ShownPavilion(AreaCode area, CancellationToken cancel)
    {
        var words = await Pavilion(area, cancel);
        var id = area.Value;
        return new ShownPavilion(words, await db.PictureFacts.Where(p => p.County == area && p.OwnerKind == MediaOwner.Pavilion && p.OwnerId == id).OrderBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(cancel));
    }

    /// <summary>Everything that a county's pages show of some products, or of all.</summary>
    /// <param name="county">County.</param>
    /// <param name="products">Only these; null: all.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<List<ShownOffer>> Shown(AreaCode county, IReadOnlyCollection<long>? products, CancellationToken cancel)
    {
        var offers = await book.Published(county, products, cancel);
        if (offers.Count == 0) return [];
        var today = clock.Today;
        var sellerIds = offers.Select(o => o.Offer.SellerId).Distinct().ToList();
        var sellers = await db.OrganisationFacts.Where(o => EF.Parameter(sellerIds).Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        var documents = (await db.Unfiltered<Certificate>(Why).AsNoTracking().Where(c => c.County == county && EF.Parameter(sellerIds).Contains(c.OrganisationId) && c.From <= today && c.Until >= today && (c.RevokedDay == null || c.RevokedDay > today)).OrderBy(c => c.Kind).ToListAsync(cancel)).ToLookup(c => c.OrganisationId);
        var productIds = offers.Select(o => o.Product.Id).Distinct().ToList();
        var grades = await db.Set<Grade>().AsNoTracking().Where(g => EF.Parameter(productIds).Contains(g.ProductId)).ToDictionaryAsync(g => (g.ProductId, g.Code), cancel);
        var ids = offers.Select(o => o.Offer.Id).ToList();
        var pictures = await PicturesOf(county, ids, productIds, cancel);
        var videos = (await db.VideoFacts.Where(v => v.County == county && (v.OwnerKind == MediaOwner.Offer && EF.Parameter(ids).Contains(v.OwnerId) || v.OwnerKind == MediaOwner.Product && EF.Parameter(productIds).Contains(v.OwnerId))).OrderBy(v => v.Id).ToListAsync(cancel)).ToLookup(v => (v.OwnerKind, v.OwnerId));
        return [.. offers.Select(o => new ShownOffer(o, sellers.GetValueOrDefault(o.Offer.SellerId)?.Name ?? "", sellers.GetValueOrDefault(o.Offer.SellerId)?.NameEn, o.Offer.Grade is { } grade ? grades.GetValueOrDefault((o.Product.Id, grade)) : null,
            [.. documents[o.Offer.SellerId].Where(d => d.ProductId is null || d.ProductId == o.Product.Id)],
            [.. pictures[(MediaOwner.Offer, o.Offer.Id)], .. pictures[(MediaOwner.Product, o.Product.Id)]],
            videos[(MediaOwner.Offer, o.Offer.Id)].Concat(videos[(MediaOwner.Product, o.Product.Id)]).FirstOrDefault()))];
    }

    /// <summary>Of which product an offer is; null: there is none of this code to be seen.</summary>
    public Task<long?> ProductOf(AreaCode county, string code, CancellationToken cancel) =>
        db.Unfiltered<Offer>(Why).Published.Where(o => o.County == county && o.Code == code).Select(o => (long?)o.ProductId).SingleOrDefaultAsync(cancel);

    /// <summary>Some offers as cards, in the order asked for.</summary>
    public async Task<List<OfferCard>> Cards(AreaCode county, IReadOnlyCollection<long> ids, CancellationToken cancel)
    {
        if (ids.Count == 0) return [];
        var standing = await book.Read(county, ids, cancel);
        var sellerIds = standing.Values.Select(s => s.Offer.SellerId).Distinct().ToList();
        var sellers = await db.OrganisationFacts.Where(o => EF.Parameter(sellerIds).Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        var (now, today) = (clock.NowMs, clock.Today);
        var pictures = await PicturesOf(county, [.. standing.Keys], [.. standing.Values.Select(s => s.Product.Id).Distinct()], cancel);
        return [.. ids.Where(standing.ContainsKey).Select(id => standing[id]).Select(s => new OfferCard(s, sellers.GetValueOrDefault(s.Offer.SellerId)?.Name ?? "", sellers.GetValueOrDefault(s.Offer.SellerId)?.NameEn, OfferStanding.WhyNot(s.Facts, now, today, 1), pictures[(MediaOwner.Offer, s.Offer.Id)].Concat(pictures[(MediaOwner.Product, s.Product.Id)]).FirstOrDefault()))];
    }

    /// <summary>Pictures of offers and of products, each in its order.</summary>
    public async Task<ILookup<(MediaOwner, long), PictureFact>> PicturesOf(AreaCode county, IReadOnlyCollection<long> offers, IReadOnlyCollection<long> products, CancellationToken cancel) =>
        (await db.PictureFacts.Where(p => p.County == county && (p.OwnerKind == MediaOwner.Offer && EF.Parameter(offers).Contains(p.OwnerId) || p.OwnerKind == MediaOwner.Product && EF.Parameter(products).Contains(p.OwnerId))).OrderBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(cancel)).ToLookup(p => (p.OwnerKind, p.OwnerId));
}
