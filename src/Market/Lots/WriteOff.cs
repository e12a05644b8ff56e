using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Lots;

/// <summary>Goods that left without being sold: given, spoiled or lost, with the reason.</summary>
internal sealed record WriteOff(Guid RequestId, AreaCode County, long LotId, MoveKind Kind, long Quantity, string? Reason);

internal sealed class WriteOffHandler(ShanhuoDb db, Ids ids, TimeProvider clock)
{
    public async Task<Outcome<LotMove>> Handle(WriteOff request, CancellationToken cancel)
    {
        if (request.Kind is not (MoveKind.Given or MoveKind.Spoiled or MoveKind.Lost)) return new Refusal("market.write-off-kind", Place.Input("Kind"));
        if (request.Quantity <= 0) return new Refusal("market.write-off-quantity", Place.Input("Quantity"));
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > 200) return new Refusal("market.write-off-reason", Place.Input("Reason"));
        if (!await db.MyLots.AnyAsync(l => l.County == request.County && l.Id == request.LotId, cancel)) return new Refusal("market.lot-unknown", Place.None, request.LotId);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var outcome = await LotStock.Take(db, ids, request.County, request.LotId, request.Quantity, request.Kind, request.RequestId, null, clock.Today, request.Reason.Trim(), cancel);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return outcome;
        }
        catch (DbUpdateException)
        {
            // Clicked twice at once: the first counts.
            db.ChangeTracker.Clear();
            if (await db.LotMoves.SingleOrDefaultAsync(m => m.County == request.County && m.RequestId == request.RequestId && m.LotId == request.LotId && m.Kind == request.Kind, cancel) is { } first) return first;
            throw;
        }
    }
}
