using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying.Addresses;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Invoices;

/// <summary>A buyer asks for an invoice.</summary>
/// <param name="RequestId">Once.</param>
/// <param name="OrderId">The buyer's order.</param>
/// <param name="IsCompany">Then with a tax number.</param>
/// <param name="Title">Name of the person or company.</param>
/// <param name="TaxNumber">Unified social credit code.</param>
/// <param name="Contact">E-mail address or phone.</param>
internal sealed record AskInvoice(Guid RequestId, long OrderId, bool IsCompany, string? Title, string? TaxNumber, string? Contact);

/// <summary>Writes it down. Acts in the county of the order.</summary>
internal sealed partial class AskInvoiceHandler(ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets)
{
    private static readonly InvoiceRules Rules = InvoiceRules.Shipped;

    public async Task<Outcome<InvoiceAsk>> Handle(AskInvoice asked, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (asked.Title?.Trim() is not { Length: > 0 } title || title.Length > Rules.MostTitle) return new Refusal("invoice.title", Place.Input("Title"), Rules.MostTitle);
        var tax = asked.IsCompany ? Numerals.Narrow(asked.TaxNumber ?? "").Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant() : "";
        if (asked.IsCompany && CreditCode.WhyNot(tax, out var letter) is { } not) return new Refusal(not, Place.Input("TaxNumber"), letter);
        if (Contact(asked.Contact) is not var (contact, mask)) return new Refusal("invoice.contact", Place.Input("Contact"));
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        // The order's row is taken first, so that two who ask come one after the other.
        if (await db.Orders.Where(o => o.County == county && o.Id == asked.OrderId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel) == 0) return new Refusal("market.order-unknown");
        if (await db.Invoices.SingleOrDefaultAsync(i => i.County == county && i.OrderId == asked.OrderId, cancel) is { } earlier) return earlier.RequestId == asked.RequestId ? earlier : new Refusal("invoice.again");
        var order = await db.Orders.AsNoTracking().SingleAsync(o => o.County == county && o.Id == asked.OrderId, cancel);
        if (order.State is OrderState.Unpaid or OrderState.Cancelled) return new Refusal("invoice.not-paid");
        var seller = await (from l in db.OrderLines where l.County == county && l.OrderId == order.Id && l.OfferId != null join o in db.Unfiltered<Offer>("who sells an order issues its invoice") on new { l.County, Id = l.OfferId!.Value } equals new { o.County, o.Id } select new { o.SellerId, o.Area }).FirstOrDefaultAsync(cancel);
        if (seller is null) return new Refusal("invoice.elsewhere");
        var id = ids.Next();
        var invoice = new InvoiceAsk
        {
            Id = id, County = county, RequestId = asked.RequestId, Area = seller.Area, SellerId = seller.SellerId, OrderId = order.Id, TitleHidden = secrets.Hide(title, InvoiceAsk.Binding("title", id)), TaxNumber = tax,
            ContactHidden = secrets.Hide(contact, InvoiceAsk.Binding("contact", id)), ContactMask = mask, AskedDay = clock.Today,
        };
        db.Invoices.Add(invoice);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return invoice;
    }

    private static (string Contact, string Mask)? Contact(string? typed)
    {
        var text = Numerals.Narrow(typed ?? "").Trim();
        if (text.Length <= 100 && Mail().IsMatch(text)) return (text, text[..1] + "••" + text[text.IndexOf('@', StringComparison.Ordinal)..]);
        var phone = PhoneText.Take(text, ' ', out var rest, out _);
        return phone.Length > 0 && rest.Trim().Length == 0 ? (phone, Secrets.Mask(phone)) : null;
    }

    [GeneratedRegex(@"^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();
}
