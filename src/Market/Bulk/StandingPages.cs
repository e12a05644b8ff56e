using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Bulk;

/// <summary>A day with its order.</summary>
internal sealed record StandingDayView(StandingDay Day, string? Order);

/// <summary>A standing order with its days, the newest first.</summary>
internal sealed record StandingView(StandingOrder Standing, Offer Offer, Product Product, IReadOnlyList<StandingDayView> Days)
{
    /// <summary>Reads one with its newest days; null: there is none in scope.</summary>
    public static async Task<StandingView?> Read(ShanhuoDb db, AreaCode county, long id, CancellationToken cancel)
    {
        if (await db.StandingOrders.AsNoTracking().SingleOrDefaultAsync(s => s.County == county && s.Id == id, cancel) is not { } standing) return null;
        var offer = await db.Unfiltered<Offer>("whoever may see a standing order may see what is ordered").AsNoTracking().SingleAsync(o => o.County == county && o.Id == standing.OfferId, cancel);
        var days = await db.StandingDays.AsNoTracking().Where(d => d.County == county && d.StandingOrderId == id).OrderByDescending(d => d.Day).Take(60).ToListAsync(cancel);
        var orderIds = days.Select(d => d.OrderId).OfType<long>().ToList();
        var numbers = orderIds.Count == 0 ? [] : await db.Orders.Where(o => o.County == county && orderIds.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Number, cancel);
        return new StandingView(standing, offer, await db.Products.AsNoTracking().SingleAsync(p => p.Id == offer.ProductId, cancel), days.ConvertAll(d => new StandingDayView(d, d.OrderId is { } o ? numbers.GetValueOrDefault(o) : null)));
    }
}

/// <summary>A standing order for the buyer who holds its link: yes, pause, go on, end.</summary>
internal sealed class StandingPage(IServiceScopeFactory scopes, Secrets secrets) : PageModel
{
    public StandingView View { get; private set; } = null!;

    public string Path(long order) => "/shop/order/" + OrderKey.Of(secrets, View.Standing.County, order);

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancel) => await Load(key, cancel) is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(string key, string? step, CancellationToken cancel)
    {
        if (await Load(key, cancel) is not { } county) return NotFound();
        return await scopes.In(county, s => s.GetRequiredService<TurnStandingHandler>().Handle(View.Standing.Id, step ?? "", cancel)) is { } no ? this.Refuse(no, "") : Redirect("/shop/standing/" + key);
    }

    private async Task<AreaCode?> Load(string key, CancellationToken cancel)
    {
        if (OrderKey.Read(secrets, key, StandingOrder.Page) is not var (county, id)) return null;
        if (await scopes.In(county, s => StandingView.Read(s.GetRequiredService<ShanhuoDb>(), county, id, cancel)) is not { } view) return null;
        View = view;
        return county;
    }
}

/// <summary>Standing orders of the seller: first the days that could not be ordered.</summary>
internal sealed class StandingListPage(ShanhuoDb db, TimeProvider clock, Secrets secrets) : PageModel
{
    [BindProperty(SupportsGet = true)] public long? Of { get; set; }
    public IReadOnlyList<StandingOrder> Rows { get; private set; } = [];
    public IReadOnlyList<(StandingOrder Standing, StandingDay Day)> Short { get; private set; } = [];
    public StandingView? One { get; private set; }
    public string BuyersPage => "/shop/standing/" + OrderKey.Of(secrets, One!.Standing.County, One.Standing.Id, StandingOrder.Page);

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var (county, own, since) = (db.Scope.County, db.Scope.OrganisationId, clock.Today.AddDays(-30));
        var mine = db.StandingOrders.AsNoTracking().Where(s => s.County == county && (own == null || s.SellerId == own));
        Rows = await mine.OrderBy(s => s.State == StandingState.Ended).ThenByDescending(s => s.Id).Take(100).ToListAsync(cancel);
        Short = (await (from s in mine
                        join d in db.StandingDays.AsNoTracking() on new { s.County, Id = s.Id } equals new { d.County, Id = d.StandingOrderId }
                        where (d.State == StandingDayState.Short || d.State == StandingDayState.Missed) && d.Day >= since
                        orderby d.Day descending
                        select new { s, d }).Take(100).ToListAsync(cancel)).ConvertAll(r => (r.s, r.d));
        if (Of is { } id && Rows.Any(r => r.Id == id)) One = await StandingView.Read(db, county, id, cancel);
    }
}
