using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Channels.Statements;

/// <summary>A statement beside our orders.</summary>
/// <param name="Orders">Each once.</param>
/// <param name="Twice">Rows of the statement that stand in another file of the channel too, and are counted once.</param>
internal sealed record ComparedStatement(IReadOnlyList<ReconciledOrder> Orders, int Twice);

/// <summary>Reads a statement beside our orders.</summary>
internal sealed class StatementBook(ShanhuoDb db)
{
    private const int Chunk = 1000;

    /// <summary>Orders of ours that a statement can lack and are listed; the oldest first.</summary>
    public const int MostMissing = 1000;

    /// <summary>
    /// Each order of the statement with what all files of the channel say of it (a later file may correct an earlier one; the same row in two files, whose months overlap, is one), and those of ours that were received,
    /// were placed between the first and the last order of the statement that we know, and stand in no file of the channel.
    /// </summary>
    public async Task<ComparedStatement> Compare(PlatformStatement statement, CancellationToken cancel)
    {
        var (county, channel, id) = (statement.County, statement.Channel, statement.Id);
        var numbers = await db.PlatformStatementLines.Where(l => l.County == county && l.StatementId == id).Select(l => l.Number).Distinct().ToListAsync(cancel);
        var twice = 0;
        var (theirs, ours) = (new List<TheirOrder>(numbers.Count), new Dictionary<string, OurOrder>(StringComparer.Ordinal));
        DateOnly? first = null, last = null;
        foreach (var chunk in numbers.Chunk(Chunk))
        {
            var rows = await db.PlatformStatementLines.AsNoTracking().Where(l => l.County == county && l.Channel == channel && EF.Parameter(chunk).Contains(l.Number)).ToListAsync(cancel);
            var alike = rows.GroupBy(l => (l.Number, l.Day, l.PaidOut, l.Commission, l.Service, l.Promotion, l.Freight, l.Other)).ToList();
            var once = alike.SelectMany(Once);
            twice += alike.Sum(same => Math.Min(same.Count(l => l.StatementId == id), same.Where(l => l.StatementId != id).GroupBy(l => l.StatementId).Select(f => f.Count()).DefaultIfEmpty().Max()));
            theirs.AddRange(once.GroupBy(l => l.Number, StringComparer.Ordinal).Select(g => g.Select(l => new TheirOrder(l.Number, l.PaidOut, [l.Commission, l.Service, l.Promotion, l.Freight, l.Other])).Aggregate((a, b) => a.Plus(b))));
            var known = await db.Orders.Where(o => o.County == county && o.Channel == channel && EF.Parameter(chunk).Contains(o.Number) && o.State != OrderState.Cancelled && o.State != OrderState.Unpaid).Select(o => new { o.Id, o.Number, o.PlacedDay }).ToListAsync(cancel);
            foreach (var order in known) (first, last) = (first is null || order.PlacedDay < first ? order.PlacedDay : first, last is null || order.PlacedDay > last ? order.PlacedDay : last);
            await Add(ours, county, known.ToDictionary(o => o.Id, o => o.Number), cancel);
        }
        if (first is { } from && last is { } until)
        {
            var settled = db.PlatformStatementLines;
            var missing = await db.Orders.Where(o => o.County == county && o.Channel == channel && o.PlacedDay >= from && o.PlacedDay <= until && o.State == OrderState.Received)
                .Where(o => !settled.Any(l => l.County == o.County && l.Channel == o.Channel && l.Number == o.Number)).OrderBy(o => o.PlacedDay).ThenBy(o => o.Id).Take(MostMissing).Select(o => new { o.Id, o.Number }).ToListAsync(cancel);
            await Add(ours, county, missing.ToDictionary(o => o.Id, o => o.Number), cancel);
        }
        return new ComparedStatement(Reconciling.Compare(ours, theirs), twice);
    }

    // As often as it stands in the file that has it most often: twice in one file are two rows, once in each of two files is one.
    private static IEnumerable<PlatformStatementLine> Once(IEnumerable<PlatformStatementLine> same) => same.GroupBy(l => l.StatementId).MaxBy(file => file.Count())!;

    private async Task Add(Dictionary<string, OurOrder> ours, AreaCode county, Dictionary<long, string> orders, CancellationToken cancel)
    {
        if (orders.Count == 0) return;
        IReadOnlyCollection<long> ids = orders.Keys;
        var lines = await db.OrderLines.Where(l => l.County == county && EF.Parameter(ids).Contains(l.OrderId)).Select(l => new { l.Id, l.OrderId, l.Goods, l.Freight, l.Commission, l.Promotion }).ToListAsync(cancel);
        var lineIds = lines.ConvertAll(l => l.Id);
        var refunds = (await db.RefundClaims.Where(r => r.County == county && EF.Parameter(lineIds).Contains(r.LineId)).Select(r => new { r.LineId, r.Amount }).ToListAsync(cancel)).ToLookup(r => r.LineId, r => r.Amount);
        foreach (var order in lines.GroupBy(l => l.OrderId))
            ours[orders[order.Key]] = new OurOrder(orders[order.Key], new Fen(order.Sum(l => l.Goods.Value + l.Freight.Value - refunds[l.Id].Sum(r => r.Value))), new Fen(order.Sum(l => l.Commission.Value)), new Fen(order.Sum(l => l.Promotion.Value)));
    }
}
