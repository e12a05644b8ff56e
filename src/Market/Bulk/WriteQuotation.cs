using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Offers;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Bulk;

/// <summary>A line as the seller writes it.</summary>
/// <param name="PerUnit">Grams or pieces in one pack.</param>
/// <param name="Units">Packs, 1 to 10,000.</param>
/// <param name="Price">Of one pack.</param>
/// <param name="Harvest">The goods come in later; the line waits for its lot.</param>
internal sealed record QuotedLine(long ProductId, string? Grade, long PerUnit, int Units, Fen Price, bool Harvest = false);

/// <summary>A quotation as the seller writes it; see <see cref="Quotation"/>.</summary>
internal sealed record WriteQuotation(Guid RequestId, long QuoteId, long SellerId, IReadOnlyList<QuotedLine> Lines, Fen Freight, int? DepositPpm, string Method, DateOnly DeliverFrom, DateOnly DeliverUntil, DateOnly ValidUntil, string PayTo, string Terms);

/// <summary>Answers a request with a quotation, or a newer one that replaces it.</summary>
internal sealed class WriteQuotationHandler(ShanhuoDb db, Ids ids, TimeProvider clock, QuoteBook book)
{
    /// <summary>Ways of paying that a quotation can name.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["transfer", "wechat", "alipay", "cash"];

    /// <summary>Most lines.</summary>
    public const int MostLines = 8;

    public async Task<Outcome<Quotation>> Handle(WriteQuotation wish, CancellationToken cancel)
    {
        var county = db.Scope.County;
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        // The request's row is taken first, by everybody who changes it.
        if (await book.Mine.Where(q => q.Id == wish.QuoteId).ExecuteUpdateAsync(set => set.SetProperty(q => q.Versions, q => q.Versions), cancel) == 0) return new Refusal("bulk.unknown");
        if (await db.Quotations.SingleOrDefaultAsync(q => q.County == county && q.RequestId == wish.RequestId, cancel) is { } written) return written;
        var quote = await db.QuoteRequests.SingleAsync(q => q.County == county && q.Id == wish.QuoteId, cancel);
        if (quote.State is QuoteState.Accepted or QuoteState.Declined) return new Refusal("bulk.over");
        if (Check(wish, clock.Today) is { } wrong) return wrong;
        if (await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == wish.SellerId, cancel) is not { } seller || !db.Scope.Area.Contains(seller.Area) || db.Scope.OrganisationId is { } own && own != seller.Id) return No("offers.seller", "SellerId");
        (quote.SellerId, quote.Area, quote.State) = (seller.Id, seller.Area, QuoteState.Quoted);
        await book.EndOffers(quote, clock.NowMs, cancel);
        quote.Versions++;
        var quotation = new Quotation
        {
            County = county, Id = ids.Next(), RequestId = wish.RequestId, QuoteId = quote.Id, Version = quote.Versions, SellerId = seller.Id, Freight = wish.Freight, DepositPpm = wish.DepositPpm, Method = wish.Method, DeliverFrom = wish.DeliverFrom, DeliverUntil = wish.DeliverUntil,
            ValidUntil = wish.ValidUntil, PayTo = wish.PayTo.Trim(), Terms = wish.Terms.Trim(), ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs,
        };
        db.Quotations.Add(quotation);
        for (var i = 0; i < wish.Lines.Count; i++)
        {
            if ((await Line(quote, quotation, seller.Area, wish.Lines[i], i, cancel)) is not { } no) continue;
            db.ChangeTracker.Clear();
            return no;
        }
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return quotation;
    }

    private async Task<Refusal?> Line(QuoteRequest quote, Quotation quotation, AreaCode area, QuotedLine line, int at, CancellationToken cancel)
    {
        var county = quote.County;
        string Field(string name) => $"Lines[{at}].{name}";
        if (await db.Products.AsNoTracking().SingleOrDefaultAsync(p => p.County == county && p.Id == line.ProductId, cancel) is not { } product) return No("market.order-product", Field("ProductId"));
        var grade = line.Grade is null ? null : await db.Grades.AsNoTracking().SingleOrDefaultAsync(g => g.ProductId == product.Id && g.Code == line.Grade, cancel);
        if (line.Grade is not null && grade is null) return No("offers.grade", Field("Grade"));
        if (line.PerUnit is < 1 or > 100_000_000) return No("offers.unit", Field("PerUnit"));
        if (line.Units is < 1 or > Buying.WebOrder.MostUnits) return No("bulk.units", Field("Units"));
        if (line.Price.Value is < 1 or > 100_000_000) return No("offers.price", Field("Price"));
        var id = ids.Next();
        db.Offers.Add(new Offer
        {
            Id = id, County = county, RequestId = Orders.OrderLots.Request(id, 31), Area = area, Code = $"{quote.Number}-{quotation.Version}-{at + 1}", ProductId = product.Id, Grade = line.Grade, SellerId = quotation.SellerId, Kind = OfferKind.Fixed, State = OfferState.Agreed,
            Title = $"{product.Name} {grade?.Name}".Trim(), TitleEn = $"{product.NameEn} {grade?.NameEn}".Trim(), PerUnit = line.PerUnit, Price = line.Price, Cap = line.Units, MostPerOrder = line.Units, Harvest = line.Harvest,
            ClosesMs = new DateTimeOffset(quotation.ValidUntil.AddDays(1), TimeOnly.MinValue, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds(), DeliverFrom = quotation.DeliverFrom, DeliverUntil = quotation.DeliverUntil, ByAccountId = db.Scope.AccountId, AtMs = clock.NowMs, ChangedMs = clock.NowMs,
        });
        db.QuotationLines.Add(new QuotationLine { County = county, QuotationId = quotation.Id, Number = at + 1, OfferId = id, Units = line.Units });
        return null;
    }

    private static Refusal? Check(WriteQuotation wish, DateOnly today)
    {
        if (wish.Lines.Count is < 1 or > MostLines) return new Refusal("bulk.lines", Place.Input("Lines[0].Units"), MostLines);
        if (wish.Freight.Value is < 0 or > 100_000_000) return No("bulk.freight", "Freight");
        if (wish.DepositPpm is < 0 or > 900_000) return No("bulk.deposit", "Deposit");
        if (!Methods.Contains(wish.Method)) return No("bulk.method", "Method");
        if (wish.DeliverFrom > wish.DeliverUntil) return No("offers.deliver", "DeliverUntil");
        if (wish.ValidUntil < today || wish.ValidUntil > today.AddDays(180) || wish.ValidUntil > wish.DeliverUntil) return No("bulk.valid", "ValidUntil");
        if (wish.Method == "transfer" && wish.PayTo.Trim().Length < 5 || wish.PayTo.Length > 200) return No("bulk.pay-to", "PayTo");
        return wish.Terms.Length > 1000 ? No("bulk.terms", "Terms") : null;
    }

    private static Refusal No(string code, string field) => new(code, Place.Input(field));
}
