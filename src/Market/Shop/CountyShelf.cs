using System.Collections.Concurrent;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Shop;

/// <summary>An offer with all that its page shows, as last read.</summary>
/// <param name="Standing">With its goods and documents.</param>
/// <param name="Seller">Name.</param>
/// <param name="SellerEn">In English, or null.</param>
/// <param name="Grade">What its grade means; null: any grade.</param>
/// <param name="Documents">Of the seller, good today.</param>
/// <param name="Pictures">Its own first, then those of the product.</param>
/// <param name="Video">Its own, else that of the product.</param>
internal sealed record ShownOffer(StandingOffer Standing, string Seller, string? SellerEn, Grade? Grade, IReadOnlyList<Certificate> Documents, IReadOnlyList<PictureFact> Pictures, VideoFact? Video)
{
    public Offer Offer => Standing.Offer;

    /// <summary>As a card, at an instant.</summary>
    public OfferCard At(long nowMs, DateOnly today) => new(Standing, Seller, SellerEn, OfferStanding.WhyNot(Standing.Facts, nowMs, today, 1), Pictures.Count > 0 ? Pictures[0] : null, Grade);
}

/// <summary>A pavilion as its page shows it, as last read.</summary>
internal sealed record ShownPavilion(Pavilion Words, IReadOnlyList<PictureFact> Pictures);

/// <summary>What a county shows, in memory, so that a page asks nothing of the database. <see cref="ShopPulse"/> keeps it true.</summary>
/// <param name="day">Business day on which it was read: at midnight goods and documents expire, and it is read anew.</param>
/// <param name="pavilion">Words and pictures of the county.</param>
internal sealed class CountyShelf(DateOnly day, ShownPavilion pavilion)
{
    private sealed record Order(long[] All, Dictionary<string, long[]> ByCategory);

    private readonly ConcurrentDictionary<string, ShownOffer> byCode = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, ShownOffer> byId = new();
    private readonly ConcurrentDictionary<long, ShownOffer[]> byProduct = new();
    private volatile Order order = new([], []);

    public DateOnly Day => day;
    public ShownPavilion Pavilion { get; set; } = pavilion;

    /// <summary>Kinds of goods it has on offer, by code.</summary>
    public IReadOnlyList<string> Categories => [.. order.ByCategory.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Open offers, the newest first.</summary>
    /// <param name="category">Only these goods; null: all.</param>
    public IReadOnlyList<long> Open(string? category) => category is null ? order.All : order.ByCategory.GetValueOrDefault(category) ?? [];

    /// <summary>An offer, also one that was taken back; null: not there.</summary>
    public ShownOffer? Find(long id) => byId.GetValueOrDefault(id);

    /// <summary>An offer by its public code, also one that was taken back; null: not there.</summary>
    public ShownOffer? Find(string code) => byCode.GetValueOrDefault(code);

    /// <summary>All offers of a product.</summary>
    public IReadOnlyList<ShownOffer> OfProduct(long productId) => byProduct.GetValueOrDefault(productId) ?? [];

    /// <summary>Puts what was read of some products in the place of what stood there. One caller at a time.</summary>
    /// <param name="products">Those that were read; null: all.</param>
    /// <param name="shown">What there is of them.</param>
    public void Put(IReadOnlyCollection<long>? products, IReadOnlyCollection<ShownOffer> shown)
    {
        var moved = false;
        var read = shown.GroupBy(s => s.Offer.ProductId).ToDictionary(g => g.Key, g => g.ToArray());
        foreach (var product in products ?? read.Keys)
        {
            var offers = read.GetValueOrDefault(product) ?? [];
            foreach (var gone in OfProduct(product).Where(o => offers.All(n => n.Offer.Id != o.Offer.Id)))
            {
                byId.TryRemove(gone.Offer.Id, out _);
                byCode.TryRemove(gone.Offer.Code, out _);
                moved = true;
            }
            foreach (var offer in offers)
            {
                moved |= Find(offer.Offer.Id) is not { } before || before.Offer.State != offer.Offer.State || before.Standing.Product.Category != offer.Standing.Product.Category;
                byId[offer.Offer.Id] = byCode[offer.Offer.Code] = offer;
            }
            byProduct[product] = offers;
        }
        if (!moved) return;
        var open = byId.Values.Where(o => o.Offer.State == OfferState.Open).OrderByDescending(o => o.Offer.Id).ToList();
        order = new Order([.. open.Select(o => o.Offer.Id)], open.GroupBy(o => o.Standing.Product.Category).ToDictionary(g => g.Key, g => g.Select(o => o.Offer.Id).ToArray()));
    }
}
