using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Bulk;

/// <summary>A buyer's question.</summary>
/// <param name="RequestId">Once.</param>
/// <param name="Offer">Code of the offer at which it is asked; null: the pavilion.</param>
/// <param name="ProductId">Where no offer says it.</param>
/// <param name="Quantity">Grams or pieces.</param>
/// <param name="To">Contact, phone, place and address.</param>
internal sealed record AskQuote(Guid RequestId, string? Offer, long ProductId, string? Grade, long Quantity, DateOnly WantedDay, string Organisation, Recipient To, string Words);

/// <summary>Writes a buyer's question down. Acts in the county of the pavilion.</summary>
internal sealed class AskQuoteHandler(ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets)
{
    /// <summary>Most of one request: 1,000 tonnes, or a million pieces.</summary>
    public const long MostGrams = 1_000_000_000, MostPieces = 1_000_000;

    private static readonly BulkRules Rules = BulkRules.Shipped;

    public async Task<Outcome<QuoteRequest>> Handle(AskQuote asked, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await Earlier(asked, cancel) is { } earlier) return earlier;
        Offer? offer = null;
        if (asked.Offer is not null && (offer = await db.Offers.AsNoTracking().SingleOrDefaultAsync(o => o.County == county && o.Code == asked.Offer && o.State == OfferState.Open, cancel)) is null) return new Refusal("market.offer-unknown");
        var productId = offer?.ProductId ?? asked.ProductId;
        if (await db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.County == county && p.Id == productId, cancel) is not { } product) return No("market.order-product", "ProductId");
        if (asked.Grade is { } grade && !await db.Grades.AnyAsync(g => g.ProductId == productId && g.Code == grade, cancel)) return No("offers.grade", "Grade");
        if (asked.Quantity < 1 || asked.Quantity > (product.ByPiece ? MostPieces : MostGrams)) return No("bulk.quantity", "Quantity");
        if (asked.WantedDay < clock.Today || asked.WantedDay > clock.Today.AddDays(Rules.MostDays)) return new Refusal("bulk.wanted-day", Place.Input("WantedDay"), Rules.MostDays);
        if (asked.Organisation.Trim().Length is < 2 or > 80) return No("bulk.organisation", "Organisation");
        if (asked.Words.Length > 500) return new Refusal("claim.words", Place.Input("Words"), 500);
        var phone = secrets.LookUp(asked.To.Phone, QuoteRequest.Table + ":phone");
        if (await db.QuoteRequests.CountAsync(q => q.County == county && q.PhoneKey == phone && q.State == QuoteState.Asked, cancel) >= Rules.MostOpen) return new Refusal("bulk.many", Place.Input("Phone"), Rules.MostOpen);
        var id = ids.Next();
        var quote = new QuoteRequest
        {
            County = county, Id = id, RequestId = asked.RequestId, Area = offer?.Area ?? county, SellerId = offer?.SellerId, OfferId = offer?.Id, ProductId = productId, Grade = asked.Grade ?? offer?.Grade, Quantity = asked.Quantity, WantedDay = asked.WantedDay,
            Organisation = asked.Organisation.Trim(), ContactHidden = secrets.Hide(asked.To.Name, QuoteRequest.Binding("contact", id)), PhoneHidden = secrets.Hide(asked.To.Phone, QuoteRequest.Binding("phone", id)), AddressHidden = secrets.Hide(asked.To.Address, QuoteRequest.Binding("address", id)),
            PhoneMask = Secrets.Mask(asked.To.Phone), PhoneKey = phone, Province = asked.To.Place, Words = asked.Words.Trim(), AskedMs = clock.NowMs,
        };
        db.QuoteRequests.Add(quote);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await Earlier(asked, cancel) is { } first) return first;
            throw;
        }
        return quote;
    }

    private Task<QuoteRequest?> Earlier(AskQuote asked, CancellationToken cancel)
    {
        var county = db.Scope.County;
        return db.QuoteRequests.AsNoTracking().SingleOrDefaultAsync(q => q.County == county && q.RequestId == asked.RequestId, cancel);
    }

    private static Refusal No(string code, string field) => new(code, Place.Input(field));
}
