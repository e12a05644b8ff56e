using System.Globalization;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Shop;

/// <summary>How offers are put in words.</summary>
internal static class ShopWords
{
    /// <summary>What one unit holds: 500 克, 2 斤, 1 条.</summary>
    public static string Unit(Offer offer, Product product, Say say) => Quantity(offer.PerUnit, product, say);

    /// <summary>A quantity of goods.</summary>
    public static string Quantity(long quantity, Product product, Say say) =>
        product.ByPiece ? $"{quantity.ToString(CultureInfo.InvariantCulture)} {say.Pick(product.PieceName ?? "件", product.PieceNameEn ?? "pieces")}"
        : quantity < 500 || quantity % 250 != 0 ? $"{quantity.ToString(CultureInfo.InvariantCulture)} {say.Pick("克", "g")}"
        : Amounts.Weight(new Grams(quantity), say.Language == Language.Zh ? WeightUnit.Jin : WeightUnit.Kilogram, say.Language);

    /// <summary>Price of a 斤, or of a kilogram in English; null for goods by the piece.</summary>
    public static Fen? PerWeight(Offer offer, Product product, Language language) =>
        product.ByPiece ? null : new Fen(Rounding.HalfEven((Int128)offer.Price.Value * (language == Language.Zh ? 500 : 1000), offer.PerUnit));

    /// <summary>Address of an offer's page.</summary>
    public static string Path(Offer offer) => $"{Path(offer.County)}/{offer.Code}";

    /// <summary>Address of the pavilion of a county or province: its six digits.</summary>
    public static string Path(AreaCode area) => $"/shop/{area.Value / 1_000_000:000000}";
}
