using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Genuine;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Payments;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Shop;

/// <summary>A buyer's own order, for whoever holds its link. It acts in the county of the order, on this one order.</summary>
internal sealed class OrderPage(IServiceScopeFactory scopes, PaymentDesk desk, Secrets secrets, Say say) : PageModel
{
    public Order Order { get; private set; } = null!;
    public IReadOnlyList<LineRow> Lines { get; private set; } = [];
    private ILookup<(MediaOwner, long), PictureFact> pictures = null!;
    public IReadOnlyList<Payment> Payments { get; private set; } = [];
    public IReadOnlyList<BuyerRefund> Refunds { get; private set; } = [];
    public IReadOnlyList<FakeReport> Reports { get; private set; } = [];
    public Delivery? Delivery { get; private set; }
    public string RecipientName { get; private set; } = "";
    public string? Station { get; private set; }
    public PaymentDoor? Door { get; private set; }

    /// <summary>A photo of what was ordered: the offer's own, else the product's; null: the drawing stands there.</summary>
    public PictureFact? PictureOf(LineRow line) => pictures[(MediaOwner.Offer, line.Line.OfferId ?? 0)].Concat(pictures[(MediaOwner.Product, line.Line.ProductId)]).FirstOrDefault();
    public bool MayReview => Reviews.Review.MayBeWritten(Order) && Lines.Any(l => l.Line.OfferId is not null);

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancel) =>
        OrderKey.Read(secrets, key) is var (county, id) && await scopes.In(county, s => Load(s, county, id, cancel)) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string key, string? step, CancellationToken cancel)
    {
        if (OrderKey.Read(secrets, key) is not var (county, id) || !await scopes.In(county, s => Load(s, county, id, cancel))) return NotFound();
        Refusal? no = null;
        switch (step)
        {
            case "pay" when Payments.FirstOrDefault(p => p.State == PaymentState.Open) is { } open:
                if (!(await desk.Begin(open, Order.Number, "/shop/order/" + key, AtPhone ? HttpContext.Connection.RemoteIpAddress?.ToString() : null, cancel)).Ok(out var door, out no)) break;
                Door = door;
                return Page();
            case "receive" when Order.State == OrderState.Shipped:
            case "cancel":
                no = (await scopes.In(county, s => s.GetRequiredService<MoveOrderHandler>().Handle(id, step == "receive" ? OrderStep.Receive : OrderStep.Cancel, cancel))).Refused;
                break;
        }
        return no is null ? Redirect("/shop/order/" + key) : this.Refuse(no, "");
    }

    // WeChat's page opens in a phone's browser only; at a desk the buyer scans a code.
    private bool AtPhone => Request.Headers.UserAgent.ToString().Contains("Mobile", StringComparison.OrdinalIgnoreCase);

    private async Task<bool> Load(IServiceProvider services, AreaCode county, long id, CancellationToken cancel)
    {
        var db = services.GetRequiredService<ShanhuoDb>();
        if (await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.County == county && o.Id == id, cancel) is not { } order) return false;
        Order = order;
        Lines = await db.LinesOf(order, cancel);
        pictures = await services.GetRequiredService<ShopReader>().PicturesOf(county, [.. Lines.Select(l => l.Line.OfferId).OfType<long>()], [.. Lines.Select(l => l.Line.ProductId)], cancel);
        Payments = await db.Payments.AsNoTracking().Where(p => p.County == county && p.OrderId == id).OrderBy(p => p.Id).ToListAsync(cancel);
        Refunds = await db.BuyerRefunds.AsNoTracking().Where(r => r.County == county && r.OrderId == id).OrderBy(r => r.Id).ToListAsync(cancel);
        Reports = await db.FakeReports.AsNoTracking().Where(r => r.County == county && r.OrderId == id).OrderBy(r => r.Id).ToListAsync(cancel);
        if (await db.Deliveries.AsNoTracking().SingleOrDefaultAsync(d => d.County == county && d.OrderId == id, cancel) is { } delivery)
        {
            Delivery = delivery;
            RecipientName = secrets.Reveal(delivery.NameHidden, Buying.Delivery.Binding("name", id));
            if (delivery.PickupId is { } station && await db.OrganisationFacts.SingleOrDefaultAsync(o => o.Id == station, cancel) is { } place) Station = say.Pick(place.Name, place.NameEn);
        }
        return true;
    }
}
