using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Products;

/// <summary>A price typed on the board.</summary>
/// <param name="ProductId">Product.</param>
/// <param name="Grade">Grade.</param>
/// <param name="Yuan">As typed, per kilogram or piece; empty: leave as it is.</param>
internal sealed record TypedPrice(long ProductId, string Grade, string? Yuan);

/// <summary>Today's prices of a county.</summary>
internal sealed record SetBoardPrices(AreaCode County, IReadOnlyList<TypedPrice> Prices);

internal sealed class SetBoardPricesHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    private static readonly Fen Highest = new(100_000_000);

    /// <summary>Writes those prices that differ from what holds; yesterday's stay as they were.</summary>
    /// <returns>How many changed.</returns>
    public async Task<Outcome<int>> Handle(SetBoardPrices request, CancellationToken cancel)
    {
        var today = clock.Today;
        var board = await db.Board(request.County, today, null, cancel);
        var changed = 0;
        for (var i = 0; i < request.Prices.Count; i++)
        {
            var typed = request.Prices[i];
            if (string.IsNullOrWhiteSpace(typed.Yuan) || board.Find(l => l.Product.Id == typed.ProductId && l.Grade.Code == typed.Grade) is not { } line) continue;
            if (!Fen.TryParseYuan(typed.Yuan, out var price) || price <= Fen.Zero || price > Highest) return new Refusal("market.board-price", Place.Input($"Prices[{i}].Yuan"), typed.Yuan, Highest.ToDisplay());
            if (price == line.Price) continue;
            changed++;
            if (line.Since == today) (await db.BoardPrices.SingleAsync(p => p.County == request.County && p.ProductId == typed.ProductId && p.Grade == typed.Grade && p.Day == today, cancel)).Price = price;
            else db.BoardPrices.Add(new BoardPrice { Id = ids.Next(), County = request.County, ProductId = typed.ProductId, Grade = typed.Grade, Day = today, Price = price });
        }
        try
        {
            await db.SaveChangesAsync(cancel);
            return changed;
        }
        catch (DbUpdateException)
        {
            return new Refusal("market.board-race");
        }
    }
}
