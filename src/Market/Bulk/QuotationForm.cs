using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Bulk;

/// <summary>A line as it is typed; a line without goods is left out.</summary>
internal sealed record QuotedLineForm
{
    /// <summary>Product and grade, such as <c>201|1</c>; the grade may be empty.</summary>
    public string? Goods { get; set; }

    /// <summary>斤 or pieces in one pack.</summary>
    public string? PerUnit { get; set; }
    public string? Units { get; set; }
    public string? Price { get; set; }
    public bool Harvest { get; set; }
}

/// <summary>A quotation as it is typed.</summary>
internal sealed record QuotationForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public long SellerId { get; set; }
    public List<QuotedLineForm> Lines { get; set; } = [];
    public string? Freight { get; set; }

    /// <summary>Per cent; empty: all at once.</summary>
    public string? Deposit { get; set; }
    public string? Method { get; set; }
    public DateOnly? DeliverFrom { get; set; }
    public DateOnly? DeliverUntil { get; set; }
    public DateOnly? ValidUntil { get; set; }
    public string? PayTo { get; set; }
    public string? Terms { get; set; }

    /// <summary>The request, or the first field that cannot be read.</summary>
    public Outcome<WriteQuotation> ToRequest(long quoteId, IReadOnlyList<Product> products)
    {
        var lines = new List<QuotedLine>();
        for (var i = 0; i < Lines.Count; i++)
        {
            var line = Lines[i];
            if (string.IsNullOrEmpty(line.Goods)) continue;
            if (line.Goods.Split('|') is not [var p, var grade] || !long.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var productId) || products.FirstOrDefault(x => x.Id == productId) is not { } product) return new Refusal("market.order-product", Place.Input($"Lines[{i}].Goods"));
            if (!WeightChoice.TryParse(line.PerUnit, product, Kernel.Pages.WeightUnit.Jin, out var unit)) return Unread($"Lines[{i}].PerUnit", line.PerUnit);
            if (!Numerals.TryParseFixed(line.Units, 0, out var units)) return Unread($"Lines[{i}].Units", line.Units);
            if (!Fen.TryParseYuan(line.Price, out var price)) return Unread($"Lines[{i}].Price", line.Price);
            lines.Add(new QuotedLine(productId, grade.Length > 0 ? grade : null, unit, (int)Math.Min(units, int.MaxValue), price, line.Harvest));
        }
        if (!Fen.TryParseYuan(string.IsNullOrWhiteSpace(Freight) ? "0" : Freight, out var freight)) return Unread("Freight", Freight);
        if (!TryPercent(Deposit, out var deposit)) return Unread("Deposit", Deposit);
        if (DeliverFrom is not { } from || DeliverUntil is not { } until) return new Refusal("offers.deliver-missing", Place.Input("DeliverFrom"));
        if (ValidUntil is not { } valid) return new Refusal("bulk.valid", Place.Input("ValidUntil"));
        return new WriteQuotation(RequestId, quoteId, SellerId, lines, freight, deposit, Method ?? "", from, until, valid, PayTo ?? "", Terms ?? "");
    }

    /// <summary>Reads a part in per cent; nothing typed is null.</summary>
    public static bool TryPercent(string? text, out int? ppm)
    {
        ppm = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!Rate.TryParse(Numerals.Narrow(text).Trim().TrimEnd('%') + "%", out var rate)) return false;
        ppm = rate.PartsPerMillion;
        return true;
    }

    private static Refusal Unread(string field, string? text) => new("offers.unread", Place.Input(field), text ?? "");
}
