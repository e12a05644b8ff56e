using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Orders;

/// <summary>A line of the form; amounts as people write them.</summary>
internal sealed record NewLine
{
    public long? ProductId { get; set; }
    public long? LotId { get; set; }
    public string? Quantity { get; set; }
    public string Unit { get; set; } = "jin";
    public string? Price { get; set; }
    public string? Packaging { get; set; }
    public string? Processing { get; set; }
    public string? Commission { get; set; }
    public string? Promotion { get; set; }
}

/// <summary>The form of an order by hand.</summary>
internal sealed record NewOrderForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public string Channel { get; set; } = "shop";
    public string? Buyer { get; set; }
    public string? Campaign { get; set; }
    public string? Freight { get; set; }
    public string? Parcels { get; set; } = "1";
    public List<NewLine> Lines { get; set; } = [new()];

    /// <summary>The request, or the first field that cannot be read.</summary>
    public Outcome<PlaceOrder> ToRequest(IReadOnlyList<Product> products)
    {
        if (!Yuan(Freight, out var freight)) return Unread("order.form-price", "Freight", Freight);
        if (!Numerals.TryParseFixed(Parcels is { Length: > 0 } ? Parcels : "1", 0, out var parcels) || parcels is < 1 or > 1000) return Unread("order.form-parcels", "Parcels", Parcels);
        var lines = new List<PlaceLine>();
        for (var i = 0; i < Lines.Count; i++)
        {
            var line = Lines[i];
            if (line.ProductId is null && string.IsNullOrWhiteSpace(line.Quantity) && i > 0) continue;
            if (products.FirstOrDefault(p => p.Id == line.ProductId) is not { } product) return new Refusal("order.form-product", Place.Input($"Lines[{i}].ProductId"), i + 1);
            var perPiece = product.ByPiece;
            Grams grams = default;
            long pieces = 0;
            if (!(perPiece ? Numerals.TryParseFixed(line.Quantity, 0, out pieces) : line.Unit == "kg" ? Grams.TryParseKilograms(line.Quantity, out grams) : Grams.TryParseJin(line.Quantity, out grams))) return Unread("order.form-quantity", $"Lines[{i}].Quantity", line.Quantity);
            if (!Fen.TryParseYuan(line.Price, out var price)) return Unread("order.form-price", $"Lines[{i}].Price", line.Price);
            if (!Yuan(line.Packaging, out var packaging)) return Unread("order.form-price", $"Lines[{i}].Packaging", line.Packaging);
            if (!Yuan(line.Processing, out var processing)) return Unread("order.form-price", $"Lines[{i}].Processing", line.Processing);
            if (!Yuan(line.Commission, out var commission)) return Unread("order.form-price", $"Lines[{i}].Commission", line.Commission);
            if (!Yuan(line.Promotion, out var promotion)) return Unread("order.form-price", $"Lines[{i}].Promotion", line.Promotion);
            // A price per jin is half of that per kilogram, which is always a whole number of fen.
            var perKilogram = perPiece || line.Unit == "kg" ? price : price + price;
            lines.Add(new PlaceLine(product.Id, null, line.LotId, perPiece ? pieces : grams.Value, perKilogram, packaging, processing, commission, promotion));
        }
        return new PlaceOrder(RequestId, Channel, (Buyer ?? "").Trim(), Campaign?.Trim(), freight, (int)parcels, Channel == "shop", lines);
    }

    private static bool Yuan(string? text, out Fen fen)
    {
        fen = default;
        return string.IsNullOrWhiteSpace(text) || Fen.TryParseYuan(text, out fen);
    }

    private static Refusal Unread(string code, string field, string? text) => new(code, Place.Input(field), text ?? "");
}

internal sealed class NewPage(ShanhuoDb db, TimeProvider clock, PlaceOrderHandler place) : PageModel
{
    [BindProperty] public NewOrderForm Form { get; set; } = new();
    public IReadOnlyList<Product> Products { get; private set; } = [];
    public IReadOnlyList<LotRow> Lots { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostAsync(bool more, CancellationToken cancel)
    {
        await Load(cancel);
        if (more && Form.Lines.Count < 50)
        {
            Form.Lines.Add(new NewLine());
            ModelState.Clear();
            return Page();
        }
        if (!Form.ToRequest(Products).Ok(out var request, out var no)) return this.Refuse(no);
        return (await place.Handle(request, cancel)).Ok(out var order, out no) ? RedirectToPage("Show", new { id = order.Id }) : this.Refuse(no);
    }

    private async Task Load(CancellationToken cancel)
    {
        Products = await db.Products.AsNoTracking().Where(p => p.County == db.Scope.County).OrderBy(p => p.Code).ToListAsync(cancel);
        Lots = await db.SellableLots(db.Scope.County, clock.Today, cancel);
    }
}
