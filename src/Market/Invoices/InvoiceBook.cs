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
    public Task<List<InvoiceView>> Page(InvoiceState state, long? after, int most, CancellationToken cancel) => Page(Mine.Where(i => i.State == state), after, most, cancel);

    /// <summary>Those in a state that were asked for in a period, the oldest first.</summary>
    public Task<List<InvoiceView>> Page(InvoiceState state, DateOnly from, DateOnly until, long? after, int most, CancellationToken cancel) => Page(Mine.Where(i => i.State == state && i.AskedDay >= from && i.AskedDay <= until), after, most, cancel);

    /// <summary>With its lines; their net amounts are those of this moment.</summary>
    public async Task<InvoiceView> View(InvoiceAsk invoice, CancellationToken cancel) => (await Views([invoice], cancel))[0];

    private async Task<List<InvoiceView>> Page(IQueryable<InvoiceAsk> some, long? after, int most, CancellationToken cancel)
    {
        if (after is { } id) some = some.Where(i => i.Id > id);
        return await Views(await some.AsNoTracking().OrderBy(i => i.Id).Take(most).ToListAsync(cancel), cancel);
    }

    private async Task<List<InvoiceView>> Views(List<InvoiceAsk> invoices, CancellationToken cancel)
    {
        if (invoices.Count == 0) return [];
        var (county, orderIds) = (invoices[0].County, invoices.ConvertAll(i => i.OrderId));
        var orders = await db.Unfiltered<Order>(Why).AsNoTracking().Where(o => o.County == county && EF.Parameter(orderIds).Contains(o.Id)).ToDictionaryAsync(o => o.Id, cancel);
        var lines = (await (from line in db.OrderLines.AsNoTracking()
                            where line.County == county && EF.Parameter(orderIds).Contains(line.OrderId)
                            join p in db.Products on line.ProductId equals p.Id into ps
                            from product in ps.DefaultIfEmpty()
                            orderby line.Number
                            select new { line.Id, line.OrderId, Product = product.Name ?? line.SellerCode ?? "", ProductEn = product.NameEn ?? line.SellerCode ?? "", line.Grams, line.Pieces, line.Goods, line.Freight }).ToListAsync(cancel)).ToLookup(l => l.OrderId);
        var lineIds = lines.SelectMany(l => l).Select(l => l.Id).ToList();
        var back = await db.RefundClaims.Where(r => r.County == county && EF.Parameter(lineIds).Contains(r.LineId)).GroupBy(r => r.LineId).Select(g => new { g.Key, Sum = g.Sum(r => (long)r.Amount) }).ToDictionaryAsync(g => g.Key, g => new Fen(g.Sum), cancel);
        return invoices.ConvertAll(i => new InvoiceView(i, orders[i.OrderId], [.. lines[i.OrderId].Select(l => new InvoiceLine(l.Product, l.ProductEn, l.Grams, l.Pieces, l.Goods + l.Freight - back.GetValueOrDefault(l.Id)))]));
    }
}
