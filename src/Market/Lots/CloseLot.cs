using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Counter;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Lots;

/// <summary>Closes a lot of which every gram is accounted for.</summary>
internal sealed record CloseLot(AreaCode County, long LotId);

internal sealed class CloseLotHandler(ShanhuoDb db, TimeProvider clock, Events events)
{
    /// <summary>Refused while anything of it is left or belongs to an order that has not left. Tells settlement what of it nobody bought. Closing again changes nothing.</summary>
    public async Task<Outcome<Lot>> Handle(CloseLot request, CancellationToken cancel)
    {
        var today = clock.Today;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var lot = db.MyLots.Where(l => l.County == request.County && l.Id == request.LotId);
        var closed = await lot.Where(l => l.ClosedDay == null && l.Available == 0)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.ClosedDay, today).SetProperty(l => l.SealedDay, l => l.SealedDay ?? today).SetProperty(l => l.OpenKey, (string?)null), cancel);
        var after = await lot.AsNoTracking().SingleOrDefaultAsync(cancel);
        if (after is null) return new Refusal("market.lot-unknown", Place.None, request.LotId);
        // Goods of an order that is not packed may still come back; a closed lot takes nothing back.
        if (closed == 1 && await db.OrderLines.Where(l => l.County == request.County && l.LotId == request.LotId).Join(db.Unfiltered<Order>("an order of another seat may hold goods of this lot"), l => new { l.County, Id = l.OrderId }, o => new { o.County, o.Id }, (l, o) => o).Where(o => o.State == OrderState.Unpaid || o.State == OrderState.Placed).OrderBy(o => o.Id).Select(o => o.Number).FirstOrDefaultAsync(cancel) is { } ordered)
        {
            await transaction.RollbackAsync(cancel);
            return new Refusal("market.lot-ordered", Place.None, after.Code, ordered);
        }
        if (closed == 1 && await db.CounterSales.Where(s => s.County == request.County && s.Lot == after.Code && s.State == CounterSaleState.Waiting).OrderBy(s => s.Id).Select(s => s.Number).FirstOrDefaultAsync(cancel) is { } sold)
        {
            await transaction.RollbackAsync(cancel);
            return new Refusal("market.lot-counter", Place.None, after.Code, sold);
        }
        if (closed == 0) return after.ClosedDay is not null ? after : await Left(after, cancel);

        var moves = await db.LotMoves.Where(m => m.County == request.County && m.LotId == request.LotId).GroupBy(m => m.Kind).Select(g => new { Kind = g.Key, Quantity = g.Sum(m => m.Quantity) }).ToListAsync(cancel);
        if (moves.Sum(m => m.Quantity) != 0) throw new InvalidOperationException($"Lot {after.Code}: its moves do not add up to nothing.");
        var unsold = -moves.Where(m => m.Kind is MoveKind.Given or MoveKind.Spoiled or MoveKind.Lost or MoveKind.Sample).Sum(m => m.Quantity);
        if (await events.Raise(new LotClosed(request.County, request.LotId, unsold, today), cancel) is { } no)
        {
            await transaction.RollbackAsync(cancel);
            db.ChangeTracker.Clear();
            return no;
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return after;
    }

    private async Task<Refusal> Left(Lot lot, CancellationToken cancel)
    {
        var byPiece = await db.Products.Where(p => p.Id == lot.ProductId).Select(p => p.ByPiece).SingleAsync(cancel);
        return new Refusal("market.lot-left", Place.None, lot.Code, byPiece ? lot.Available.ToString(System.Globalization.CultureInfo.InvariantCulture) : new Grams(lot.Available).ToKilograms() + " kg");
    }
}
