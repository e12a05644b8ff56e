using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;

namespace Shanhuo.Market.Bulk;

/// <summary>A request and what was answered, for whoever holds its link: yes or no to the newest quotation.</summary>
internal sealed class QuotePage(IServiceScopeFactory scopes, Secrets secrets, TimeProvider clock) : PageModel
{
    public QuoteView View { get; private set; } = null!;
    public string Key { get; private set; } = "";
    public string? OrderPath { get; private set; }
    public DateOnly Today => clock.Today;
    public bool MayAnswer => View.Request.State == QuoteState.Quoted && View.Quotations[0].Quotation.ValidUntil >= Today;

    /// <summary>Pages of standing orders.</summary>
    public string Path(StandingOrder standing) => "/shop/standing/" + OrderKey.Of(secrets, standing.County, standing.Id, StandingOrder.Page);

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancel) => await Load(key, cancel) is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(string key, string? step, int version, string? name, CancellationToken cancel)
    {
        if (await Load(key, cancel) is not { } county) return NotFound();
        var id = View.Request.Id;
        var no = step == "accept"
            ? (await scopes.In(county, s => s.GetRequiredService<AcceptQuotationHandler>().Handle(id, version, name ?? "", cancel))).Refused
            : await scopes.In(county, s => s.GetRequiredService<DeclineQuoteHandler>().Handle(id, null, cancel));
        if (no is null) return Redirect("/shop/quote/" + key);
        await Load(key, cancel);
        return this.Refuse(no, "");
    }

    private async Task<AreaCode?> Load(string key, CancellationToken cancel)
    {
        if (OrderKey.Read(secrets, key, QuoteRequest.Page) is not var (county, id)) return null;
        if (await scopes.In(county, s => s.GetRequiredService<QuoteBook>().One(id, cancel)) is not { } view) return null;
        (View, Key) = (view, key);
        if (view.Order is { } order) OrderPath = "/shop/order/" + OrderKey.Of(secrets, county, order.Id);
        return county;
    }
}
