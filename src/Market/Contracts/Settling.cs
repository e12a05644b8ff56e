using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Contracts;

/// <summary>A refund was claimed on a line. Settled at once where its line is in the ledger, else as soon as that is.</summary>
/// <param name="County">County.</param>
/// <param name="ClaimId">The claim.</param>
public sealed record RefundClaimed(AreaCode County, long ClaimId);

/// <summary>A line among those with which it shares the fixed amounts of its order, due or not.</summary>
public sealed record SharingLineFact
{
    /// <summary>County.</summary>
    public required AreaCode County { get; init; }

    /// <summary>The order.</summary>
    public required long OrderId { get; init; }

    /// <summary>Row id.</summary>
    public required long Id { get; init; }

    /// <summary>Its lot; null: it waits for one.</summary>
    public long? LotId { get; init; }

    /// <summary>Code of the product.</summary>
    public required string ProductCode { get; init; }

    /// <summary>Goods amount.</summary>
    public required Fen Goods { get; init; }
}

/// <summary>Money to give back on a line.</summary>
public sealed record RefundClaimFact
{
    /// <summary>County.</summary>
    public required AreaCode County { get; init; }

    /// <summary>Row id; the cause of its journal entry.</summary>
    public required long Id { get; init; }

    /// <summary>The line.</summary>
    public required long LineId { get; init; }

    /// <summary>Of the gross; above zero.</summary>
    public required Fen Amount { get; init; }

    /// <summary>Business day.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Role at fault, or null: the scheme's bearer.</summary>
    public string? Fault { get; init; }

    /// <summary>Household whose own intake is at fault, or null.</summary>
    public long? FaultHouseholdId { get; init; }
}

/// <summary>How settlement asks the market what waits for it, and tells it what is done.</summary>
public static class Settling
{
    private const string Why = "an order and its refunds are settled whole, whoever asked for it";

    extension(ShanhuoDb db)
    {
        /// <summary>All lines of some orders.</summary>
        public IQueryable<SharingLineFact> SharingLines(AreaCode county, IReadOnlyCollection<long> orderIds) =>
            from line in db.Unfiltered<Orders.OrderLine>(Why)
            join product in db.Unfiltered<Products.Product>(Why) on line.ProductId equals product.Id
            where line.County == county && EF.Parameter(orderIds).Contains(line.OrderId)
            select new SharingLineFact { County = line.County, OrderId = line.OrderId, Id = line.Id, LotId = line.LotId, ProductCode = product.Code, Goods = line.Goods };

        /// <summary>Refunds of settled lines that are not in the ledger, in order of day and claim.</summary>
        public IQueryable<RefundClaimFact> UnsettledRefunds(AreaCode county) =>
            from claim in db.Unfiltered<Orders.RefundClaim>(Why)
            join line in db.Unfiltered<Orders.OrderLine>(Why) on new { claim.County, Id = claim.LineId } equals new { line.County, line.Id }
            where claim.County == county && !claim.IsSettled && line.IsSettled
            orderby claim.Day, claim.Id
            select new RefundClaimFact { County = claim.County, Id = claim.Id, LineId = claim.LineId, Amount = claim.Amount, Day = claim.Day, Fault = claim.Fault, FaultHouseholdId = claim.FaultHouseholdId };

        /// <summary>Has a lot lines that are sold and not yet in the ledger?</summary>
        public Task<bool> HasOpenLines(AreaCode county, long lotId, CancellationToken cancel) =>
            (from line in db.Unfiltered<Orders.OrderLine>(Why)
             join order in db.Unfiltered<Orders.Order>(Why) on new { line.County, Id = line.OrderId } equals new { order.County, order.Id }
             where line.County == county && line.LotId == lotId && !line.IsSettled && order.State != OrderState.Cancelled
             select line.Id).AnyAsync(cancel);

        /// <summary>Marks lines as being in the ledger, in the transaction that writes their entries, and counts their prices.</summary>
        /// <exception cref="InvalidOperationException">One of them was so already.</exception>
        public async Task MarkLinesSettled(AreaCode county, IReadOnlyCollection<LineFact> lines, CancellationToken cancel)
        {
            ArgumentNullException.ThrowIfNull(lines);
            IReadOnlyCollection<long> ids = [.. lines.Select(l => l.Id)];
            Check(ids.Count, await db.Unfiltered<Orders.OrderLine>(Why).Where(l => l.County == county && EF.Parameter(ids).Contains(l.Id) && !l.IsSettled).ExecuteUpdateAsync(set => set.SetProperty(l => l.IsSettled, true), cancel));
            await Sense.CountPrices.Add(db, county, lines, cancel);
        }

        /// <summary>Counts the prices of all settled lines of a county anew, inside the caller's transaction.</summary>
        public Task RecountPrices(AreaCode county, CancellationToken cancel) => Sense.CountPrices.Anew(db, county, cancel);

        /// <summary>Marks refunds as being in the ledger, likewise.</summary>
        /// <exception cref="InvalidOperationException">One of them was so already.</exception>
        public async Task MarkRefundsSettled(AreaCode county, IReadOnlyCollection<long> ids, CancellationToken cancel) =>
            Check(ids.Count, await db.Unfiltered<Orders.RefundClaim>(Why).Where(r => r.County == county && EF.Parameter(ids).Contains(r.Id) && !r.IsSettled).ExecuteUpdateAsync(set => set.SetProperty(r => r.IsSettled, true), cancel));
    }

    private static void Check(int asked, int marked)
    {
        if (asked != marked) throw new InvalidOperationException($"Of {asked} to be marked as settled, {marked} were open.");
    }
}
