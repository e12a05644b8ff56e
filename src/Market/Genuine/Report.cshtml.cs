using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Offers;

namespace Shanhuo.Market.Genuine;

/// <summary>A report as it is typed.</summary>
internal sealed record FakeForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public string? Words { get; set; }
    public string? Phone { get; set; }
    public List<IFormFile> Photos { get; set; } = [];
}

/// <summary>"This seems not genuine", from the page of a lot, an offer or one's own order. Open to all; it acts in the county of what it is about.</summary>
internal sealed class ReportPage(ShanhuoDb db, IServiceScopeFactory scopes, Secrets secrets) : PageModel
{
    private const string Why = "what is sold and traced in public can be reported by anybody";

    [BindProperty(SupportsGet = true)] public string? Lot { get; set; }
    [BindProperty(SupportsGet = true)] public string? Place { get; set; }
    [BindProperty(SupportsGet = true)] public string? Offer { get; set; }
    [BindProperty(SupportsGet = true)] public string? Order { get; set; }

    /// <summary>Last day for the answer, after it was sent.</summary>
    [BindProperty(SupportsGet = true)] public DateOnly? Until { get; set; }
    [BindProperty] public FakeForm Form { get; set; } = new();

    /// <summary>What it is about, for the reader: code, title or number.</summary>
    public string Name { get; private set; } = "";
    public string Back { get; private set; } = "/shop";

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Subject(cancel) is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await Subject(cancel) is not { } subject) return NotFound();
        var photos = new List<Upload>();
        foreach (var file in Form.Photos)
        {
            if (photos.Count == GenuineRules.Shipped.MostPhotos) return this.Refuse(new Refusal("claim.photos", Kernel.Place.Input("Photos"), GenuineRules.Shipped.MostPhotos));
            if (!(await Uploads.Read(file, "Photos", FileKind.Photo, "claim.photo-kind", cancel)).Ok(out var photo, out var wrong)) return this.Refuse(wrong);
            photos.Add(photo);
        }
        var outcome = await scopes.In(subject.County, s => s.GetRequiredService<ReportFakeHandler>().Handle(new ReportFake(Form.RequestId, subject, Form.Words, Form.Phone, photos, HttpContext.Connection.RemoteIpAddress?.ToString() ?? ""), cancel));
        return outcome.Ok(out var report, out var no) ? RedirectToPage(new { Lot, Place, Offer, Order, Until = report.DueDay.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }) : this.Refuse(no);
    }

    private async Task<FakeSubject?> Subject(CancellationToken cancel)
    {
        if (OrderKey.Read(secrets, Order) is var (at, id)) return await OfOrder(at, id, cancel);
        if (Lot is { Length: > 0 and <= 60 } code && await db.Unfiltered<Lot>(Why).AsNoTracking().SingleOrDefaultAsync(l => l.Code == code, cancel) is { } lot)
        {
            (Name, Back) = (lot.Code, "/settlement/trace/lot/" + Uri.EscapeDataString(lot.Code));
            return new FakeSubject(lot.County, lot.Area, lot.CooperativeId ?? lot.PlaceId, lot.Id, lot.Code, null, null);
        }
        if (Place is null || !AreaCode.TryParse(Place, out var county) || Offer is not { Length: > 0 and <= 60 } name || await db.Unfiltered<Offer>(Why).Published.AsNoTracking().SingleOrDefaultAsync(o => o.County == county && o.Code == name, cancel) is not { } offer) return null;
        (Name, Back) = (offer.Title, Shop.ShopWords.Path(offer));
        return new FakeSubject(county, offer.Area, offer.SellerId, offer.LotId, null, offer.Id, null);
    }

    private async Task<FakeSubject?> OfOrder(AreaCode county, long id, CancellationToken cancel)
    {
        if (await db.Unfiltered<Orders.Order>("whoever holds its link has the order").AsNoTracking().SingleOrDefaultAsync(o => o.County == county && o.Id == id, cancel) is not { } order) return null;
        (Name, Back) = (order.Number, "/shop/order/" + Order);
        var lines = await db.Unfiltered<Orders.OrderLine>("whoever holds its link has the order").Where(l => l.County == county && l.OrderId == id).Select(l => new { l.LotId, l.OfferId }).ToListAsync(cancel);
        var lots = lines.Where(l => l.LotId is not null).Select(l => l.LotId!.Value).Distinct().ToList();
        // The lot that is named on the way here, else the only one.
        var all = await db.Unfiltered<Lot>(Why).AsNoTracking().Where(l => l.County == county && lots.Contains(l.Id)).ToListAsync(cancel);
        var lot = all.Find(l => l.Code == Lot) ?? (all.Count == 1 ? all[0] : null);
        var offer = lines.Find(l => l.OfferId is not null && (lot is null || l.LotId == lot.Id))?.OfferId;
        return new FakeSubject(county, order.Area, order.SellerId, lot?.Id, lot?.Code, offer, id);
    }
}
