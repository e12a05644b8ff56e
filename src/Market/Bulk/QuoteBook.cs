using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Products;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Bulk;

/// <summary>A line of a quotation with its offer.</summary>
internal sealed record QuoteLineView(Offer Offer, int Units, Product Product, Grade? Grade)
{
    public long Quantity => Offer.PerUnit * Units;
    public Fen Amount => new(checked(Offer.Price.Value * Units));
}

/// <summary>A quotation with its lines.</summary>
internal sealed record QuotationView(Quotation Quotation, OrganisationFact Seller, IReadOnlyList<QuoteLineView> Lines)
{
    public Fen Goods => new(Lines.Sum(l => l.Amount.Value));
    public Fen Sum => Goods + Quotation.Freight;

    /// <summary>What is paid at acceptance.</summary>
    public Fen Now => Quotation.DepositPpm is { } ppm ? new Rate(ppm).Of(Goods) : Sum;
}

/// <summary>A request with all that was answered, the newest first.</summary>
internal sealed record QuoteView(QuoteRequest Request, Product Product, IReadOnlyList<QuotationView> Quotations, Order? Order, IReadOnlyList<StandingOrder> Standing);

/// <summary>Requests for quotations: those of this person's area, and of an organisation its own.</summary>
internal sealed class QuoteBook(ShanhuoDb db)
{
    private const string Why = "whoever may see a request may see what was quoted for it";

    /// <summary>Requests in one list.</summary>
    public const int Most = 100;

    /// <summary>Those of this person.</summary>
    public IQueryable<QuoteRequest> Mine
    {
        get
        {
            var (county, own) = (db.Scope.County, db.Scope.OrganisationId);
            return db.QuoteRequests.Where(q => q.County == county && (own == null || q.SellerId == own));
        }
    }

    /// <summary>Those in a state, the oldest that waits first.</summary>
    public Task<List<QuoteRequest>> List(QuoteState state, CancellationToken cancel)
    {
        var rows = Mine.AsNoTracking().Where(q => q.State == state);
        return (state < QuoteState.Accepted ? rows.OrderBy(q => q.Id) : rows.OrderByDescending(q => q.Id)).Take(Most).ToListAsync(cancel);
    }

    /// <summary>One of them; null: it is not this person's.</summary>
    public async Task<QuoteView?> One(long id, CancellationToken cancel) =>
        await Mine.AsNoTracking().SingleOrDefaultAsync(q => q.Id == id, cancel) is { } quote ? await Whole(quote, cancel) : null;

    /// <summary>Ends what the newest quotation of a request offers; it is replaced or declined.</summary>
    public async Task EndOffers(QuoteRequest quote, long nowMs, CancellationToken cancel)
    {
        var (county, id, version) = (quote.County, quote.Id, quote.Versions);
        var offers = from q in db.Quotations where q.County == county && q.QuoteId == id && q.Version == version join l in db.QuotationLines on new { q.County, QuotationId = q.Id } equals new { l.County, l.QuotationId } select l.OfferId;
        await db.Unfiltered<Offer>("a quotation that is replaced is over, whoever sells").Where(o => o.County == county && o.State == OfferState.Agreed && offers.Contains(o.Id)).ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OfferState.Ended).SetProperty(o => o.ChangedMs, nowMs), cancel);
    }

    private async Task<QuoteView> Whole(QuoteRequest quote, CancellationToken cancel)
    {
        var county = quote.County;
        var quotations = await db.Quotations.AsNoTracking().Where(q => q.County == county && q.QuoteId == quote.Id).OrderByDescending(q => q.Version).ToListAsync(cancel);
        var quotationIds = quotations.Select(q => q.Id).ToList();
        var lines = quotationIds.Count == 0 ? [] : await (from l in db.QuotationLines.AsNoTracking()
                                                          where l.County == county && quotationIds.Contains(l.QuotationId)
                                                          join o in db.Unfiltered<Offer>(Why).AsNoTracking() on new { l.County, Id = l.OfferId } equals new { o.County, o.Id }
                                                          join p in db.Products on o.ProductId equals p.Id
                                                          join g in db.Grades on new { o.ProductId, Code = o.Grade } equals new { g.ProductId, Code = (string?)g.Code } into gs
                                                          from grade in gs.DefaultIfEmpty()
                                                          orderby l.Number
                                                          select new { l.QuotationId, View = new QuoteLineView(o, l.Units, p, grade) }).ToListAsync(cancel);
        var byQuotation = lines.ToLookup(l => l.QuotationId, l => l.View);
        var sellerIds = quotations.Select(q => q.SellerId).Distinct().ToList();
        var sellers = sellerIds.Count == 0 ? [] : await db.OrganisationFacts.Where(o => sellerIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        var order = quote.OrderId is { } orderId ? await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.County == county && o.Id == orderId, cancel) : null;
        var standing = await db.StandingOrders.AsNoTracking().Where(s => s.County == county && s.QuoteId == quote.Id).OrderByDescending(s => s.Id).ToListAsync(cancel);
        return new QuoteView(quote, await db.Products.AsNoTracking().SingleAsync(p => p.Id == quote.ProductId, cancel), [.. quotations.Select(q => new QuotationView(q, sellers[q.SellerId], [.. byQuotation[q.Id]]))], order, standing);
    }
}
