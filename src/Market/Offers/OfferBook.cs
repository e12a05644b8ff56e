using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Offers;

/// <summary>An open lot of a seller.</summary>
internal sealed class OpenLot
{
    public required long Id { get; init; }
    public required long ProductId { get; init; }
    public required string Grade { get; init; }
    public required long SellerId { get; init; }
    public required string Code { get; init; }

    /// <summary>Out of sale.</summary>
    public required bool Recalled { get; init; }

    /// <summary>Grams or pieces; counted down while a batch of orders is served.</summary>
    public required long Available { get; set; }
}

/// <summary>An offer with what decides whether it can be ordered, as of one reading.</summary>
internal sealed class StandingOffer
{
    public required Offer Offer { get; init; }
    public required Product Product { get; init; }

    /// <summary>Those that serve it, first expired first; of a harvest none.</summary>
    public required IReadOnlyList<OpenLot> Lots { get; init; }
    public required string? MissingDocument { get; init; }

    /// <summary>Goods that would serve it are recalled.</summary>
    public required bool Recalled { get; init; }

    /// <summary>Units ordered meanwhile, in the batch that is being served.</summary>
    public long Taken { get; set; }

    /// <summary>Units that goods and cap allow. A unit comes out of one lot, so that a pack names one lot.</summary>
    public long Left
    {
        get
        {
            var cap = Offer.Cap is { } most ? most - Offer.Sold - Taken : long.MaxValue;
            if (Offer.Harvest) return Math.Max(0, cap == long.MaxValue ? 0 : cap);
            long goods = 0;
            foreach (var lot in Lots) goods += lot.Available / Offer.PerUnit;
            return Math.Max(0, Math.Min(cap, goods));
        }
    }

    public OfferFacts Facts => new(Offer.State, Offer.OpensMs, Offer.ClosesMs, Left, MissingDocument, Offer.DeliverUntil, Recalled);
}

/// <summary>Reads offers with their goods and documents: for the shop window, and for the checkout inside its transaction.</summary>
internal sealed class OfferBook(ShanhuoDb db, TimeProvider clock)
{
    private const string Why = "what a county offers is public, and whoever buys it draws on the seller's lots";

    /// <summary>Some offers of a county.</summary>
    public async Task<Dictionary<long, StandingOffer>> Read(AreaCode county, IReadOnlyCollection<long> offerIds, CancellationToken cancel) =>
        (await Read(county, await db.Unfiltered<Offer>(Why).AsNoTracking().Where(o => o.County == county && offerIds.Contains(o.Id)).ToListAsync(cancel), cancel)).ToDictionary(o => o.Offer.Id);

    /// <summary>All that a county has published, with what was taken back since.</summary>
    /// <param name="county">County.</param>
    /// <param name="products">Only offers of these; null: all.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<List<StandingOffer>> Published(AreaCode county, IReadOnlyCollection<long>? products, CancellationToken cancel)
    {
        var offers = db.Unfiltered<Offer>(Why).AsNoTracking().Where(o => o.County == county).Published;
        if (products is not null) offers = offers.Where(o => EF.Parameter(products).Contains(o.ProductId));
        return await Read(county, await offers.ToListAsync(cancel), cancel);
    }

    /// <summary>Says that more than its own row has changed of what is shown of some offers, so that the shop window reads them anew.</summary>
    /// <param name="county">County.</param>
    /// <param name="which">Those, whoever sells them; after their change is saved.</param>
    /// <param name="cancel">Stops it.</param>
    /// <remarks>Each offer by itself, since who orders holds several.</remarks>
    public async Task ShowAnew(AreaCode county, Expression<Func<Offer, bool>> which, CancellationToken cancel)
    {
        var now = clock.NowMs;
        foreach (var id in await db.Unfiltered<Offer>(Why).Where(o => o.County == county && o.State == OfferState.Open).Where(which).Select(o => o.Id).ToListAsync(cancel))
            await db.Unfiltered<Offer>(Why).Where(o => o.County == county && o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.ChangedMs, now), cancel);
    }

    /// <summary>The same of one offer, also where it was taken back: its page still stands.</summary>
    public Task ShowAnew(AreaCode county, long id, CancellationToken cancel)
    {
        var now = clock.NowMs;
        return db.Unfiltered<Offer>(Why).Where(o => o.County == county && o.Id == id).ExecuteUpdateAsync(set => set.SetProperty(o => o.ChangedMs, now), cancel);
    }

    private async Task<List<StandingOffer>> Read(AreaCode county, List<Offer> offers, CancellationToken cancel)
    {
        if (offers.Count == 0) return [];
        var today = clock.Today;
        var productIds = offers.Select(o => o.ProductId).Distinct().ToList();
        var products = await db.Unfiltered<Product>(Why).AsNoTracking().Where(p => EF.Parameter(productIds).Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancel);
        var lots = (await db.Unfiltered<Lot>(Why).AsNoTracking()
            .Where(l => l.County == county && EF.Parameter(productIds).Contains(l.ProductId) && l.ClosedDay == null && l.BestBefore >= today && l.Available > 0)
            .OrderBy(l => l.BestBefore).ThenBy(l => l.OpenedDay).ThenBy(l => l.Id)
            .Select(l => new OpenLot { Id = l.Id, ProductId = l.ProductId, Grade = l.Grade, SellerId = l.CooperativeId ?? l.PlaceId, Code = l.Code, Available = l.Available, Recalled = l.RecallId != null }).ToListAsync(cancel))
            .ToLookup(l => (l.SellerId, l.ProductId));
        var sellerIds = offers.Select(o => o.SellerId).Distinct().ToList();
        var documents = (await db.Unfiltered<Certificate>(Why).AsNoTracking()
            .Where(c => c.County == county && EF.Parameter(sellerIds).Contains(c.OrganisationId) && c.From <= today && c.Until >= today && (c.RevokedDay == null || c.RevokedDay > today))
            .Select(c => new { c.Id, c.OrganisationId, c.ProductId, c.Kind }).ToListAsync(cancel)).ToLookup(c => c.OrganisationId);
        return [.. offers.Where(o => products.ContainsKey(o.ProductId)).Select(o => (Offer: o, Lots: lots[(o.SellerId, o.ProductId)].Where(l => !o.Harvest && (o.Grade is null || l.Grade == o.Grade) && (o.LotId is null || l.Id == o.LotId)).ToList())).Select(f => new StandingOffer
        {
            Offer = f.Offer, Product = products[f.Offer.ProductId], Lots = f.Lots.FindAll(l => !l.Recalled), Recalled = f.Lots.Exists(l => l.Recalled),
            MissingDocument = GoodsRules.Shipped.Missing(products[f.Offer.ProductId].Category, documents[f.Offer.SellerId].Where(d => d.ProductId is null || d.ProductId == f.Offer.ProductId).Select(d => d.Kind))
                ?? (f.Offer.GuaranteeId is { } guarantee && documents[f.Offer.SellerId].All(d => d.Id != guarantee) ? Offer.GuaranteeKind : null),
        })];
    }
}
