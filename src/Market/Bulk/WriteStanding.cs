using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Bulk;

/// <summary>A standing order as the seller writes it.</summary>
/// <param name="OfferId">A line of a quotation to this buyer, whose price is kept until <paramref name="PriceUntil"/>; or an offer of the window at its price of the day, not above <paramref name="Ceiling"/>.</param>
/// <param name="PriceUntil">Last day of the fixed price; after it days are short until something new is agreed. Null with a ceiling.</param>
internal sealed record WriteStanding(Guid RequestId, long QuoteId, long OfferId, int Units, DateOnly? PriceUntil, Fen? Ceiling, int EveryDays, int Weekdays, DateOnly From, DateOnly Until, Fen Freight, int? DepositPpm, string Method);

/// <summary>The seller writes a standing order; it holds when the buyer has said yes on its page.</summary>
internal sealed class WriteStandingHandler(ShanhuoDb db, Ids ids, TimeProvider clock, QuoteBook book)
{
    /// <summary>Kinds that can be ordered day after day; the others are tied to a few hours, a group that comes about, a harvest or a booked day.</summary>
    public static IReadOnlyList<OfferKind> MayRepeat { get; } = [OfferKind.Fixed, OfferKind.Cycle, OfferKind.Live, OfferKind.Community];

    public async Task<Outcome<StandingOrder>> Handle(WriteStanding wish, CancellationToken cancel)
    {
        var (county, today) = (db.Scope.County, clock.Today);
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await book.Mine.Where(q => q.Id == wish.QuoteId).ExecuteUpdateAsync(set => set.SetProperty(q => q.Versions, q => q.Versions), cancel) == 0) return new Refusal("bulk.unknown");
        if (await db.StandingOrders.SingleOrDefaultAsync(s => s.County == county && s.RequestId == wish.RequestId, cancel) is { } written) return written;
        var quote = await db.QuoteRequests.SingleAsync(q => q.County == county && q.Id == wish.QuoteId, cancel);
        if (quote.State == QuoteState.Declined || quote.SellerId is not { } sellerId) return new Refusal("bulk.over");
        if (Check(wish, today) is { } wrong) return wrong;
        if (await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == sellerId, cancel) is not { } seller) return No("offers.seller", "OfferId");
        var mine = from q in db.Quotations where q.County == county && q.QuoteId == quote.Id join l in db.QuotationLines on new { q.County, QuotationId = q.Id } equals new { l.County, l.QuotationId } select l.OfferId;
        if (await db.Offers.AsNoTracking().SingleOrDefaultAsync(o => o.County == county && o.Id == wish.OfferId && o.SellerId == sellerId, cancel) is not { } offer) return No("market.offer-unknown", "OfferId");
        if (!MayRepeat.Contains(offer.Kind)) return No("standing.kind", "OfferId");
        var agreed = offer.State is OfferState.Agreed or OfferState.Ended;
        if (agreed ? !await mine.ContainsAsync(offer.Id, cancel) || wish.PriceUntil is null || wish.Ceiling is not null : offer.State != OfferState.Open || wish.Ceiling is null) return No("standing.price", agreed ? "PriceUntil" : "Ceiling");
        var id = ids.Next();
        var offerId = offer.Id;
        if (agreed)
        {
            offerId = ids.Next();
            db.Offers.Add(new Offer
            {
                Id = offerId, County = county, RequestId = Orders.OrderLots.Request(offerId, 32), Area = seller.Area, Code = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"S{id % 10_000_000_000:0000000000}"), ProductId = offer.ProductId, Grade = offer.Grade, SellerId = sellerId, Kind = OfferKind.Fixed, State = OfferState.Agreed,
                Title = offer.Title, TitleEn = offer.TitleEn, PerUnit = offer.PerUnit, Price = offer.Price, MostPerOrder = wish.Units, ClosesMs = new DateTimeOffset(wish.PriceUntil!.Value.AddDays(1), TimeOnly.MinValue, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds(),
                ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs, ChangedMs = clock.NowMs,
            });
        }
        else if (wish.Units > offer.MostPerOrder) return new Refusal("market.offer-most", Place.Input("Units"), offer.MostPerOrder);
        var standing = new StandingOrder
        {
            County = county, Id = id, RequestId = wish.RequestId, Area = seller.Area, SellerId = sellerId, QuoteId = quote.Id, Organisation = quote.Organisation, OfferId = offerId, Units = wish.Units, Ceiling = wish.Ceiling, EveryDays = wish.EveryDays, Weekdays = wish.Weekdays,
            From = wish.From, Until = wish.Until, Freight = wish.Freight, DepositPpm = wish.DepositPpm, Method = wish.Method, NextDay = wish.From, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs,
        };
        db.StandingOrders.Add(standing);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return standing;
    }

    private static Refusal? Check(WriteStanding wish, DateOnly today)
    {
        if (wish.Units is < 1 or > Buying.WebOrder.MostUnits) return No("bulk.units", "Units");
        if (wish.EveryDays is < 0 or > 92 || wish.Weekdays is < 0 or > 127 || wish.EveryDays > 0 == wish.Weekdays > 0) return No("standing.days", "EveryDays");
        if (wish.From < today || wish.Until < wish.From || wish.Until > wish.From.AddDays(BulkRules.Shipped.MostStandingDays)) return new Refusal("standing.from-until", Place.Input("Until"), BulkRules.Shipped.MostStandingDays);
        if (wish.Freight.Value is < 0 or > 100_000_000) return No("bulk.freight", "Freight");
        if (wish.DepositPpm is < 0 or > 900_000) return No("bulk.deposit", "Deposit");
        if (wish.Ceiling is { Value: < 1 or > 100_000_000 }) return No("standing.price", "Ceiling");
        return WriteQuotationHandler.Methods.Contains(wish.Method) ? null : No("bulk.method", "Method");
    }

    private static Refusal No(string code, string field) => new(code, Place.Input(field));
}

/// <summary>What the buyer does with a standing order on its page. Acts in its county.</summary>
internal sealed class TurnStandingHandler(ShanhuoDb db, TimeProvider clock)
{
    /// <summary><c>accept</c>, <c>pause</c>, <c>resume</c>, <c>end</c>. Days that are over keep what they are; today's is paused only where it was not ordered yet.</summary>
    public async Task<Refusal?> Handle(long id, string step, CancellationToken cancel)
    {
        var (county, today) = (db.Scope.County, clock.Today);
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await db.StandingOrders.Where(s => s.County == county && s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Units, s => s.Units), cancel) == 0) return new Refusal("standing.unknown");
        var order = await db.StandingOrders.SingleAsync(s => s.County == county && s.Id == id, cancel);
        if (order.State is StandingState.Active or StandingState.Paused) StandingRounds.Fill(db, order, today.AddDays(-1), today);
        switch (step)
        {
            case "accept" when order.State == StandingState.Proposed && order.Until >= today:
                (order.State, order.AcceptedMs, order.NextDay) = (StandingState.Active, clock.NowMs, order.From > today ? order.From : today);
                break;
            case "pause" when order.State == StandingState.Active:
                order.State = StandingState.Paused;
                await Keep(county, id, today, cancel);
                break;
            case "resume" when order.State == StandingState.Paused:
                order.State = StandingState.Active;
                break;
            case "end" when order.State != StandingState.Ended:
                order.State = StandingState.Ended;
                await Keep(county, id, today, cancel);
                if (order.Ceiling is null) await db.Unfiltered<Offer>("what was agreed with one buyer is over").Where(o => o.County == county && o.Id == order.OfferId && o.State == OfferState.Agreed).ExecuteUpdateAsync(set => set.SetProperty(o => o.State, OfferState.Ended), cancel);
                break;
            default:
                return new Refusal("standing.over");
        }
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return null;
    }

    // A day that has its row and no order yet is not ordered any more; those before today are missed, as always.
    private Task Keep(AreaCode county, long id, DateOnly today, CancellationToken cancel) =>
        db.StandingDays.Where(d => d.County == county && d.StandingOrderId == id && d.Day >= today && d.State == StandingDayState.Due).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, StandingDayState.Paused), cancel);
}
