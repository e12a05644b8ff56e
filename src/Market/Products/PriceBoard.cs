using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Products;

/// <summary>A line of the price board.</summary>
/// <param name="Product">The product.</param>
/// <param name="Grade">The grade.</param>
/// <param name="Price">Per kilogram or piece; null: none was ever set.</param>
/// <param name="Since">From which day it holds.</param>
internal sealed record BoardLine(Product Product, Grade Grade, Fen? Price, DateOnly? Since);

/// <summary>The price board: a price holds from its day until a newer one.</summary>
internal static class PriceBoard
{
    extension(ShanhuoDb db)
    {
        /// <summary>The price of a product and grade on a day; null: the board has none.</summary>
        public Task<Fen?> PriceOnBoard(AreaCode county, long productId, string grade, DateOnly day, CancellationToken cancel) =>
            db.BoardPrices.Where(p => p.County == county && p.ProductId == productId && p.Grade == grade && p.Day <= day).OrderByDescending(p => p.Day).Select(p => (Fen?)p.Price).FirstOrDefaultAsync(cancel);

        /// <summary>The whole board of a county on a day, products by name, best grade first.</summary>
        /// <param name="county">County.</param>
        /// <param name="day">Business day.</param>
        /// <param name="productId">Only this product; null: all.</param>
        /// <param name="cancel">Stops it.</param>
        public async Task<List<BoardLine>> Board(AreaCode county, DateOnly day, long? productId, CancellationToken cancel)
        {
            var products = await db.Products.Where(p => p.County == county && (productId == null || p.Id == productId)).OrderBy(p => p.Code).ToListAsync(cancel);
            var shown = products.Select(p => p.Id).ToList();
            var grades = await db.Grades.Where(g => shown.Contains(g.ProductId)).OrderBy(g => g.Rank).ToListAsync(cancel);
            var last = db.BoardPrices.Where(p => p.County == county && p.Day <= day).GroupBy(p => new { p.ProductId, p.Grade }).Select(g => new { g.Key.ProductId, g.Key.Grade, Day = g.Max(p => p.Day) });
            var prices = await (from price in db.BoardPrices
                                join newest in last on new { price.ProductId, price.Grade, price.Day } equals new { newest.ProductId, newest.Grade, newest.Day }
                                where price.County == county && shown.Contains(price.ProductId)
                                select price).ToListAsync(cancel);
            return [.. from product in products
                       from grade in grades
                       where grade.ProductId == product.Id
                       let price = prices.Find(p => p.ProductId == product.Id && p.Grade == grade.Code)
                       select new BoardLine(product, grade, price?.Price, price?.Day)];
        }
    }
}
