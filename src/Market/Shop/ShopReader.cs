using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;
using Shanhuo.Market.Reviews;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Shop;

/// <summary>An offer as a card in the window.</summary>
/// <param name="Standing">With its goods and documents.</param>
/// <param name="Seller">Name.</param>
/// <param name="SellerEn">In English, or null.</param>
/// <param name="Closed">Why it cannot be ordered now; null: it can.</param>
/// <param name="Picture">Its own first picture, else that of the product; null: our drawing stands there.</param>
internal sealed record OfferCard(StandingOffer Standing, string Seller, string? SellerEn, Refusal? Closed, PictureFact? Picture)
{
    public Offer Offer => Standing.Offer;
    public Product Product => Standing.Product;
}

/// <summary>An offer with what stands on its page.</summary>
internal sealed record OfferView(OfferCard Card, Pavilion Pavilion, Grade? Grade, IReadOnlyList<Certificate> Documents, IReadOnlyList<string> Lots, IReadOnlyList<OfferCard> Others, IReadOnlyList<PictureFact> Pictures, VideoFact? Video, IReadOnlyList<ReviewLine> Reviews);

/// <summary>A pavilion in the list of all.</summary>
internal sealed record PavilionRow(Pavilion Pavilion, int Offers);

/// <summary>Reads what stands in the shop window. All of it is public; what is private is never asked for.</summary>
internal sealed class ShopReader(ShanhuoDb db, TimeProvider clock, OfferBook book)
{
    private const long MostMs = 60_000;

    private const string Why = "the shop window is public";

    /// <summary>Offers on one page of a pavilion.</summary>
    public const int PageSize = 24;

    /// <summary>Counties that have published something, and their provinces' pavilions.</summary>
    public async Task<List<PavilionRow>> Pavilions(CancellationToken cancel)
    {
        var counts = await db.Unfiltered<Offer>(Why).Where(o => o.State == OfferState.Open).GroupBy(o => o.County).Select(g => new { g.Key, Count = g.Count() }).TagWith("whole: the list of pavilions counts what each has; a few counties").ToListAsync(cancel);
        var rows = new List<PavilionRow>();
        foreach (var count in counts) rows.Add(new PavilionRow(await Pavilion(count.Key, cancel), count.Count));
        var provinces = counts.Select(c => c.Key.At(AreaLevel.Province)).Distinct().ToList();
        foreach (var own in await db.Set<Pavilion>().AsNoTracking().Where(p => EF.Parameter(provinces).Contains(p.Area)).ToListAsync(cancel))
            rows.Add(new PavilionRow(own, counts.Where(c => own.Area.Contains(c.Key)).Sum(c => c.Count)));
        return [.. rows.OrderBy(r => r.Pavilion.Area.Level).ThenByDescending(r => r.Offers)];
    }

    /// <summary>Until when a page with these offers holds if nothing changes: the next opening or closing on it, the end of the day, a minute at most.</summary>
    public long HoldsUntil(IEnumerable<OfferCard> cards)
    {
        var now = clock.NowMs;
        var midnight = new DateTimeOffset(clock.Today.AddDays(1), TimeOnly.MinValue, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds();
        return cards.SelectMany(c => new[] { c.Offer.OpensMs, c.Offer.ClosesMs }).OfType<long>().Where(at => at > now).Append(midnight).Append(now + MostMs).Min();
    }

    /// <summary>Several questions follow one another: they share one connection.</summary>
    public Task Begin(CancellationToken cancel) => db.Database.OpenConnectionAsync(cancel);

    /// <summary>The words of a pavilion.</summary>
    public async Task<Pavilion> Pavilion(AreaCode area, CancellationToken cancel)
    {
        if (await db.Set<Pavilion>().AsNoTracking().SingleOrDefaultAsync(p => p.Area == area, cancel) is { } own) return own;
        var fact = await db.AreaFacts.SingleOrDefaultAsync(a => a.Code == area, cancel);
        return new Pavilion { Area = area, Name = fact?.Name ?? area.ToString(), NameEn = fact?.NameEn ?? fact?.Name ?? area.ToString() };
    }

    /// <summary>What a county has published, a page at a time: what can be ordered first, then the newest.</summary>
    /// <param name="county">County.</param>
    /// <param name="category">Only these goods; null: all.</param>
    /// <param name="page">1, 2, 3…</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<(List<OfferCard> Cards, int Count)> Offers(AreaCode county, string? category, int page, CancellationToken cancel)
    {
        var offers = db.Unfiltered<Offer>(Why).AsNoTracking().Where(o => o.County == county && o.State == OfferState.Open);
        if (category is not null)
        {
            var products = db.Unfiltered<Product>(Why).Where(p => p.County == county && p.Category == category).Select(p => p.Id);
            offers = offers.Where(o => products.Contains(o.ProductId));
        }
        var count = await offers.CountAsync(cancel);
        page = Math.Clamp(page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var ids = await offers.OrderByDescending(o => o.Id).Skip((page - 1) * PageSize).Take(PageSize).Select(o => o.Id).ToListAsync(cancel);
        var cards = await Cards(county, ids, cancel);
        return ([.. cards.OrderBy(c => c.Closed is null ? 0 : 1).ThenByDescending(c => c.Offer.Id)], count);
    }

    /// <summary>Kinds of goods that a county has.</summary>
    public Task<List<string>> Categories(AreaCode county, CancellationToken cancel)
    {
        var offered = db.Unfiltered<Offer>(Why).Where(o => o.County == county && o.State == OfferState.Open).Select(o => o.ProductId);
        return db.Unfiltered<Product>(Why).Where(p => p.County == county && offered.Contains(p.Id)).Select(p => p.Category).Distinct().OrderBy(c => c).ToListAsync(cancel);
    }

    /// <summary>Some offers as cards, in the order asked for.</summary>
    public async Task<List<OfferCard>> Cards(AreaCode county, IReadOnlyCollection<long> ids, CancellationToken cancel)
    {
        if (ids.Count == 0) return [];
        var standing = await book.Read(county, ids, cancel);
        var sellerIds = standing.Values.Select(s => s.Offer.SellerId).Distinct().ToList();
        var sellers = await db.OrganisationFacts.Where(o => EF.Parameter(sellerIds).Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        var (now, today) = (clock.NowMs, clock.Today);
        var pictures = (await PicturesOf(county, [.. standing.Keys], [.. standing.Values.Select(s => s.Product.Id).Distinct()], cancel)).ToLookup(p => (p.OwnerKind, p.OwnerId));
        return [.. ids.Where(standing.ContainsKey).Select(id => standing[id]).Select(s => new OfferCard(s, sellers.GetValueOrDefault(s.Offer.SellerId)?.Name ?? "", sellers.GetValueOrDefault(s.Offer.SellerId)?.NameEn, OfferStanding.WhyNot(s.Facts, now, today, 1), pictures[(MediaOwner.Offer, s.Offer.Id)].Concat(pictures[(MediaOwner.Product, s.Product.Id)]).FirstOrDefault()))];
    }

    /// <summary>One offer by its public code; null: there is none to be seen.</summary>
    public async Task<OfferView?> Offer(AreaCode county, string code, CancellationToken cancel)
    {
        var found = await db.Unfiltered<Offer>(Why).Where(o => o.County == county && o.Code == code && o.State != OfferState.Draft).Select(o => new { o.Id, o.ProductId, o.Grade }).SingleOrDefaultAsync(cancel);
        if (found is null) return null;
        // Who else sells the same, at what price, in which grade.
        var same = await db.Unfiltered<Offer>(Why).Where(o => o.County == county && o.ProductId == found.ProductId && o.State == OfferState.Open && o.Id != found.Id).OrderBy(o => o.Price).Select(o => o.Id).Take(8).ToListAsync(cancel);
        var cards = await Cards(county, [found.Id, .. same], cancel);
        var card = cards[0];
        var today = clock.Today;
        var seller = card.Offer.SellerId;
        var documents = await db.Unfiltered<Certificate>(Why).AsNoTracking().Where(c => c.County == county && c.OrganisationId == seller && (c.ProductId == null || c.ProductId == found.ProductId) && c.From <= today && c.Until >= today && (c.RevokedDay == null || c.RevokedDay > today)).OrderBy(c => c.Kind).ToListAsync(cancel);
        var grade = found.Grade is null ? null : await db.Set<Grade>().AsNoTracking().SingleOrDefaultAsync(g => g.ProductId == found.ProductId && g.Code == found.Grade, cancel);
        var pictures = await PicturesOf(county, [found.Id], [found.ProductId], cancel);
        var video = await db.VideoFacts.Where(v => v.County == county && (v.OwnerKind == MediaOwner.Offer && v.OwnerId == found.Id || v.OwnerKind == MediaOwner.Product && v.OwnerId == found.ProductId)).OrderBy(v => v.Id).FirstOrDefaultAsync(cancel);
        var reviews = card.Offer.ReviewCount == 0 ? [] : await db.ShownReviews(county, found.Id, null, ReviewQueries.OnOffer, cancel);
        return new OfferView(card, await Pavilion(county, cancel), grade, documents, [.. card.Standing.Lots.Take(3).Select(l => l.Code)], cards[1..], [.. pictures.OrderBy(p => p.OwnerKind == MediaOwner.Offer ? 0 : 1).ThenBy(p => p.Position)], video, reviews);
    }

    private async Task<List<PictureFact>> PicturesOf(AreaCode county, IReadOnlyCollection<long> offers, IReadOnlyCollection<long> products, CancellationToken cancel) =>
        await db.PictureFacts.Where(p => p.County == county && (p.OwnerKind == MediaOwner.Offer && EF.Parameter(offers).Contains(p.OwnerId) || p.OwnerKind == MediaOwner.Product && EF.Parameter(products).Contains(p.OwnerId))).OrderBy(p => p.Position).ThenBy(p => p.Id).ToListAsync(cancel);
}
