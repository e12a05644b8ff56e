using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Registry.Contracts;
using Shanhuo.Settlement.Ledger;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Schemes.Trials;

/// <summary>Whose past orders a scheme is tried on.</summary>
/// <param name="Cooperative">Code of the selling cooperative; null: any seller.</param>
/// <param name="Channel">The channel; null: any.</param>
internal sealed record TrialScope(AreaCode County, string? Cooperative, string? Channel);

/// <summary>Reads past orders, the newest first, a bounded number of lines at a time. Reads only.</summary>
internal sealed class TrialOrders(ShanhuoDb db)
{
    /// <summary>Lines that one request may take, at most.</summary>
    public const int MostLines = 20_000;

    private readonly LotBook book = new(db);
    private readonly Dictionary<long, TrialLot> lots = [];

    /// <summary>The lots of the orders read so far.</summary>
    public IReadOnlyDictionary<long, TrialLot> Lots => lots;

    /// <summary>How many lines there are to try.</summary>
    public Task<int> Count(TrialScope scope, CancellationToken cancel) => Lines(scope).CountAsync(cancel);

    /// <summary>Whole orders below an order id, newest first.</summary>
    /// <param name="scope">Whose.</param>
    /// <param name="before">Orders with a smaller id; <see cref="long.MaxValue"/> to begin.</param>
    /// <param name="most">Lines at most; an order that would be torn is left for the next time, unless it is the only one.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The orders, and from where to go on; null: there are no more.</returns>
    public async Task<(List<List<TrialLine>> Orders, long? Next)> Read(TrialScope scope, long before, int most, CancellationToken cancel)
    {
        var lines = await Lines(scope).Where(l => l.OrderId < before).OrderByDescending(l => l.OrderId).ThenBy(l => l.Number).Take(most + 1).ToListAsync(cancel);
        var more = lines.Count > most;
        if (more && lines[0].OrderId != lines[^1].OrderId) lines.RemoveAll(l => l.OrderId == lines[^1].OrderId);
        await Know(scope.County, [.. lines.Select(l => l.LotId).Distinct()], cancel);
        var orders = lines.GroupBy(l => l.OrderId).Select(order => order.Select(Line).ToList()).ToList();
        return (orders, more && lines.Count > 0 ? lines[^1].OrderId : null);
    }

    private IQueryable<LineFact> Lines(TrialScope scope)
    {
        var lines = db.LineFacts.Where(l => l.County == scope.County);
        if (scope.Channel is { } channel) lines = lines.Where(l => l.Channel == channel);
        if (scope.Cooperative is { } cooperative)
        {
            var theirs = db.LotFacts.Where(l => l.County == scope.County && l.Cooperative == cooperative);
            lines = lines.Where(l => theirs.Any(lot => lot.Id == l.LotId));
        }
        return lines;
    }

    private async Task Know(AreaCode county, long[] ids, CancellationToken cancel)
    {
        foreach (var some in ids.Where(id => !lots.ContainsKey(id)).Chunk(500))
        {
            await book.Know(county, some, cancel);
            var growers = await (from g in db.GrowerFacts
                                 where g.County == county && some.Contains(g.LotId)
                                 join h in db.HouseholdCodes on g.HouseholdId equals h.Id
                                 select new { g.LotId, h.Code, g.Village, g.Quantity, g.Value }).ToListAsync(cancel);
            foreach (var lot in growers.GroupBy(g => g.LotId))
                lots[lot.Key] = new TrialLot(lot.Key, book[lot.Key].Terms, book[lot.Key].IsPoor, [.. lot.Select(g => new TrialGrower(g.Code, g.Village.ToString(), g.Quantity, g.Value))]);
        }
    }

    private static TrialLine Line(LineFact line) => new(line.Id.ToString(CultureInfo.InvariantCulture), line.Channel, line.Station, line.Campaign, line.ProductCode, line.LotId, new LineAmounts
    {
        Goods = line.Goods.Value, Freight = line.Freight.Value, Grams = line.Grams, Pieces = line.Pieces, Parcels = line.Parcels,
        Packaging = line.Packaging.Value, Processing = line.Processing.Value, Commission = line.Commission.Value, Promotion = line.Promotion.Value,
    });
}
