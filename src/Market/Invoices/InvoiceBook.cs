using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Invoices;

/// <summary>A line as the invoice must show it.</summary>
/// <param name="Product">Name of the goods.</param>
/// <param name="Net">Goods and freight of the line less what was given back.</param>
internal sealed record InvoiceLine(string Product, string ProductEn, long Grams, long Pieces, Fen Net);

/// <summary>An invoice with what it is over now.</summary>
internal sealed record InvoiceView(InvoiceAsk Invoice, Order Order, IReadOnlyList<InvoiceLine> Lines)
{
    public Fen Net => new(Lines.Sum(l => l.Net.Value));
}

/// <summary>The invoices that this person issues or oversees.</summary>
internal sealed class InvoiceBook(ShanhuoDb db)
{
    private const string Why = "who issues an order's invoice must know the order";

    /// <summary>On a page of the list.</summary>
    public const int PageSize = 30;

    /// <summary>Of the county, and of an organisation its own.</summary>
    public IQueryable<InvoiceAsk> Mine
    {
        get
        {
            var (county, own) = (db.Scope.County, db.Scope.OrganisationId);
            return own is null ? db.Invoices.Where(i => i.County == county) : db.Invoices.Where(i => i.County == county && i.SellerId == own);
        }
    }

    /// <summary>Those in a state, the oldest first.</summary>
    public async Task<List<InvoiceView>> Page(InvoiceState state, long? after, int most, CancellationToken cancel)
    {
        var mine = Mine.AsNoTracking().Where(i => i.State == state);
        if (after is { } id) mine = mine.Where(i => i.Id > id);
        var views = new List<InvoiceView>();
        foreach (var invoice in await mine.OrderBy(i => i.Id).Take(most).ToListAsync(cancel)) views.Add(await View(invoice, cancel));
        return views;
    }

    /// <summary>With its lines; their net amounts are those of this moment.</summary>
    public async Task<InvoiceView> View(InvoiceAsk invoice, CancellationToken cancel)
    {
        var order = await db.Unfiltered<Order>(Why).AsNoTracking().SingleAsync(o => o.County == invoice.County && o.Id == invoice.OrderId, cancel);
        var lines = await db.LinesOf(order, cancel);
        return new InvoiceView(invoice, order, lines.ConvertAll(l => new InvoiceLine(l.Product, l.ProductEn, l.Line.Grams, l.Line.Pieces, l.Line.Goods + l.Line.Freight - l.Refunded)));
    }
}
