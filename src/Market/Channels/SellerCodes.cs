using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Channels;

/// <summary>Explains seller codes: which product one is, and how much a unit holds.</summary>
internal sealed class SellerCodesHandler(ShanhuoDb db)
{
    /// <summary>Keeps a code, new or changed. Lines that are in are not touched.</summary>
    /// <param name="county">County.</param>
    /// <param name="channel">Channel.</param>
    /// <param name="code">As it stands in the file.</param>
    /// <param name="productId">A product of the county.</param>
    /// <param name="grade">Only this grade; null: any.</param>
    /// <param name="perUnit">Kilograms, or pieces, as people write them.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<Refusal?> Keep(AreaCode county, string channel, string code, long productId, string? grade, string perUnit, CancellationToken cancel)
    {
        code = Numerals.Narrow(code);
        if (code.Length is 0 or > 64) return new Refusal("market.code-empty", Place.Input("Code"));
        if (!ChannelBook.Shipped.ContainsKey(channel)) return new Refusal("market.channel-unknown", Place.None, channel);
        if (await db.Products.SingleOrDefaultAsync(p => p.Id == productId && p.County == county, cancel) is not { } product) return new Refusal("market.code-product", Place.Input("ProductId"));
        if (grade is { Length: > 0 } && !await db.Grades.AnyAsync(g => g.ProductId == productId && g.Code == grade, cancel)) return new Refusal("market.code-product", Place.Input("Grade"));
        var isRead = product.ByPiece ? Numerals.TryParseFixed(perUnit, 0, out var quantity) : Numerals.TryParseFixed(perUnit, 3, out quantity);
        if (!isRead || quantity is <= 0 or > 1_000_000) return new Refusal("market.code-per-unit", Place.Input("PerUnit"), perUnit);
        var known = await db.SellerCodes.SingleOrDefaultAsync(c => c.County == county && c.Channel == channel && c.Code == code, cancel);
        if (known is null) db.SellerCodes.Add(known = new SellerCode { County = county, Channel = channel, Code = code, ProductId = productId, PerUnit = quantity });
        (known.ProductId, known.Grade, known.PerUnit) = (productId, grade is { Length: > 0 } ? grade : null, quantity);
        await db.SaveChangesAsync(cancel);
        return null;
    }
}
