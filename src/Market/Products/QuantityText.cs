using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;

namespace Shanhuo.Market.Products;

/// <summary>A quantity as people say it: 25 斤, 3 条.</summary>
internal static class QuantityText
{
    extension(Say say)
    {
        /// <summary>Grams in the unit, or pieces by the product's word.</summary>
        public string Quantity(Product product, long quantity, WeightUnit unit = WeightUnit.Jin) =>
            product.ByPiece ? $"{quantity:#,##0}\u00A0{say.Piece(product)}" : Amounts.Weight(new Grams(quantity), unit, say.Language);

        /// <summary>What one piece is called; 件 where the product names none.</summary>
        public string Piece(Product product) => say.Pick(product.PieceName ?? say["product.piece"], product.PieceNameEn);

        /// <summary>A price with what it is for: ¥15.00 a 斤, ¥300.00 a 条. Per 斤 half a fen can stand.</summary>
        public string Price(Product product, Fen price, WeightUnit unit = WeightUnit.Jin) =>
            product.ByPiece ? say["product.per", price.ToDisplay(), say.Piece(product)]
            : unit == WeightUnit.Jin ? say["product.per", "¥" + (price.Value / 200m).ToString("#,##0.00#", System.Globalization.CultureInfo.InvariantCulture), say["product.jin"]]
            : say["product.per", price.ToDisplay(), say["product.kilogram"]];
    }
}
