using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Channels.Units;

/// <summary>A unit in a year.</summary>
/// <param name="Target">Null: none is set.</param>
/// <param name="Months">Twelve sums, January first; what was given back is taken off in the month of the order.</param>
internal sealed record UnitYear(string Unit, Fen? Target, IReadOnlyList<Fen> Months)
{
    public Fen Bought => new(Months.Sum(m => m.Value));

    /// <summary>Tenths of a per cent of the target, cut off so that 100 % is never said too early; null: no target.</summary>
    public long? PerMille => Target is { Value: > 0 } target ? (long)((Int128)Math.Max(0, Bought.Value) * 1000 / target.Value) : null;
}

/// <summary>How far the buying units are: what they bought on the 832 platform, out of its orders.</summary>
internal sealed class UnitProgress(ShanhuoDb db)
{
    /// <summary>The channel on which they buy.</summary>
    public const string Channel = "832";

    /// <summary>All units of a year, with a target or an order; those with the largest target first.</summary>
    public async Task<List<UnitYear>> Of(AreaCode county, int year, CancellationToken cancel)
    {
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 31));
        var orders = db.Orders.Where(o => o.County == county && o.Channel == Channel && o.PlacedDay >= first && o.PlacedDay <= last && o.State != OrderState.Cancelled && o.State != OrderState.Unpaid && o.Buyer != "");
        var claims = db.RefundClaims;
        var bought = await (from o in orders
                            join l in db.OrderLines on new { o.County, OrderId = o.Id } equals new { l.County, l.OrderId }
                            select new { o.Buyer, o.PlacedDay, Kept = (long)l.Goods + (long)l.Freight - claims.Where(r => r.County == l.County && r.LineId == l.Id).Sum(r => (long)r.Amount) })
                            .GroupBy(x => new { x.Buyer, x.PlacedDay }, (key, some) => new { key.Buyer, key.PlacedDay, Sum = some.Sum(x => x.Kept) }).ToListAsync(cancel);
        var targets = await db.UnitTargets.AsNoTracking().Where(t => t.County == county && t.Year == year).ToDictionaryAsync(t => t.Unit, t => t.Amount, cancel);
        var byUnit = bought.ToLookup(b => b.Buyer);
        return [.. targets.Keys.Union(byUnit.Select(b => b.Key))
            .Select(unit => new UnitYear(unit, targets.TryGetValue(unit, out var target) ? target : null, [.. Enumerable.Range(1, 12).Select(m => new Fen(byUnit[unit].Where(b => b.PlacedDay.Month == m).Sum(b => b.Sum)))]))
            .OrderByDescending(u => u.Target ?? Fen.Zero).ThenByDescending(u => u.Bought).ThenBy(u => u.Unit, StringComparer.Ordinal)];
    }
}
