using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Shop;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Api;

/// <summary>Offers, stock and prices: what anybody sees in the shop window of the county.</summary>
internal static class OfferCalls
{
    private const string Why = "the shop window is public";

    /// <summary>Most offers of one order.</summary>
    public const int MostItems = 20;

    public static async Task<IResult> Page(string? cursor, string? limit, HttpContext http, ShanhuoDb db, ShopReader shop, CancellationToken cancel)
    {
        if (!ApiPage.Read(cursor, limit).Ok(out var page, out var no)) return ApiProblem.Refuse(http, no);
        var county = db.Scope.County;
        var ids = await db.Unfiltered<Offer>(Why).Where(o => o.County == county && o.State == OfferState.Open && o.Id < page.Before).OrderByDescending(o => o.Id).Select(o => o.Id).Take(page.Limit + 1).ToListAsync(cancel);
        var next = page.Cut(ids, id => id);
        return ApiJson.Ok(new OfferPageAnswer(await Tell(db, await shop.Cards(county, ids, cancel), cancel), next));
    }

    public static async Task<IResult> One(string code, HttpContext http, ShanhuoDb db, ShopReader shop, CancellationToken cancel) =>
        await Card(code, db, shop, cancel) is { } card ? ApiJson.Ok((await Tell(db, [card], cancel))[0]) : ApiProblem.Refuse(http, new Refusal("api.unknown"));

    public static async Task<IResult> Stock(string code, HttpContext http, ShanhuoDb db, ShopReader shop, CancellationToken cancel) =>
        await Card(code, db, shop, cancel) is { } card ? ApiJson.Ok(StockOf(card)) : ApiProblem.Refuse(http, new Refusal("api.unknown"));

    public static async Task<IResult> Quote(HttpContext http, ShanhuoDb db, OfferBook book, TimeProvider clock, CancellationToken cancel)
    {
        if (!(await ApiJson.Read<QuoteAsked>(http.Request, cancel)).Ok(out var asked, out var no)) return ApiProblem.Refuse(http, no);
        if (!(await Wishes(db, asked.Body.Items, cancel)).Ok(out var wishes, out no)) return ApiProblem.Refuse(http, no);
        var county = db.Scope.County;
        var province = asked.Body.Province;
        if (province is not null && province != county.ToString()[..6] && Provinces.All.All(p => p.Code != province)) return ApiProblem.Refuse(http, new Refusal("checkout.province-missing", Place.Input("province")));
        var standing = await book.Read(county, [.. wishes.Select(w => w.OfferId)], cancel);
        var offers = wishes.Select(w => (Offer: standing[w.OfferId], w.Units)).ToList();
        if (offers.Any(o => o.Offer.Offer.SellerId != offers[0].Offer.Offer.SellerId)) return ApiProblem.Refuse(http, new Refusal("market.cart-sellers"));
        if (offers.FirstOrDefault(o => o.Units > o.Offer.Offer.MostPerOrder) is { Offer: { } most }) return ApiProblem.Refuse(http, new Refusal("market.offer-most", Place.Input("items"), most.Offer.MostPerOrder));
        foreach (var (offer, units) in offers)
            if (OfferStanding.WhyNot(offer.Facts, clock.NowMs, clock.Today, units) is { } closed) return ApiProblem.Refuse(http, closed);
        var order = new WebOrder(Guid.Empty, county, "api", wishes, new Recipient("", "", province ?? "", "", province is null ? 0 : null), "", null);
        return CheckoutBatch.Total(county, await db.FreightOf(county, cancel), order, offers, clock.Today).Ok(out var total, out no)
            ? ApiJson.Ok(new QuoteAnswer(total.Goods.Value, total.Freight.Amount.Value, total.Sum.Value, total.Now.Value, total.Freight.Zone, total.Freight.PromisedDay)) : ApiProblem.Refuse(http, no);
    }

    /// <summary>The offers asked for by their ids.</summary>
    public static async Task<Outcome<List<Wish>>> Wishes(ShanhuoDb db, IReadOnlyList<ItemAsked> items, CancellationToken cancel)
    {
        // The reader of JSON holds fields to be there, not the elements of a list.
        if (items.Any(i => i is null)) return new Refusal("api.json", Place.Input("$.items"), "$.items");
        if (items.Count is < 1 or > MostItems) return new Refusal("api.items", Place.Input("items"), MostItems);
        var county = db.Scope.County;
        var codes = items.Select(i => i.Offer).Distinct().ToList();
        if (codes.Count < items.Count) return new Refusal("api.items", Place.Input("items"), MostItems);
        if (items.Any(i => i.Units is < 1 or > WebOrder.MostUnits)) return new Refusal("market.offer-most", Place.Input("items"), WebOrder.MostUnits);
        var known = await db.Unfiltered<Offer>(Why).Published.Where(o => o.County == county && EF.Parameter(codes).Contains(o.Code)).ToDictionaryAsync(o => o.Code, o => o.Id, cancel);
        return items.Any(i => !known.ContainsKey(i.Offer)) ? new Refusal("market.offer-unknown", Place.Input("items")) : items.Select(i => new Wish(known[i.Offer], i.Units)).ToList();
    }

    /// <summary>Does the buyer come to what is wished for? Then nobody asks where to send it.</summary>
    public static Task<bool> AreVisits(ShanhuoDb db, IReadOnlyList<Wish> wishes, CancellationToken cancel)
    {
        var (county, ids) = (db.Scope.County, wishes.Select(w => w.OfferId).ToList());
        return db.Unfiltered<Offer>(Why).Where(o => o.County == county && EF.Parameter(ids).Contains(o.Id)).AllAsync(o => o.Kind == OfferKind.Visit, cancel);
    }

    private static async Task<OfferCard?> Card(string code, ShanhuoDb db, ShopReader shop, CancellationToken cancel)
    {
        var county = db.Scope.County;
        var id = await db.Unfiltered<Offer>(Why).Published.Where(o => o.County == county && o.Code == code).Select(o => (long?)o.Id).SingleOrDefaultAsync(cancel);
        return id is { } known ? (await shop.Cards(county, [known], cancel))[0] : null;
    }

    private static StockAnswer StockOf(OfferCard card) => new(card.Standing.Left, card.Closed is null, card.Closed?.Code, [.. card.Standing.Lots.Select(l => l.Code)]);

    private static async Task<List<OfferAnswer>> Tell(ShanhuoDb db, IReadOnlyList<OfferCard> cards, CancellationToken cancel)
    {
        var sellers = cards.Select(c => c.Offer.SellerId).Distinct().ToList();
        var codes = await db.OrganisationFacts.Where(o => EF.Parameter(sellers).Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Code, cancel);
        return [.. cards.Select(c => new OfferAnswer(
            c.Offer.Code, c.Offer.Kind.ToString().ToLowerInvariant(), c.Offer.Title, c.Offer.TitleEn, c.Product.Code, c.Product.Name, c.Product.NameEn, c.Offer.Grade, codes.GetValueOrDefault(c.Offer.SellerId, ""), c.Seller, c.Offer.Price.Value, c.Offer.PerUnit,
            Measure(c.Product.ByPiece), c.Offer.ByWeight, c.Offer.MostPerOrder, c.Offer.DepositPpm, ApiJson.Instant(c.Offer.OpensMs), ApiJson.Instant(c.Offer.ClosesMs), c.Offer.DeliverFrom, c.Offer.DeliverUntil, StockOf(c)))];
    }

    /// <summary>In what quantities are counted.</summary>
    public static string Measure(bool byPiece) => byPiece ? "piece" : "g";
}
