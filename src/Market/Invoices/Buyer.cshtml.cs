using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Invoices;

/// <summary>An invoice as it is asked for.</summary>
internal sealed record InvoiceForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();

    /// <summary><c>person</c> or <c>company</c>.</summary>
    public string Kind { get; set; } = "person";
    public string? Title { get; set; }
    public string? TaxNumber { get; set; }
    public string? Contact { get; set; }
}

/// <summary>The invoice of an order: for whoever holds its link. It acts in the county of the order, on this one order.</summary>
internal sealed class BuyerPage(IServiceScopeFactory scopes, Secrets secrets) : PageModel
{
    [BindProperty] public InvoiceForm Form { get; set; } = new();
    public Order Order { get; private set; } = null!;
    public InvoiceAsk? Invoice { get; private set; }
    public string Title => Invoice is { } invoice ? secrets.Reveal(invoice.TitleHidden, InvoiceAsk.Binding("title", invoice.Id)) : "";
    public string Key { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancel) => await Load(key, cancel) is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(string key, CancellationToken cancel)
    {
        if (await Load(key, cancel) is not var (county, id)) return NotFound();
        var outcome = await scopes.In(county, s => s.GetRequiredService<AskInvoiceHandler>().Handle(new AskInvoice(Form.RequestId, id, Form.Kind == "company", Form.Title, Form.TaxNumber, Form.Contact), cancel));
        return outcome.Ok(out _, out var no) ? Redirect($"/shop/order/{key}/invoice") : this.Refuse(no);
    }

    private async Task<(AreaCode County, long Id)?> Load(string key, CancellationToken cancel)
    {
        if (OrderKey.Read(secrets, key) is not var (county, id)) return null;
        Key = key;
        var found = await scopes.In(county, async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            if (await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.County == county && o.Id == id, cancel) is not { } order) return false;
            (Order, Invoice) = (order, await db.Invoices.AsNoTracking().SingleOrDefaultAsync(i => i.County == county && i.OrderId == id, cancel));
            return true;
        });
        return found ? (county, id) : null;
    }
}
