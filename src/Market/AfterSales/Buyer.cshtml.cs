using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Orders;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.AfterSales;

/// <summary>A line as the buyer claims it.</summary>
internal sealed record AskedLineForm
{
    /// <summary><c>all</c>, <c>quantity</c>, <c>amount</c>; empty: nothing is wrong with it.</summary>
    public string? How { get; set; }

    /// <summary>斤 (kilograms in English) or pieces; or yuan.</summary>
    public string? Text { get; set; }
}

/// <summary>A buyer's claim as it is typed.</summary>
internal sealed record AskForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public string? Reason { get; set; }
    public Dictionary<long, AskedLineForm> Lines { get; set; } = [];
    public string? Words { get; set; }
    public List<IFormFile> Photos { get; set; } = [];
}

/// <summary>Something is wrong with an order: for whoever holds its link. It acts in the county of the order, on this one order.</summary>
internal sealed class BuyerPage(IServiceScopeFactory scopes, Secrets secrets, TimeProvider clock, Say say) : PageModel
{
    [BindProperty] public AskForm Form { get; set; } = new();
    public Order Order { get; private set; } = null!;
    public IReadOnlyList<LineRow> Lines { get; private set; } = [];
    public IReadOnlyList<ClaimView> Claims { get; private set; } = [];
    public IReadOnlyList<ClaimReason> Reasons { get; private set; } = [];
    public string Key { get; private set; } = "";
    public bool MayAsk => Order.State is OrderState.Shipped or OrderState.Received && Claims.Count < AfterSalesRules.Shipped.MostClaims && Reasons.Count > 0;
    public WeightUnit Unit => say.Language == Language.En ? WeightUnit.Kilogram : WeightUnit.Jin;

    public async Task<IActionResult> OnGetAsync(string key, CancellationToken cancel) => await Load(key, cancel) is null ? NotFound() : Page();

    public async Task<IActionResult> OnPostAsync(string key, CancellationToken cancel)
    {
        if (await Load(key, cancel) is not var (county, id)) return NotFound();
        var lines = new List<AskedLine>();
        foreach (var (line, form) in Form.Lines.Where(l => l.Value.How is { Length: > 0 }))
        {
            if (Lines.FirstOrDefault(l => l.Line.Id == line) is not { } row || !Part(row, form, out var part)) return this.Refuse(new Refusal("claim.text", Place.Input($"Lines[{line}].Text"), form.Text ?? ""));
            lines.Add(new AskedLine(line, part));
        }
        var photos = new List<Upload>();
        foreach (var file in Form.Photos)
        {
            if (photos.Count == AfterSalesRules.Shipped.MostPhotos) return this.Refuse(new Refusal("claim.photos", Place.Input("Photos"), AfterSalesRules.Shipped.MostPhotos));
            if (!(await Uploads.Read(file, "Photos", FileKind.Photo, "claim.photo-kind", cancel)).Ok(out var photo, out var wrong)) return this.Refuse(wrong);
            photos.Add(photo);
        }
        var outcome = await scopes.In(county, s => s.GetRequiredService<AskClaimHandler>().Handle(new AskClaim(Form.RequestId, id, Form.Reason, Form.Words, lines, photos), cancel));
        return outcome.Ok(out _, out var no) ? Redirect($"/shop/order/{key}/claim") : this.Refuse(no);
    }

    public async Task<IActionResult> OnPostSentAsync(string key, long claim, string? waybill, CancellationToken cancel)
    {
        if (await Load(key, cancel) is not var (county, _) || Claims.All(c => c.Claim.Id != claim)) return NotFound();
        return await scopes.In(county, s => s.GetRequiredService<DecideClaimHandler>().SentBack(claim, waybill ?? "", cancel)) is { } no ? this.Refuse(no, "") : Redirect($"/shop/order/{key}/claim");
    }

    private bool Part(LineRow row, AskedLineForm form, out ClaimPart part)
    {
        part = new ClaimPart(ClaimHow.All);
        switch (form.How)
        {
            case "all": return true;
            case "amount" when Fen.TryParseYuan(form.Text, out var amount): part = new ClaimPart(ClaimHow.Amount, 0, amount); return true;
            case "quantity" when row.ByPiece && Numerals.TryParseFixed(form.Text, 0, out var pieces): part = new ClaimPart(ClaimHow.Quantity, pieces); return true;
            case "quantity" when !row.ByPiece && WeightChoice.TryParse(form.Text, Unit, out var grams): part = new ClaimPart(ClaimHow.Quantity, grams.Value); return true;
            default: return false;
        }
    }

    private async Task<(AreaCode County, long Id)?> Load(string key, CancellationToken cancel)
    {
        if (OrderKey.Read(secrets, key) is not var (county, id)) return null;
        Key = key;
        var found = await scopes.In(county, async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            if (await db.Orders.AsNoTracking().SingleOrDefaultAsync(o => o.County == county && o.Id == id, cancel) is not { } order) return false;
            Order = order;
            Lines = await db.LinesOf(order, cancel);
            Claims = await s.GetRequiredService<ClaimBook>().Of(order, cancel);
            var products = Lines.Select(l => l.Line.ProductId).Distinct().ToList();
            var fresh = (await db.Products.Where(p => p.County == county && products.Contains(p.Id)).Select(p => p.Category).ToListAsync(cancel)).ConvertAll(c => Offers.GoodsRules.Shipped.Of(c).Fresh);
            // What is asked without a photo is told that one is missing, so it is offered here.
            Reasons = [.. AfterSalesRules.Shipped.Reasons.Where(r => fresh.Any(f => ClaimRule.WhyNot(r, f, order.State, order.ReceivedDay ?? order.DeliveredDay, clock.Today, 1) is null))];
            return true;
        });
        return found ? (county, id) : null;
    }
}
