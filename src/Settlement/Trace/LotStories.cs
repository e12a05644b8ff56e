using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Settlement.Trace;

/// <summary>What the trace page shows, for programs; names of growers are left to the page.</summary>
internal sealed class LotStories(ShanhuoDb db, TraceReader traces) : ITellOfLots
{
    public async Task<LotStory?> Story(string code, Language language, CancellationToken cancel)
    {
        if (await traces.Lot(code, language, cancel) is not { } trace) return null;
        var totals = (await Totals(trace.Lot.County, [trace.Lot.Id], cancel))[0];
        return new LotStory(trace.Lot.Code, trace.Lot.ProductCode, trace.Lot.Grade, trace.Place, trace.Seller, trace.Station, trace.Lot.OpenedDay, trace.Lot.TakenIn, [.. trace.Groups.Select(g => new GrowersOfPlace(g.Place, g.Households))], totals, "/settlement/trace/lot/" + Uri.EscapeDataString(code));
    }

    public async Task<IReadOnlyList<LotTotals>> Totals(AreaCode county, IReadOnlyList<long> lotIds, CancellationToken cancel)
    {
        var codes = await db.LotFacts.Where(l => l.County == county && EF.Parameter(lotIds).Contains(l.Id)).Select(l => new { l.Id, l.Code }).ToDictionaryAsync(l => l.Id, l => l.Code, cancel);
        var sums = (await db.Unfiltered<LotSum>("the price of a lot is public").Where(s => s.County == county && EF.Parameter(lotIds).Contains(s.LotId))
            .GroupBy(s => new { s.LotId, s.Role }).Select(g => new { g.Key.LotId, g.Key.Role, Amount = g.Sum(s => (long)s.Amount), Quantity = g.Sum(s => s.Quantity) }).ToListAsync(cancel)).ToLookup(s => s.LotId);
        return [.. lotIds.Select(id =>
        {
            var sold = sums[id].Sum(s => s.Quantity);
            // Of one unit or another: the parts of all are the same.
            var price = PriceBuildUp.Of(sums[id].Select(s => KeyValuePair.Create(s.Role, new Fen(s.Amount))), sold, 1);
            return new LotTotals(codes[id], sold, price?.Paid.Value ?? 0, [.. (price?.Parts ?? []).Select(p => new HandTotal(p.Hand.ToString().ToLowerInvariant(), p.OfAll.Value))]);
        })];
    }
}
