using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Shop;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agents;

internal sealed class OrderPage(ShanhuoDb db, ShopReader shop, DraftOrderHandler draft) : PageModel
{
    private const int Most = 60;

    [BindProperty(SupportsGet = true, Name = "household")] public long? HouseholdId { get; set; }
    [BindProperty(SupportsGet = true, Name = "q")] public string? Query { get; set; }
    [BindProperty(SupportsGet = true, Name = "goods")] public string? Goods { get; set; }
    [BindProperty] public Guid RequestId { get; set; } = Guid.CreateVersion7();
    [BindProperty] public string? Phone { get; set; }
    [BindProperty] public Dictionary<long, string?> Units { get; set; } = [];

    public HouseholdFact? Household { get; private set; }
    public List<HouseholdFact> Found { get; private set; } = [];
    public List<OfferCard> Cards { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var wishes = new List<Wish>();
        foreach (var (offer, text) in Units.Where(u => !string.IsNullOrWhiteSpace(u.Value)).OrderBy(u => u.Key))
        {
            if (!Numerals.TryParseFixed(text, 0, out var units) || units is < 1 or > WebOrder.MostUnits) return await Again(new Refusal("agents.units-wrong", Place.Input($"Units[{offer}]"), text!), cancel);
            wishes.Add(new Wish(offer, (int)units));
        }
        return (await draft.Handle(new DraftOrder(RequestId, HouseholdId ?? 0, wishes, Phone), cancel)).Ok(out var slip, out var no) ? Redirect($"/market/agents/approve?id={slip.Id}") : await Again(no, cancel);
    }

    private async Task<IActionResult> Again(Refusal no, CancellationToken cancel)
    {
        await Load(cancel);
        return this.Refuse(no, "");
    }

    private async Task Load(CancellationToken cancel)
    {
        if (HouseholdId is { } id) Household = await db.HouseholdFacts.SingleOrDefaultAsync(h => h.Id == id, cancel);
        if (Household is null) Found = await Stations.Households(db, Query, cancel);
        else Cards = await Window(cancel);
    }

    private async Task<List<OfferCard>> Window(CancellationToken cancel)
    {
        var (county, asked) = (db.Scope.County, (Goods ?? "").Trim());
        var offers = db.Unfiltered<Offer>("the window is open to all").Where(o => o.County == county && o.State == OfferState.Open);
        if (asked.Length > 0)
        {
            var products = db.Products.Where(p => p.County == county && (p.Name.Contains(asked) || p.Code.Contains(asked))).Select(p => p.Id);
            offers = offers.Where(o => o.Title.Contains(asked) || o.TitleEn.Contains(asked) || products.Contains(o.ProductId));
        }
        var ids = await offers.OrderByDescending(o => o.Id).Select(o => o.Id).Take(Most).ToListAsync(cancel);
        return [.. (await shop.Cards(county, ids, cancel)).Where(c => c.Closed is null && c.Offer.DepositPpm is null)];
    }
}
