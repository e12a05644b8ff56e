using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Bulk;

/// <summary>The buyer's yes to a quotation. Acts in the county of the request, for whoever holds its link. A yes is contract and order in one change, through the same door as every order; the same yes again is the same order.</summary>
internal sealed class AcceptQuotationHandler(Ids ids, TimeProvider clock, Secrets secrets, QuoteBook book, ContractText text, CheckoutQueue queue)
{
    /// <summary>Accepts a version.</summary>
    /// <param name="quoteId">The request.</param>
    /// <param name="version">The version that was on the screen.</param>
    /// <param name="name">Who accepts for the buyer, 1 to 50 characters.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>Number of the order's row. <c>bulk.replaced</c>, <c>bulk.expired</c>, <c>bulk.over</c>, or why the order cannot be placed: nothing was changed then.</returns>
    public async Task<Outcome<long>> Handle(long quoteId, int version, string name, CancellationToken cancel)
    {
        if (await book.One(quoteId, cancel) is not { } view) return new Refusal("bulk.unknown");
        var quote = view.Request;
        if (quote.State == QuoteState.Accepted) return quote.AcceptedVersion == version ? quote.OrderId!.Value : new Refusal("bulk.replaced");
        if (quote.State != QuoteState.Quoted) return new Refusal("bulk.over");
        // By its number: a newer one may have been written since the request was read.
        if (version != quote.Versions || view.Quotations.FirstOrDefault(q => q.Quotation.Version == version) is not { } newest) return new Refusal("bulk.replaced");
        if (newest.Quotation.ValidUntil < clock.Today) return new Refusal("bulk.expired", Place.None, newest.Quotation.ValidUntil.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        if (name.Trim().Length is < 1 or > 50) return new Refusal("checkout.name-missing", Place.Input("Name"));
        var to = Recipient(quote);
        var contract = Concluded(quote, newest, new ContractParty(to.Name, to.Phone, to.Address, name.Trim(), clock.NowMs));
        var agreed = new Agreed(quote.Organisation, newest.Quotation.Freight, newest.Quotation.DepositPpm, BulkRules.Shipped.PayUntil(newest.Quotation.Method, clock.NowMs), newest.Quotation.DeliverUntil, contract);
        var order = new WebOrder(OrderLots.Request(newest.Quotation.Id, 21), quote.County, "bulk", [.. newest.Lines.Select(l => new Wish(l.Offer.Id, l.Units))], to, newest.Quotation.Method, newest.Sum, Agreed: agreed);
        if (!(await queue.Place(order, cancel)).Ok(out var placed, out var no)) return no with { Where = Place.None };
        return placed.OrderId;
    }

    /// <summary>To whom and where, in the clear.</summary>
    public Recipient Recipient(QuoteRequest quote) => new(secrets.Reveal(quote.ContactHidden, QuoteRequest.Binding("contact", quote.Id)), secrets.Reveal(quote.PhoneHidden, QuoteRequest.Binding("phone", quote.Id)), quote.Province, secrets.Reveal(quote.AddressHidden, QuoteRequest.Binding("address", quote.Id)), null);

    private Contract Concluded(QuoteRequest quote, QuotationView view, ContractParty buyer)
    {
        var (zh, en) = text.Write(quote, view, buyer);
        var id = ids.Next();
        return new Contract
        {
            County = quote.County, Id = id, QuoteId = quote.Id, Version = view.Quotation.Version, Number = ContractText.Number(quote, view.Quotation.Version), ZhHidden = secrets.Hide(zh, Contract.Binding("zh", id)), EnHidden = secrets.Hide(en, Contract.Binding("en", id)),
            Sha256 = ContractText.Fingerprint(zh, en), AcceptedMs = buyer.AcceptedMs,
        };
    }
}
