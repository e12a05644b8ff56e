using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Channels;

/// <summary>Finds the product of a seller code and the lots of a line: the packing scan names them, else first expired, first out. What cannot be found waits; nothing is guessed.</summary>
internal sealed class LineServing(ShanhuoDb db, OrderLots lots)
{
    private readonly Dictionary<string, SellerCode> codes = new(StringComparer.Ordinal);
    private ILookup<string, long>? scans;
    private string? channel;

    /// <summary>Reads beforehand what many orders of a channel need.</summary>
    public async Task Know(AreaCode county, string ofChannel, IReadOnlyList<string> numbers, IReadOnlyList<string> sellerCodes, CancellationToken cancel)
    {
        channel = ofChannel;
        codes.Clear();
        foreach (var code in await db.SellerCodes.AsNoTracking().Where(c => c.County == county && c.Channel == channel && sellerCodes.Contains(c.Code)).ToListAsync(cancel)) codes[code.Code] = code;
        scans = (await db.PackingScans.Where(s => s.County == county && s.Channel == channel && numbers.Contains(s.Number)).OrderBy(s => s.Id).Select(s => new { s.Number, s.LotId }).ToListAsync(cancel)).ToLookup(s => s.Number, s => s.LotId, StringComparer.Ordinal);
    }

    /// <summary>Serves all lines of an order that have no lot. Call with an open transaction.</summary>
    /// <returns>A refusal when another sale came between: roll back and try again.</returns>
    public async Task<Refusal?> Serve(Order order, List<OrderLine> lines, DateOnly day, CancellationToken cancel)
    {
        var waiting = lines.Where(l => l.LotId is null).ToList();
        if (scans is null || channel != order.Channel) throw new InvalidOperationException("Know comes first.");
        var scanned = scans[order.Number].ToList();
        // What was packed from a lot that was recalled since has left all the same, and the recall finds it.
        var hasLeft = scanned.Count > 0 && order.State is OrderState.Shipped or OrderState.Received;
        foreach (var line in waiting)
        {
            if (line.ProductId == 0)
            {
                if (line.SellerCode is null || !codes.TryGetValue(line.SellerCode, out var code) || await lots.Product(code.ProductId, cancel) is not { } product)
                {
                    line.Waits = WaitReason.Code;
                    continue;
                }
                line.ProductId = product.Id;
                (line.Grams, line.Pieces) = product.ByPiece ? (0L, checked(line.Units * code.PerUnit)) : (checked(line.Units * code.PerUnit), 0L);
            }
            var grade = line.Grade ?? (line.SellerCode is { } name && codes.TryGetValue(name, out var known) && known.ProductId == line.ProductId ? known.Grade : null);
            var (wait, parts) = await Find(order, line, grade, scanned, hasLeft, day, cancel);
            if (wait == WaitReason.None && await lots.Freeze(order, parts[0].LotId, day, cancel) is not null) wait = WaitReason.Scheme;
            line.Waits = wait;
            if (wait == WaitReason.None && await lots.Take(order, line, parts, lines, day, cancel, hasLeft) is { } no) return no;
        }
        order.IsWaiting = lines.Any(l => l.LotId is null);
        return null;
    }

    private async Task<(WaitReason Wait, IReadOnlyList<LotPart> Parts)> Find(Order order, OrderLine line, string? grade, List<long> scanned, bool hasLeft, DateOnly day, CancellationToken cancel)
    {
        var quantity = line.Grams + line.Pieces;
        if (scanned.Count > 0)
        {
            var named = await db.Lots.Where(l => l.County == order.County && scanned.Contains(l.Id) && l.ProductId == line.ProductId).Select(l => new { l.Id, l.Available, l.ClosedDay, l.RecallId }).ToListAsync(cancel);
            if (named.Count > 0)
            {
                var parts = new List<LotPart>();
                var missing = quantity;
                foreach (var lot in named.Where(l => l.ClosedDay is null && l.Available > 0 && (l.RecallId is null || hasLeft)).OrderBy(l => scanned.IndexOf(l.Id)))
                {
                    if (missing == 0) break;
                    parts.Add(new LotPart(lot.Id, Math.Min(missing, lot.Available)));
                    missing -= parts[^1].Quantity;
                }
                return missing == 0 ? (WaitReason.None, parts) : (WaitReason.ScannedLot, []);
            }
        }
        // What we sold ourselves (a harvest to come) is served by its seller's own goods that are good today. What another platform sold left by the day it was ordered: goods that have gone off since were good then.
        var found = line.OfferId is { } offer
            ? await LotStock.FirstExpired(db, order.County, line.ProductId, quantity, day, cancel, grade, sellerId: await lots.SellerOf(order.County, offer, cancel))
            : await LotStock.FirstExpired(db, order.County, line.ProductId, quantity, order.PlacedDay, cancel, grade);
        return found.Missing == 0 ? (WaitReason.None, found.Parts) : (WaitReason.Stock, []);
    }
}
