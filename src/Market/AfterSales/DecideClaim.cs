using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Lots;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.AfterSales;

/// <summary>A claim granted, whole or in part.</summary>
/// <param name="ClaimId">The claim.</param>
/// <param name="Amounts">Of each of its lines, zero to what was asked.</param>
/// <param name="Fault">Role that bears it; null: the scheme's bearer.</param>
/// <param name="Returns">Do the goods come back first?</param>
/// <param name="Words">For the buyer; may be empty.</param>
internal sealed record GrantClaim(long ClaimId, IReadOnlyDictionary<long, Fen> Amounts, string? Fault, bool Returns, string Words);

/// <summary>What staff do with a claim. Granting pays through the refund of the line, which reverses every share.</summary>
internal sealed class DecideClaimHandler(ShanhuoDb db, Ids ids, TimeProvider clock, Refunding refunding)
{
    private static readonly AfterSalesRules Rules = AfterSalesRules.Shipped;

    /// <summary>A station or cooperative says what it thinks.</summary>
    public Task<Refusal?> Propose(long claimId, string words, CancellationToken cancel) => Change(claimId, cancel, claim =>
    {
        if (claim.State != ClaimState.Asked) return No("claim.over");
        if (words.Trim().Length is 0 or > 500) return No("claim.say", "Words");
        Add(claim, "proposed", words);
        return Task.FromResult<Refusal?>(null);
    });

    /// <summary>Grants it; above the limit of the rules the same figures must come from two people.</summary>
    public Task<Refusal?> Grant(GrantClaim grant, CancellationToken cancel) => Change(grant.ClaimId, cancel, async claim =>
    {
        if (claim.State != ClaimState.Asked) return new Refusal("claim.over");
        if (grant.Fault is { } fault && !ClaimRefundHandler.Faults.Contains(fault)) return new Refusal("market.refund-fault", Place.Input("Fault"), fault);
        if (grant.Words.Length > 500) return new Refusal("claim.words", Place.Input("Words"), 500);
        var lines = await db.ClaimLines.Where(l => l.County == claim.County && l.ClaimId == claim.Id).OrderBy(l => l.LineId).ToListAsync(cancel);
        foreach (var line in lines)
            if (!grant.Amounts.TryGetValue(line.LineId, out var amount) || amount < Fen.Zero || amount > line.Asked) return new Refusal("claim.grant-amount", Place.Input($"Amounts[{line.LineId}]"), line.Asked);
        var sum = new Fen(lines.Sum(l => grant.Amounts[l.LineId].Value));
        if (sum == Fen.Zero) return new Refusal("claim.grant-nothing");
        var same = claim.FirstAccountId is not null && claim.Fault == grant.Fault && claim.Returns == grant.Returns && lines.All(l => l.Granted == grant.Amounts[l.LineId]);
        (claim.Fault, claim.Returns) = (grant.Fault, grant.Returns);
        foreach (var line in lines) line.Granted = grant.Amounts[line.LineId];
        if (sum.Value > Rules.SecondPersonAbove && (!same || claim.FirstAccountId == db.Scope.AccountId))
        {
            if (same) return new Refusal("claim.second");
            claim.FirstAccountId = db.Scope.AccountId;
            Add(claim, "first", grant.Words, sum);
            return null;
        }
        Add(claim, "granted", grant.Words, sum);
        if (!claim.Returns) return await Pay(claim, lines, cancel);
        (claim.State, claim.ReturnBy) = (ClaimState.Granted, clock.Today.AddDays(Rules.ReturnDays));
        return null;
    });

    /// <summary>Refuses it, with a reason that the buyer reads; also one whose goods never came back.</summary>
    public Task<Refusal?> Refuse(long claimId, string why, CancellationToken cancel) => Change(claimId, cancel, claim =>
    {
        if (claim.State is not (ClaimState.Asked or ClaimState.Granted)) return No("claim.over");
        if (why.Trim().Length is < 4 or > 500) return No("claim.why", "Words");
        (claim.State, claim.RefusedWhy) = (ClaimState.Refused, why.Trim());
        Add(claim, "refused", why);
        return Task.FromResult<Refusal?>(null);
    });

    /// <summary>The goods are back: to their lot, or written off there as spoiled; then the money is paid.</summary>
    public Task<Refusal?> TakeBack(long claimId, bool spoiled, CancellationToken cancel) => Change(claimId, cancel, async claim =>
    {
        if (claim.State != ClaimState.Granted) return new Refusal("claim.over");
        var lines = await db.ClaimLines.Where(l => l.County == claim.County && l.ClaimId == claim.Id).OrderBy(l => l.LineId).ToListAsync(cancel);
        var lineIds = lines.Select(l => l.LineId).ToList();
        var lots = await db.OrderLines.Where(l => l.County == claim.County && lineIds.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.LotId, cancel);
        foreach (var line in lines.Where(l => l.Quantity > 0 && l.Granted > Fen.Zero && lots[l.LineId] is not null).OrderBy(l => lots[l.LineId]).ThenBy(l => l.LineId))
        {
            var (lot, request) = (lots[line.LineId]!.Value, OrderLots.Request(claim.Id, line.LineId));
            var no = (await LotStock.PutBack(db, ids, claim.County, lot, line.Quantity, request, line.LineId, clock.Today, cancel)).Refused;
            // A lot that is closed is accounted for to the last gram; what comes back after that is no more of it.
            if (no?.Code == "market.lot-closed") continue;
            no ??= spoiled ? (await LotStock.Take(db, ids, claim.County, lot, line.Quantity, MoveKind.Spoiled, request, line.LineId, clock.Today, "returned", cancel)).Refused : null;
            if (no is not null) return no;
        }
        claim.State = ClaimState.Returned;
        Add(claim, spoiled ? "spoiled" : "returned", "");
        return await Pay(claim, lines, cancel);
    });

    /// <summary>The buyer says with what the goods were sent back.</summary>
    public Task<Refusal?> SentBack(long claimId, string waybill, CancellationToken cancel) => Change(claimId, cancel, claim =>
    {
        var number = Numerals.Narrow(waybill).Trim();
        if (claim.State != ClaimState.Granted) return No("claim.over");
        if (number.Length is < 4 or > 60) return No("claim.waybill", "Waybill");
        if (claim.ReturnWaybill == number) return Task.FromResult<Refusal?>(null);
        claim.ReturnWaybill = number;
        Add(claim, "sent-back", number);
        return Task.FromResult<Refusal?>(null);
    });

    private async Task<Refusal?> Pay(BuyerClaim claim, List<ClaimLine> lines, CancellationToken cancel)
    {
        var order = await db.Orders.SingleAsync(o => o.County == claim.County && o.Id == claim.OrderId, cancel);
        // As with a claim by hand: the lines are taken first.
        await db.OrderLines.Where(l => l.County == claim.County && l.OrderId == order.Id).ExecuteUpdateAsync(set => set.SetProperty(l => l.Number, l => l.Number), cancel);
        // Somebody may have given back a part by hand meanwhile: no line gives back more than was paid for it.
        var lineIds = lines.Select(l => l.LineId).ToList();
        var left = await db.OrderLines.Where(l => l.County == claim.County && lineIds.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.Goods + l.Freight, cancel);
        foreach (var refunded in await db.RefundClaims.Where(r => r.County == claim.County && lineIds.Contains(r.LineId)).Select(r => new { r.LineId, r.Amount }).ToListAsync(cancel)) left[refunded.LineId] -= refunded.Amount;
        foreach (var line in lines.Where(l => l.Granted > left[l.LineId])) line.Granted = left[line.LineId];
        var refunds = lines.Where(l => l.Granted > Fen.Zero).Select(l => new RefundClaim
        {
            Id = ids.Next(), County = claim.County, RequestId = OrderLots.Request(claim.Id, l.LineId), LineId = l.LineId, Amount = l.Granted!.Value, Day = clock.Today, Fault = claim.Fault, Reason = claim.Reason,
        }).ToList();
        claim.State = ClaimState.Paid;
        Add(claim, "paid", "", new Fen(refunds.Sum(r => r.Amount.Value)));
        return refunds.Count == 0 ? null : await refunding.Claim(order, refunds, cancel);
    }

    private async Task<Refusal?> Change(long claimId, CancellationToken cancel, Func<BuyerClaim, Task<Refusal?>> act)
    {
        var county = db.Scope.County;
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        var own = db.Scope.OrganisationId;
        // The claim's row is taken first, then that of its order, as everybody does who changes an order.
        if (await db.BuyerClaims.Where(c => c.County == county && c.Id == claimId && (own == null || c.SellerId == own || c.StationId == own)).ExecuteUpdateAsync(set => set.SetProperty(c => c.Returns, c => c.Returns), cancel) == 0) return new Refusal("claim.unknown");
        var claim = await db.BuyerClaims.SingleAsync(c => c.County == county && c.Id == claimId, cancel);
        await db.Orders.Where(o => o.County == county && o.Id == claim.OrderId).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel);
        if (await act(claim) is { } no)
        {
            db.ChangeTracker.Clear();
            return no;
        }
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return null;
    }

    private void Add(BuyerClaim claim, string kind, string words, Fen? amount = null) =>
        db.ClaimSteps.Add(new ClaimStep { Id = ids.Next(), County = claim.County, ClaimId = claim.Id, Kind = kind, AccountId = kind == "sent-back" ? 0 : db.Scope.AccountId, AtMs = clock.NowMs, Words = words.Trim(), Amount = amount });

    private static Task<Refusal?> No(string code, string? field = null) => Task.FromResult<Refusal?>(new Refusal(code, field is null ? Place.None : Place.Input(field)));
}
