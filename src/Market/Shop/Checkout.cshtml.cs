using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Buying.Addresses;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Payments;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Shop;

/// <summary>What a buyer types.</summary>
internal sealed record CheckoutForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public string? Paste { get; set; }
    public string? Name { get; set; }
    public string? Phone { get; set; }

    /// <summary>Two digits of a province, or six of the seller's own county.</summary>
    public string? Province { get; set; }
    public string? Address { get; set; }
    public long? PickupId { get; set; }
    public string? Method { get; set; }

    /// <summary>The recipient, or the first field that is wrong.</summary>
    /// <param name="county">Six digits of the seller's county.</param>
    /// <param name="visits">Whoever comes to visit is sent nothing, so that nobody asks where to.</param>
    /// <param name="leader">Station whose leader hands a community group's goods over; null: it is no group's.</param>
    public Outcome<Recipient> ToRecipient(string county, bool visits = false, long? leader = null)
    {
        var name = (Name ?? "").Trim();
        if (name.Length is < 1 or > 50) return new Refusal("checkout.name-missing", Place.Input("Name"));
        var phone = string.Concat(Numerals.Narrow(Phone ?? "").Where(char.IsAsciiDigit));
        if (phone.Length == 13 && phone.StartsWith("86", StringComparison.Ordinal)) phone = phone[2..];
        if (phone.Length is < 7 or > 12) return new Refusal("checkout.phone-wrong", Place.Input("Phone"), Phone ?? "");
        if (visits || leader is not null) return new Recipient(name, phone, "", "", leader);
        if (PickupId is { } station) return new Recipient(name, phone, "", "", station);
        if (Province is null || Province != county && Provinces.All.All(p => p.Code != Province)) return new Refusal("checkout.province-missing", Place.Input("Province"));
        var address = (Address ?? "").Trim();
        return address.Length is < 4 or > 200 ? new Refusal("checkout.address-missing", Place.Input("Address")) : new Recipient(name, phone, Province, address, null);
    }
}

internal sealed class CheckoutPage(ShanhuoDb db, ShopReader shop, CheckoutQueue queue, PaymentDesk desk, Secrets secrets, TimeProvider clock, Say say) : PageModel
{
    [BindProperty] public CheckoutForm Form { get; set; } = new();
    public CartGroup Group { get; private set; } = null!;
    public IReadOnlyList<OrganisationFact> Stations { get; private set; } = [];
    public (Fen Goods, FreightQuote Freight, Fen Sum, Fen Now)? Total { get; private set; }
    public IReadOnlyList<string> Methods => desk.Methods;
    public string CountyName { get; private set; } = "";

    /// <summary>Are all of them visits?</summary>
    public bool Visits => Group.Lines.All(l => l.Card.Offer.Kind == OfferKind.Visit);

    /// <summary>Station where a community group fetches its goods; null: it is no group's.</summary>
    public long? Leader => Group.Lines.Select(l => l.Card.Offer).FirstOrDefault(o => o is { Kind: OfferKind.Community, PickupId: not null })?.PickupId;
    public bool AsksWhere => !Visits && Leader is null;
    private string? countyOfficial;
    public string ProvinceName => Form.Province?.Length == 6 ? CountyName : Provinces.All.FirstOrDefault(p => p.Code == Form.Province) is { } p ? say.Pick(p.Zh, p.En) : "";
    public string StationName => Stations.FirstOrDefault(s => s.Id == (Leader ?? Form.PickupId)) is { } s ? say.Pick(s.Name, s.NameEn) : "";

    public async Task<IActionResult> OnGetAsync(string? county, long seller, CancellationToken cancel) => await Load(county, seller, cancel) ? Page() : Redirect("/shop/cart");

    public async Task<IActionResult> OnPostAsync(string? county, long seller, string? step, long? shown, CancellationToken cancel)
    {
        if (!await Load(county, seller, cancel)) return await Again(county, cancel) ?? Redirect("/shop/cart");
        if (step is "edit") { ModelState.Clear(); return Page(); }
        if (step is "split") return SplitPasted();
        if (!Form.ToRecipient(Group.County, Visits, Leader).Ok(out var to, out var no)) return this.Refuse(no);
        if (to.PickupId is { } station && Stations.All(s => s.Id != station)) return this.Refuse(new Refusal("checkout.pickup-unknown", Place.Input("PickupId")));
        var area = Group.Lines[0].Card.Offer.County;
        var order = new WebOrder(Form.RequestId, area, "pavilion", [.. Group.Lines.Select(l => new Wish(l.Card.Offer.Id, l.Units))], to, Form.Method ?? "", shown is { } fen ? new Fen(fen) : null, db.Scope.AccountId == 0 ? null : db.Scope.AccountId);
        if (Group.Lines.Select(l => l.Card.Closed).FirstOrDefault(c => c is not null) is { } closed) return this.Refuse(closed with { Where = Place.None });
        if (!CheckoutBatch.Total(area, await db.FreightOf(area, cancel), order, [.. Group.Lines.Select(l => (l.Card.Standing, l.Units))], clock.Today).Ok(out var total, out no)) return this.Refuse(no);
        Total = total;
        Form.Method ??= Methods[0];
        ModelState.Clear();
        if (step != "pay") return Page();
        if (!Methods.Contains(Form.Method)) return this.Refuse(new Refusal("market.pay-none", Place.None, Form.Method));
        if (!(await queue.Place(order with { Method = Form.Method }, cancel)).Ok(out var placed, out no)) return this.Refuse(no with { Where = Place.None });
        var cart = Cart.Of(Request);
        foreach (var (card, _) in Group.Lines) cart = cart.With(area, card.Offer.Id, 0);
        cart.Keep(Response);
        return Redirect("/shop/order/" + OrderKey.Of(secrets, area, placed.OrderId));
    }

    private PageResult SplitPasted()
    {
        var parts = AddressSplit.Split(Form.Paste ?? "");
        ModelState.Clear();
        (Form.Name, Form.Phone, Form.PickupId) = (parts.Name, parts.Phone, null);
        Form.Address = string.Join(' ', new[] { parts.City == parts.Province ? "" : parts.City, parts.County, parts.Rest }.Where(p => p.Length > 0));
        Form.Province = parts.County.Length > 0 && parts.County == countyOfficial ? Group.County : Provinces.All.FirstOrDefault(p => parts.Province.StartsWith(p.Zh, StringComparison.Ordinal))?.Code;
        var doubtful = new[] { (AddressDoubt.Name, "checkout.name"), (AddressDoubt.Phone, "checkout.phone"), (AddressDoubt.Region, "checkout.province"), (AddressDoubt.Rest, "checkout.address") }.Where(d => parts.Doubts.HasFlag(d.Item1)).Select(d => say[d.Item2]).ToList();
        if (doubtful.Count > 0) ModelState.AddModelError("", say["checkout.unclear", string.Join(say["front.and"], doubtful)]);
        return Page();
    }

    // The same button twice: the cart is empty by now, and the order is there.
    private async Task<IActionResult?> Again(string? county, CancellationToken cancel)
    {
        if (!AreaCode.TryParse(county, out var area)) return null;
        var id = await db.Unfiltered<Orders.Order>("whoever holds the request's own id has made it").Where(o => o.County == area && o.RequestId == Form.RequestId).Select(o => (long?)o.Id).SingleOrDefaultAsync(cancel);
        return id is { } order ? Redirect("/shop/order/" + OrderKey.Of(secrets, area, order)) : null;
    }

    private async Task<bool> Load(string? county, long seller, CancellationToken cancel)
    {
        var group = (await CartGroup.Of(Cart.Of(Request), shop, cancel)).FirstOrDefault(g => g.County == county && g.Seller == seller);
        if (group is null || group.Lines.Count == 0) return false;
        Group = group;
        var area = group.Lines[0].Card.Offer.County;
        var (first, last) = (area, area.Last);
        Stations = await db.OrganisationFacts.Where(o => o.Area >= first && o.Area <= last && (o.Kind == OrganisationKind.Centre || o.Kind == OrganisationKind.TownshipStation || o.Kind == OrganisationKind.VillageStation)).OrderBy(o => o.Code).Take(400).ToListAsync(cancel);
        var pavilion = await shop.Pavilion(area, cancel);
        CountyName = say.Pick(pavilion.Name, pavilion.NameEn);
        countyOfficial = (await db.AreaFacts.SingleOrDefaultAsync(a => a.Code == area, cancel))?.Name;
        return true;
    }
}
