using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Offers;

/// <summary>A new offer as its form gives it.</summary>
/// <param name="RequestId">Once.</param>
/// <param name="ProductId">Of the county.</param>
/// <param name="Grade">A grade of the product, or null.</param>
/// <param name="SellerId">Whose lots serve it; own people only their own organisation.</param>
/// <param name="Kind">How it is sold.</param>
/// <param name="Title">5 to 60 characters.</param>
/// <param name="PerUnit">Grams or pieces in one unit.</param>
/// <param name="Price">For one unit.</param>
internal sealed record WriteOffer(Guid RequestId, long ProductId, string? Grade, long SellerId, OfferKind Kind, string Title, string TitleEn, long PerUnit, Fen Price)
{
    public string Words { get; init; } = "";
    public string WordsEn { get; init; } = "";
    public bool ByWeight { get; init; }
    public long? OpensMs { get; init; }
    public long? ClosesMs { get; init; }
    public long? Cap { get; init; }
    public int MostPerOrder { get; init; } = 99;
    public long? Minimum { get; init; }
    public bool Harvest { get; init; }
    public DateOnly? DeliverFrom { get; init; }
    public DateOnly? DeliverUntil { get; init; }
    public int? DepositPpm { get; init; }

    /// <summary>Null: that of its campaign, else none.</summary>
    public int? CommissionPpm { get; init; }

    /// <summary>Who guarantees a presale instead of a deposit, and the number of the document; both or neither.</summary>
    public string Guarantor { get; init; } = "";
    public string Guarantee { get; init; } = "";

    /// <summary>Code of one that is there.</summary>
    public string? Campaign { get; init; }

    /// <summary>Station whose leader gathers a community group and hands its goods over.</summary>
    public long? PickupId { get; init; }
    public string? Lot { get; init; }
}

/// <summary>Publishes and withdraws offers.</summary>
internal sealed class WriteOfferHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    /// <summary>Publishes a new offer.</summary>
    public async Task<Outcome<Offer>> Handle(WriteOffer wish, CancellationToken cancel)
    {
        var county = db.Scope.County;
        var lastArea = county.Last;
        if (await db.Offers.SingleOrDefaultAsync(o => o.County == county && o.RequestId == wish.RequestId, cancel) is { } written) return written;
        if (await db.Products.SingleOrDefaultAsync(p => p.County == county && p.Id == wish.ProductId, cancel) is not { } product) return No("market.order-product", "ProductId");
        if (await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == wish.SellerId, cancel) is not { } seller || !db.Scope.Area.Contains(seller.Area) || db.Scope.OrganisationId is { } own && own != seller.Id) return No("offers.seller", "SellerId");
        if (wish.Grade is { } grade && !await db.Grades.AnyAsync(g => g.ProductId == product.Id && g.Code == grade, cancel)) return No("offers.grade", "Grade");
        if (Check(wish, product) is { } wrong) return wrong;
        // Who sells is named to buyers: a licensed merchant, never this program.
        if (!await db.Pavilions.AnyAsync(p => p.Area == county && p.Merchant != "" && p.Licence != "", cancel)) return new Refusal("offers.merchant");
        if (wish.PickupId is { } pickup && !await db.OrganisationFacts.AnyAsync(o => o.Id == pickup && o.Area >= county && o.Area <= lastArea && (o.Kind == OrganisationKind.VillageStation || o.Kind == OrganisationKind.TownshipStation), cancel)) return No("offers.pickup", "PickupId");
        var campaign = wish.Campaign is { Length: > 0 } named ? await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.County == county && c.Code == named, cancel) : null;
        if (wish.Campaign is { Length: > 0 } && campaign is null) return No("offers.campaign-unknown", "Campaign");
        long? lotId = null;
        if (wish.Lot is { Length: > 0 } code)
        {
            lotId = await db.Lots.Where(l => l.County == county && l.Code == code && l.ProductId == product.Id && l.ClosedDay == null).Select(l => (long?)l.Id).SingleOrDefaultAsync(cancel);
            if (lotId is null) return new Refusal("offers.lot", Place.Input("Lot"), code);
        }
        long? guarantee = null;
        if (wish.Guarantor.Trim().Length > 0 || wish.Guarantee.Trim().Length > 0)
        {
            var (number, today) = (wish.Guarantee.Trim(), clock.Today);
            if (wish.Kind != OfferKind.Presale || wish.DepositPpm is not null || wish.Guarantor.Trim().Length is < 2 or > 60) return No("offers.guarantee", "Guarantor");
            guarantee = await db.Certificates.Where(c => c.County == county && c.OrganisationId == seller.Id && c.Kind == Offer.GuaranteeKind && c.Number == number && (c.ProductId == null || c.ProductId == product.Id) && c.From <= today && c.Until >= today && c.RevokedDay == null).OrderBy(c => c.Id).Select(c => (long?)c.Id).FirstOrDefaultAsync(cancel);
            if (guarantee is null) return No("offers.guarantee", "Guarantee");
        }
        var id = ids.Next();
        var offer = new Offer
        {
            Id = id, County = county, RequestId = wish.RequestId, Area = seller.Area, Code = $"{product.Code}-{id % 1_000_000_000:000000000}", ProductId = product.Id, Grade = wish.Grade, SellerId = seller.Id, LotId = lotId, Kind = wish.Kind, State = OfferState.Open,
            Title = wish.Title.Trim(), TitleEn = wish.TitleEn.Trim(), Words = wish.Words.Trim(), WordsEn = wish.WordsEn.Trim(), PerUnit = wish.PerUnit, Price = wish.Price, ByWeight = wish.ByWeight, OpensMs = wish.OpensMs, ClosesMs = wish.ClosesMs, Cap = wish.Cap, MostPerOrder = wish.MostPerOrder,
            Minimum = wish.Kind == OfferKind.Group ? wish.Minimum : null, Harvest = wish.Harvest || wish.Kind == OfferKind.Presale, DeliverFrom = wish.DeliverFrom, DeliverUntil = wish.DeliverUntil, DepositPpm = wish.Kind == OfferKind.Presale ? wish.DepositPpm : null, CommissionPpm = wish.CommissionPpm ?? campaign?.CommissionPerMille * 1000 ?? 0, GuaranteeId = guarantee, Guarantor = guarantee is null ? "" : wish.Guarantor.Trim(),
            Campaign = campaign?.Code, PickupId = wish.PickupId, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs, ChangedMs = clock.NowMs,
        };
        db.Offers.Add(offer);
        try
        {
            await db.SaveChangesAsync(cancel);
            return offer;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await db.Offers.SingleOrDefaultAsync(o => o.County == county && o.RequestId == wish.RequestId, cancel) is { } first) return first;
            throw;
        }
    }

    /// <summary>Takes an offer back, or publishes it again. Orders that were placed stay.</summary>
    public async Task<Refusal?> Turn(long id, bool open, CancellationToken cancel)
    {
        var county = db.Scope.County;
        var own = db.Scope.OrganisationId;
        var (state, now) = (open ? OfferState.Open : OfferState.Withdrawn, clock.NowMs);
        return await db.Offers.Where(o => o.County == county && o.Id == id && o.State < OfferState.Agreed && (own == null || o.SellerId == own)).ExecuteUpdateAsync(set => set.SetProperty(o => o.State, state).SetProperty(o => o.ChangedMs, now), cancel) == 1 ? null : new Refusal("market.offer-unknown");
    }

    private static Refusal? Check(WriteOffer wish, Product product)
    {
        if (wish.Title.Trim().Length is < 5 or > 60) return No("offers.title-wrong", "Title");
        if (wish.TitleEn.Trim().Length is < 5 or > 120) return No("offers.title-wrong", "TitleEn");
        if (wish.Words.Length > 2000 || wish.WordsEn.Length > 4000) return No("offers.words", "Words");
        if (wish.PerUnit is < 1 or > 100_000_000) return No("offers.unit", "PerUnit");
        if (wish.Price.Value is < 1 or > 100_000_000) return No("offers.price", "Price");
        if (wish.ByWeight && product.ByPiece) return No("offers.by-weight", "ByWeight");
        if (wish.MostPerOrder is < 1 or > 10_000) return No("offers.most", "MostPerOrder");
        if (wish.Cap is < 1) return No("offers.cap", "Cap");
        if (wish.OpensMs >= wish.ClosesMs) return No("offers.window", "ClosesMs");
        if (wish.DeliverFrom > wish.DeliverUntil) return No("offers.deliver", "DeliverUntil");
        if (wish.Kind is OfferKind.Presale or OfferKind.Visit && wish.DeliverFrom is null) return No("offers.deliver-missing", "DeliverFrom");
        if (wish.Kind is OfferKind.Presale or OfferKind.Flash && wish.Cap is null || wish.Harvest && wish.Cap is null) return No("offers.cap-missing", "Cap");
        if (wish.Kind is OfferKind.Cycle or OfferKind.Group or OfferKind.Flash && wish.ClosesMs is null) return No("offers.closes-missing", "ClosesMs");
        if (wish.Kind == OfferKind.Group && wish.Minimum is not > 1) return No("offers.minimum", "Minimum");
        if (wish.Kind is OfferKind.Flash or OfferKind.Live && string.IsNullOrWhiteSpace(wish.Campaign)) return No("offers.campaign", "Campaign");
        if (wish.Campaign?.Length > 40) return No("offers.campaign", "Campaign");
        if (wish.Kind == OfferKind.Community && wish.PickupId is null) return No("offers.pickup", "PickupId");
        // Whoever pays before the harvest has either not paid all, or somebody who answers for it.
        if (wish.Kind == OfferKind.Presale && wish.DepositPpm is null && wish.Guarantor.Trim().Length == 0) return No("offers.presale-safe", "DepositPpm");
        if (wish.DepositPpm is < 10_000 or > 900_000) return No("offers.deposit", "DepositPpm");
        if (wish.CommissionPpm is < 0 or > 500_000) return No("offers.commission", "CommissionPpm");
        return null;
    }

    private static Refusal No(string code, string field) => new(code, Place.Input(field));
}
