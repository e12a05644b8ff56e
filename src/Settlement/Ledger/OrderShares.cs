using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Schemes;
using Shanhuo.Settlement.Splits;

namespace Shanhuo.Settlement.Ledger;

/// <summary>
/// What each line bears of the amounts per order and per parcel. They are shared by all lines of the order, due or not, settled or not, so that
/// a line's part does not depend on when its neighbours are settled. An order of which a line still waits for its lot waits with it where the
/// scheme has such amounts: that line may yet become two, and would change everybody's part.
/// </summary>
internal sealed class OrderShares
{
    private readonly Dictionary<long, long[]> ofLine = [];
    private readonly HashSet<long> waiting = [];

    /// <summary>Does the order wait for the lot of one of its lines?</summary>
    public bool Waits(long orderId) => waiting.Contains(orderId);

    /// <summary>The line's amounts of <see cref="Scheme.OrderSteps"/>.</summary>
    public ReadOnlySpan<long> Of(long lineId) => ofLine.GetValueOrDefault(lineId);

    /// <summary>Looks up the orders of some lines and shares their amounts.</summary>
    /// <param name="db">Where to look.</param>
    /// <param name="lots">Lots; more are looked up where a scheme asks for poor households.</param>
    /// <param name="lines">Lines to be settled, with their schemes.</param>
    /// <param name="cancel">Stops it.</param>
    public static async Task<OrderShares> Of(ShanhuoDb db, LotBook lots, IReadOnlyList<(LineFact Line, Scheme Scheme)> lines, CancellationToken cancel)
    {
        var shares = new OrderShares();
        var orders = new Dictionary<long, (LineFact Line, Scheme Scheme)>();
        foreach (var line in lines)
            if (line.Scheme.OrderSteps.Length > 0) orders.TryAdd(line.Line.OrderId, line);
        if (orders.Count == 0) return shares;
        var county = lines[0].Line.County;
        var all = await db.SharingLines(county, orders.Keys).ToListAsync(cancel);
        if (orders.Values.Any(o => o.Scheme.Match.Poor != 0)) await lots.Know(county, all.Where(l => l.LotId != null).Select(l => l.LotId!.Value), cancel);
        foreach (var order in all.GroupBy(l => l.OrderId))
            if (order.Any(l => l.LotId == null)) shares.waiting.Add(order.Key);
            else shares.Share(orders[order.Key].Scheme, orders[order.Key].Line, lots, [.. order]);
        return shares;
    }

    private void Share(Scheme scheme, LineFact order, LotBook lots, SharingLineFact[] lines)
    {
        // Ties go to the ordinally smaller line: ids as they stand in the journal, as text.
        if (lines.Length > 1) Array.Sort(lines, (a, b) => string.CompareOrdinal(LineKey.Of(a.Id), LineKey.Of(b.Id)));
        var amounts = Array.ConvertAll(lines, line => new LineAmounts
        {
            Goods = line.Goods.Value,
            Parcels = order.Parcels,
            Applies = scheme.Match.Of(order.Channel, order.Station, order.Campaign, line.ProductCode, scheme.Match.Poor != 0 && lots[line.LotId!.Value].IsPoor),
        });
        var steps = scheme.OrderSteps.Length;
        var parts = new long[lines.Length * steps];
        OrderParts.Fill(scheme, amounts, [.. Enumerable.Range(0, lines.Length)], parts);
        for (var i = 0; i < lines.Length; i++) ofLine[lines[i].Id] = lines.Length == 1 ? parts : parts[(i * steps)..((i + 1) * steps)];
    }
}
