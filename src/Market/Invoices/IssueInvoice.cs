using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Invoices;

/// <summary>It was issued at the tax authority's platform.</summary>
/// <param name="InvoiceId">In scope.</param>
/// <param name="Number">8 to 20 figures.</param>
/// <param name="Shown">The amount on the screen; another than that of this moment is refused.</param>
internal sealed record IssueInvoice(long InvoiceId, string? Number, Fen Shown);

/// <summary>Marks an invoice as issued, also anew after a refund.</summary>
internal sealed class IssueInvoiceHandler(ShanhuoDb db, Ids ids, TimeProvider clock, InvoiceBook book)
{
    public async Task<Refusal?> Handle(IssueInvoice request, CancellationToken cancel)
    {
        var number = Numerals.Narrow(request.Number ?? "").Trim();
        if (number.Length is < 8 or > 20 || !number.All(char.IsAsciiDigit)) return new Refusal("invoice.number", Place.Input("Number"));
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await book.Mine.AsNoTracking().SingleOrDefaultAsync(i => i.Id == request.InvoiceId, cancel) is not { } found) return new Refusal("invoice.unknown");
        // The lines are taken first, as by every refund: one that comes later finds the invoice issued, and marks it.
        await db.OrderLines.Where(l => l.County == found.County && l.OrderId == found.OrderId).ExecuteUpdateAsync(set => set.SetProperty(l => l.Number, l => l.Number), cancel);
        var invoice = await book.Mine.SingleAsync(i => i.Id == request.InvoiceId, cancel);
        if (invoice.State == InvoiceState.Issued) return invoice.Number == number ? null : new Refusal("invoice.issued", Place.None, invoice.Number ?? "");
        var view = await book.View(invoice, cancel);
        if (view.Order.State is not (OrderState.Shipped or OrderState.Received)) return new Refusal("invoice.not-left");
        if (view.Net != request.Shown) return new Refusal("invoice.changed", Place.None, view.Net);
        if (view.Net == Fen.Zero && invoice.State == InvoiceState.Asked) return new Refusal("invoice.nothing");
        if (await db.InvoiceIssues.AnyAsync(i => i.County == invoice.County && i.Number == number, cancel)) return new Refusal("invoice.number-twice", Place.Input("Number"), number);
        (invoice.State, invoice.Number, invoice.Issued) = (InvoiceState.Issued, number, view.Net);
        db.InvoiceIssues.Add(new InvoiceIssue { Id = ids.Next(), County = invoice.County, InvoiceId = invoice.Id, Number = number, Amount = view.Net, AccountId = db.Scope.AccountId, AtMs = clock.NowMs });
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return null;
    }
}
