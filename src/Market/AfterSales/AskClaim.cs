using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Intakes;
using Shanhuo.Market.Offers;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.AfterSales;

/// <summary>A line of which something is claimed.</summary>
internal sealed record AskedLine(long LineId, ClaimPart Part);

/// <summary>A buyer's claim.</summary>
/// <param name="RequestId">Once.</param>
/// <param name="OrderId">The buyer's order.</param>
/// <param name="Reason">Code of data/market/after-sales.json.</param>
/// <param name="Words">At most 500 characters; may be empty.</param>
/// <param name="Lines">At least one, each line once.</param>
/// <param name="Photos">At most as many as the rules take.</param>
internal sealed record AskClaim(Guid RequestId, long OrderId, string? Reason, string? Words, IReadOnlyList<AskedLine> Lines, IReadOnlyList<Upload> Photos);

/// <summary>Writes a buyer's claim down. Acts in the county of the order.</summary>
internal sealed class AskClaimHandler(ShanhuoDb db, Ids ids, TimeProvider clock, Secrets secrets)
{
    private static readonly AfterSalesRules Rules = AfterSalesRules.Shipped;

    public async Task<Outcome<BuyerClaim>> Handle(AskClaim asked, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (Rules.Reason(asked.Reason) is not { } reason) return new Refusal("claim.reason", Place.Input("Reason"));
        if (asked.Words?.Length > 500) return new Refusal("claim.words", Place.Input("Words"), 500);
        if (asked.Photos.Count > Rules.MostPhotos) return new Refusal("claim.photos", Place.Input("Photos"), Rules.MostPhotos);
        if (asked.Lines.Count == 0 || asked.Lines.Select(l => l.LineId).Distinct().Count() != asked.Lines.Count) return new Refusal("claim.no-lines", Place.Input("Lines[0].Text"));
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        // The order's row is taken first, so that two claims come one after the other.
        if (await db.Orders.Where(o => o.County == county && o.Id == asked.OrderId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel) == 0) return new Refusal("market.order-unknown");
        if (await db.BuyerClaims.SingleOrDefaultAsync(c => c.County == county && c.RequestId == asked.RequestId, cancel) is { } earlier) return earlier;
        if (await db.BuyerClaims.CountAsync(c => c.County == county && c.OrderId == asked.OrderId, cancel) >= Rules.MostClaims) return new Refusal("claim.many", Place.None, Rules.MostClaims);
        var order = await db.Orders.SingleAsync(o => o.County == county && o.Id == asked.OrderId, cancel);
        if (!(await Lines(order, reason, asked, cancel)).Ok(out var lines, out var no)) return no;
        var claim = new BuyerClaim
        {
            Id = ids.Next(), County = county, RequestId = asked.RequestId, Area = order.Area, OrderId = order.Id, SellerId = order.SellerId, StationId = order.StationId, Reason = reason.Code, Words = asked.Words?.Trim() ?? "",
            AskedMs = clock.NowMs, DecideBy = clock.Today.AddDays(Rules.DecideDays), Returns = reason.Returns, Fault = reason.Fault,
        };
        db.BuyerClaims.Add(claim);
        foreach (var (line, quantity, amount) in lines) db.ClaimLines.Add(new ClaimLine { County = county, ClaimId = claim.Id, LineId = line, Quantity = quantity, Asked = amount });
        for (var i = 0; i < asked.Photos.Count; i++)
            db.ClaimPhotos.Add(new ClaimPhoto { County = county, ClaimId = claim.Id, Number = i + 1, ContentType = asked.Photos[i].ContentType, Hidden = secrets.HideFile(asked.Photos[i].Content, ClaimPhoto.Binding(claim.Id, i + 1)) });
        db.ClaimSteps.Add(new ClaimStep { Id = ids.Next(), County = county, ClaimId = claim.Id, Kind = "asked", AccountId = 0, AtMs = clock.NowMs, Words = claim.Words, Amount = new Fen(lines.Sum(l => l.Amount.Value)) });
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return claim;
    }

    /// <summary>What of each line neither was refunded nor is asked already.</summary>
    public async Task<Dictionary<long, Fen>> Left(Order order, IReadOnlyList<OrderLine> lines, CancellationToken cancel)
    {
        var lineIds = lines.Select(l => l.Id).ToList();
        var refunded = await db.RefundClaims.Where(r => r.County == order.County && lineIds.Contains(r.LineId)).GroupBy(r => r.LineId).Select(g => new { g.Key, Sum = g.Sum(r => (long)r.Amount) }).ToDictionaryAsync(g => g.Key, g => g.Sum, cancel);
        var open = (await (from l in db.ClaimLines
                           join c in db.BuyerClaims on new { l.County, Id = l.ClaimId } equals new { c.County, c.Id }
                           where l.County == order.County && lineIds.Contains(l.LineId) && c.State != ClaimState.Paid && c.State != ClaimState.Refused
                           select new { l.LineId, Amount = l.Granted ?? l.Asked }).ToListAsync(cancel)).ToLookup(l => l.LineId, l => l.Amount.Value);
        return lines.ToDictionary(l => l.Id, l => l.Goods + l.Freight - new Fen(refunded.GetValueOrDefault(l.Id) + open[l.Id].Sum()));
    }

    private async Task<Outcome<List<(long Line, long Quantity, Fen Amount)>>> Lines(Order order, ClaimReason reason, AskClaim asked, CancellationToken cancel)
    {
        var lines = await db.OrderLines.AsNoTracking().Where(l => l.County == order.County && l.OrderId == order.Id).ToListAsync(cancel);
        var productIds = lines.Select(l => l.ProductId).Distinct().ToList();
        var categories = await db.Products.Where(p => p.County == order.County && productIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Category, cancel);
        var left = await Left(order, lines, cancel);
        var claimed = (await (from l in db.ClaimLines
                              join c in db.BuyerClaims on new { l.County, Id = l.ClaimId } equals new { c.County, c.Id }
                              where l.County == order.County && c.OrderId == order.Id && c.State != ClaimState.Refused
                              select new { l.LineId, l.Quantity }).ToListAsync(cancel)).ToLookup(l => l.LineId, l => l.Quantity);
        var parts = new List<(long, long, Fen)>();
        for (var i = 0; i < asked.Lines.Count; i++)
        {
            var (lineId, part) = asked.Lines[i];
            if (lines.SingleOrDefault(l => l.Id == lineId) is not { } line) return new Refusal("market.refund-line");
            var quantity = line.Grams + line.Pieces;
            if (ClaimRule.WhyNot(reason, GoodsRules.Shipped.Of(categories.GetValueOrDefault(line.ProductId, "")).Fresh, order.State, order.ReceivedDay ?? order.DeliveredDay, clock.Today, asked.Photos.Count) is { } not) return not;
            if (!ClaimRule.Wanted(line.Goods, line.Freight, quantity, left[line.Id], reason, part).Ok(out var amount, out var no)) return no with { Where = Place.Input($"Lines[{lineId}].{no.Where.Column}") };
            // Goods come back once, however often something of their line is claimed.
            var there = Math.Max(0, quantity - claimed[lineId].Sum());
            if (part.How == ClaimHow.Quantity && part.Quantity > there) return new Refusal("claim.quantity", Place.Input($"Lines[{lineId}].Text"));
            parts.Add((lineId, part.How switch { ClaimHow.All => there, ClaimHow.Quantity => part.Quantity, _ => 0 }, amount));
        }
        return parts;
    }
}
