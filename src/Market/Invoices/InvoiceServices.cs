using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Invoices;

/// <summary>Invoices that buyers ask for.</summary>
internal static class InvoiceServices
{
    public static IServiceCollection AddInvoices(this IServiceCollection services) => services.AddScoped<AskInvoiceHandler>().AddScoped<IssueInvoiceHandler>().AddScoped<InvoiceBook>().AddScoped<IHoldHiddenFields, HiddenOfInvoices>();

    public static IEnumerable<MenuEntry> Menu => [new("invoice.menu", "/market/invoices", "receipt", Role.Station, Role.Cooperative, Role.CountyStaff)];
}

/// <summary>The hidden titles and contacts.</summary>
internal sealed class HiddenOfInvoices(ShanhuoDb db, Secrets secrets) : IHoldHiddenFields
{
    public async Task<int> Renew(CancellationToken cancel) =>
        await db.Renew<InvoiceAsk>(secrets, i => i.TitleHidden, i => InvoiceAsk.Binding("title", i.Id), Row, cancel)
        + await db.Renew<InvoiceAsk>(secrets, i => i.ContactHidden, i => InvoiceAsk.Binding("contact", i.Id), Row, cancel);

    private static System.Linq.Expressions.Expression<Func<InvoiceAsk, bool>> Row(InvoiceAsk invoice)
    {
        var (county, id) = (invoice.County, invoice.Id);
        return i => i.County == county && i.Id == id;
    }
}

/// <summary>What was asked for in a period as a sheet, a row a line, with all that the tax authority's platform asks for.</summary>
internal static class InvoiceSheet
{
    private const int AtOnce = 100;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/market/invoices/{state:int}.xlsx", Write).WithMetadata(new AudienceAttribute(Role.Station, Role.Cooperative, Role.CountyStaff));

    private static async Task<IResult> Write(int state, DateOnly? from, DateOnly? until, ShanhuoDb db, InvoiceBook book, Ids ids, TimeProvider clock, Secrets secrets, Say say, CancellationToken cancel)
    {
        if (!Enum.IsDefined((InvoiceState)state)) return Results.NotFound();
        var (first, last) = (from ?? new DateOnly(clock.Today.Year, 1, 1), until ?? clock.Today);
        var output = new MemoryStream();
        using (var sheet = SheetWriter.Begin(SheetFormat.Xlsx, output, say["invoice.menu"], new(say["order.number"], Width: 24), new(say["shop.seller"], Width: 24), new(say["invoice.title-is"], Width: 24), new(say["invoice.tax-number"], Width: 22), new(say["invoice.contact-is"], Width: 24), new(say["invoice.goods"], Width: 18), new(say["invoice.kg"], SheetColumnKind.Decimal), new(say["invoice.pieces"], SheetColumnKind.Decimal), new(say["invoice.net"], SheetColumnKind.Decimal), new(say["invoice.number-is"], Width: 22), new(say["invoice.day"], SheetColumnKind.Day)))
        {
            var sellers = new Dictionary<long, string>();
            long? after = null;
            for (var page = await Next(); page.Count > 0; page = await Next())
            {
                foreach (var view in page)
                {
                    var invoice = view.Invoice;
                    if (!sellers.TryGetValue(invoice.SellerId, out var seller)) sellers[invoice.SellerId] = seller = (await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == invoice.SellerId, cancel))?.Name ?? "";
                    foreach (var line in view.Lines)
                        sheet.Row(view.Order.Number, seller, secrets.Reveal(invoice.TitleHidden, InvoiceAsk.Binding("title", invoice.Id)), invoice.TaxNumber, secrets.Reveal(invoice.ContactHidden, InvoiceAsk.Binding("contact", invoice.Id)), say.Pick(line.Product, line.ProductEn), line.Pieces > 0 ? "" : new Grams(line.Grams), line.Pieces > 0 ? line.Pieces : "", line.Net, invoice.Number ?? "", invoice.AskedDay);
                }
                after = page[^1].Invoice.Id;
            }

            Task<List<InvoiceView>> Next() => book.Page((InvoiceState)state, first, last, after, AtOnce, cancel);
        }
        db.Record(ids, clock, "export", "invoice", 0);
        await db.SaveChangesAsync(cancel);
        return Results.Bytes(output.ToArray(), SheetWriter.ContentType(SheetFormat.Xlsx), "invoices.xlsx");
    }
}
