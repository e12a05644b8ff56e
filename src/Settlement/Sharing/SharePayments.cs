using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Settlement.Ledger;

namespace Shanhuo.Settlement.Sharing;

/// <summary>
/// Pays merchants their shares of orders out of the payments that the institution keeps frozen, unfreezes the rest, and takes shares back when goods are returned.
/// Plans under the ledger's lock, sends under a number that is the same when sent again, and books in one transaction what the institution has done; so a share is paid once, wherever the program stops.
/// </summary>
internal sealed class SharePayments(ShanhuoDb db, Ids ids, TimeProvider clock, ISharePayments institution, ShareMerchants merchants)
{
    private const int Batch = 200;

    // The institution whose payments can be shared out.
    private const string Shared = "wechat";

    // A no of the institution is asked for again so often; where nobody knows, until somebody does.
    private const int MostRefused = 10;

    /// <summary>One round for a county.</summary>
    /// <returns>How many requests and returns were carried out.</returns>
    public async Task<int> Run(AreaCode county, CancellationToken cancel)
    {
        // Without an institution nothing is frozen, and nothing can be asked of anybody.
        if (institution.InUse().Count == 0) return 0;
        var sharing = institution.Sharing().Ok(out var can, out _) ? can : null;
        await Plan(county, sharing?.MostPpm ?? 0, cancel);
        var done = await Send(county, sharing, cancel);
        if (sharing is null) return done;
        await TakeBack(county, cancel);
        return done + await SendReturns(county, sharing, cancel);
    }

    /// <summary>Asks once more for what the institution has refused: a rest that is still frozen under the same number, a return under a new one.</summary>
    /// <param name="county">County.</param>
    /// <param name="id">A failed request without shares, or a failed return.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task Again(AreaCode county, long id, CancellationToken cancel)
    {
        var shares = db.PaidShares;
        if (await db.ShareRequests.Where(r => r.County == county && r.Id == id && r.State == RequestState.Failed && !shares.Any(s => s.County == county && s.RequestId == id))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, RequestState.Made).SetProperty(r => r.Tries, 0).SetProperty(r => r.NextTryMs, 0L), cancel) > 0) return;
        var returns = db.ShareReturns;
        await db.ShareRequests.Where(r => r.County == county && returns.Any(b => b.County == county && b.Id == id && b.State == RequestState.Failed && b.RequestId == r.Id)).ExecuteUpdateAsync(set => set.SetProperty(r => r.NeedsLook, true), cancel);
    }

    private async Task Plan(AreaCode county, long mostPpm, CancellationToken cancel)
    {
        var all = db.ShareRequests;
        var payments = db.PaymentsToShare(county).Where(p => !all.Any(r => r.County == county && r.PaymentId == p.Id));
        if (!await payments.AnyAsync(cancel)) return;
        await using var change = await Locked(county, cancel);
        var open = await payments.Take(Batch).ToListAsync(cancel);
        var inUse = await merchants.InUse(county, cancel);
        var left = await Balances(county, inUse.Keys, cancel);
        foreach (var order in open.GroupBy(p => p.OrderId))
        {
            foreach (var none in order.Where(p => p.Left <= Fen.Zero)) await db.Thaw(county, none.Id, cancel);
            var some = order.Where(p => p.Left > Fen.Zero).ToList();
            // Of an institution that does not share out, the rest, which is all, is only unfrozen.
            foreach (var whole in some.Where(p => p.Method != Shared)) Add(county, whole, 1, [], true);
            some.RemoveAll(p => p.Method != Shared);
            if (some.Count == 0) continue;
            var dues = new List<DueShare>();
            var brought = await Brought(county, order.Key, cancel);
            foreach (var (account, due) in await Due(county, order.Key, cancel))
            {
                // What another payment of the order has brought is not due again. Never more than the account stands at: what it owes elsewhere, goods bought outright or a shortfall borne, stays here.
                if (!inUse.TryGetValue(account, out var merchant) || Math.Min(due - brought.GetValueOrDefault(account), left[account]) is not (> 0 and var amount)) continue;
                left[account] -= amount;
                dues.Add(new DueShare(account, merchant.Merchant, new Fen(amount)));
            }
            foreach (var requests in SharePlanner.Plan([.. some.Select(p => p.Left)], dues, new ShareLimits(mostPpm)).GroupBy(r => some[r.Payment]))
                foreach (var (at, planned) in requests.Index())
                    Add(county, requests.Key, at + 1, planned.Shares, planned.IsLast);
        }
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
    }

    private void Add(AreaCode county, FrozenPayment payment, int at, IReadOnlyList<DueShare> shares, bool isLast)
    {
        var request = new ShareRequest
        {
            County = county, Id = ids.Next(), OrderId = payment.OrderId, PaymentId = payment.Id, Method = payment.Method, TransactionId = payment.TransactionId, IsLast = isLast, AtMs = clock.NowMs,
            Number = string.Create(CultureInfo.InvariantCulture, $"{payment.Number}S{at}"),
        };
        db.ShareRequests.Add(request);
        db.PaidShares.AddRange(shares.Select(s => new PaidShare { County = county, RequestId = request.Id, Role = s.Account.Role, Owner = s.Account.Owner, Merchant = s.Merchant, Amount = s.Amount }));
    }

    private async Task<int> Send(AreaCode county, IProfitSharing? sharing, CancellationToken cancel)
    {
        var (now, done) = (clock.NowMs, 0);
        var due = await db.ShareRequests.AsNoTracking().Where(r => r.County == county && (r.State == RequestState.Made || r.State == RequestState.Asked) && r.NextTryMs <= now).OrderBy(r => r.Id).Take(Batch).ToListAsync(cancel);
        foreach (var request in due)
        {
            // The one that unfreezes the rest goes last.
            if (await db.ShareRequests.AnyAsync(r => r.County == county && r.PaymentId == request.PaymentId && r.Id < request.Id && (r.State == RequestState.Made || r.State == RequestState.Asked), cancel)) continue;
            var shares = await db.PaidShares.AsNoTracking().Where(s => s.County == county && s.RequestId == request.Id).OrderBy(s => s.Role).ThenBy(s => s.Owner).ToListAsync(cancel);
            var answer = await Ask(county, sharing, request, shares, cancel);
            if (answer is { } said && await Note(county, request.Id, said, cancel)) done++;
            if (answer?.Refused?.Code == "payment.unreachable") break;
        }
        return done;
    }

    // Null: it cannot be asked yet.
    private async Task<Outcome<SharingSeen>?> Ask(AreaCode county, IProfitSharing? sharing, ShareRequest request, IReadOnlyList<PaidShare> shares, CancellationToken cancel)
    {
        if (shares.Count == 0 && request.State == RequestState.Made)
        {
            if (!institution.Funds(request.Method).Ok(out var funds, out var none)) return none;
            // While a refund is on its way nobody can say what is left.
            if (await db.PaymentsToShare(county).Where(p => p.Id == request.PaymentId).Select(p => (long?)p.Left).SingleOrDefaultAsync(cancel) is not { } left) return null;
            return left > 0 ? await funds.Unfreeze(request.Number, request.TransactionId, new Fen(left), request.Number, cancel) : new SharingSeen(request.Number, "", true, []);
        }
        if (sharing is null) return new Refusal("payment.not-set-up", Place.None, request.Method);
        if (request.State == RequestState.Asked) return await sharing.Query(request.Number, request.TransactionId, cancel);
        if (await KnowReceivers(county, sharing, shares, cancel) is { } no) return no;
        return await sharing.Share(request.Number, request.TransactionId, [.. shares.GroupBy(s => s.Merchant, StringComparer.Ordinal).Select(m => new ShareAsked(m.Key, new Fen(m.Sum(s => s.Amount.Value))))], request.Number, request.IsLast, cancel);
    }

    // The relation is one of the institution's words.
    private async Task<Refusal?> KnowReceivers(AreaCode county, IProfitSharing sharing, IReadOnlyList<PaidShare> shares, CancellationToken cancel)
    {
        var numbers = shares.Select(s => s.Merchant).Distinct().ToList();
        foreach (var one in (await db.ShareMerchants.AsNoTracking().Where(m => m.County == county && m.State == Payouts.PayeeState.Approved && !m.IsReceiver && numbers.Contains(m.Merchant)).ToListAsync(cancel)).DistinctBy(m => m.Merchant))
        {
            if ((await sharing.AddReceiver(one.Merchant, one.Name, one.Role is "cooperative" or "enterprise" ? "SUPPLIER" : "PARTNER", cancel)).Refused is { } no) return no;
            await db.ShareMerchants.Where(m => m.County == county && m.Merchant == one.Merchant).ExecuteUpdateAsync(set => set.SetProperty(m => m.IsReceiver, true), cancel);
        }
        return null;
    }

    private async Task<bool> Note(AreaCode county, long id, Outcome<SharingSeen> answer, CancellationToken cancel)
    {
        await using var change = await Locked(county, cancel);
        var request = await db.ShareRequests.SingleAsync(r => r.County == county && r.Id == id, cancel);
        if (request.State is RequestState.Done or RequestState.Failed) return false;
        var shares = await db.PaidShares.Where(s => s.County == county && s.RequestId == id).ToListAsync(cancel);
        if (answer.Ok(out var seen, out var no))
        {
            foreach (var share in shares) share.Standing = seen.Shares.FirstOrDefault(s => s.Merchant == share.Merchant)?.Standing ?? ShareStanding.Processing;
            var isOver = seen.IsFinished && shares.All(s => s.Standing != ShareStanding.Processing);
            Next(request, isOver ? RequestState.Done : RequestState.Asked, null);
        }
        else Next(request, IsNo(no) && request.Tries + 1 >= MostRefused ? RequestState.Failed : request.State, no.Code);
        if (request.State == RequestState.Done)
        {
            var paid = shares.Where(s => s.Standing == ShareStanding.Done).ToList();
            await Journal.Post(db, ids, clock, county, Cause.Payout, request.Number, clock.Today, [.. paid.Select(s => new Leg(s.Role, s.Owner, -s.Amount)), new Leg("institution", request.Method, new Fen(paid.Sum(s => s.Amount.Value)))], cancel);
            if (request.IsLast) await db.Thaw(county, request.PaymentId, cancel);
        }
        // Nobody is paid by it, but the seller must not wait for his money: its rest is unfrozen by a request of its own.
        else if (request.State == RequestState.Failed && request.IsLast && shares.Count > 0)
            db.ShareRequests.Add(new ShareRequest { County = county, Id = ids.Next(), OrderId = request.OrderId, PaymentId = request.PaymentId, Method = request.Method, TransactionId = request.TransactionId, Number = request.Number + "U", IsLast = true, AtMs = clock.NowMs });
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return request.State == RequestState.Done;
    }

    // What of an order was paid over what its accounts are still due after refunds comes back from each.
    private async Task TakeBack(AreaCode county, CancellationToken cancel)
    {
        if (!await db.ShareRequests.AnyAsync(r => r.County == county && r.NeedsLook, cancel)) return;
        await using var change = await Locked(county, cancel);
        var all = db.ShareRequests;
        var orders = await all.Where(r => r.County == county && r.NeedsLook && !all.Any(o => o.County == county && o.OrderId == r.OrderId && (o.State == RequestState.Made || o.State == RequestState.Asked)))
            .Select(r => r.OrderId).Distinct().OrderBy(o => o).Take(Batch).ToListAsync(cancel);
        foreach (var order in orders)
        {
            var due = await Due(county, order, cancel);
            var paid = await (from r in all
                              join s in db.PaidShares on new { r.County, RequestId = r.Id } equals new { s.County, s.RequestId }
                              where r.County == county && r.OrderId == order && s.Standing == ShareStanding.Done && r.State == RequestState.Done
                              orderby r.Id descending
                              select new { Request = r, Share = s }).AsNoTracking().ToListAsync(cancel);
            var back = await db.ShareReturns.AsNoTracking().Where(b => b.County == county && b.OrderId == order).ToListAsync(cancel);
            var number = back.Count;
            foreach (var account in paid.GroupBy(p => new AccountName(p.Share.Role, p.Share.Owner)))
            {
                var taken = back.Where(b => b.State != RequestState.Failed && b.Role == account.Key.Role && b.Owner == account.Key.Owner).ToList();
                var over = account.Sum(p => p.Share.Amount.Value) - taken.Sum(b => b.Amount.Value) - Math.Max(0, due.GetValueOrDefault(account.Key));
                // The last one paid gives back first; no share gives more than it was.
                foreach (var one in account)
                {
                    var now = Math.Min(over, one.Share.Amount.Value - taken.Where(b => b.RequestId == one.Request.Id).Sum(b => b.Amount.Value));
                    if (now <= 0) continue;
                    over -= now;
                    db.ShareReturns.Add(new ShareReturn
                    {
                        County = county, Id = ids.Next(), OrderId = order, RequestId = one.Request.Id, ShareNumber = one.Request.Number, Number = string.Create(CultureInfo.InvariantCulture, $"{one.Request.Number}R{++number}"),
                        Role = account.Key.Role, Owner = account.Key.Owner, Merchant = one.Share.Merchant, Amount = new Fen(now), AtMs = clock.NowMs,
                    });
                }
            }
        }
        await all.Where(r => r.County == county && r.NeedsLook && orders.Contains(r.OrderId)).ExecuteUpdateAsync(set => set.SetProperty(r => r.NeedsLook, false), cancel);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
    }

    private async Task<int> SendReturns(AreaCode county, IProfitSharing sharing, CancellationToken cancel)
    {
        var (now, done) = (clock.NowMs, 0);
        var due = await db.ShareReturns.AsNoTracking().Where(r => r.County == county && (r.State == RequestState.Made || r.State == RequestState.Asked) && r.NextTryMs <= now).OrderBy(r => r.Id).Take(Batch).ToListAsync(cancel);
        foreach (var one in due)
        {
            var answer = one.State == RequestState.Asked ? await sharing.QueryReturn(one.Number, one.ShareNumber, cancel) : await sharing.Return(one.Number, one.ShareNumber, one.Merchant, one.Amount, one.Number, cancel);
            if (await NoteReturn(county, one.Id, answer, cancel)) done++;
            if (answer.Refused?.Code == "payment.unreachable") break;
        }
        return done;
    }

    private async Task<bool> NoteReturn(AreaCode county, long id, Outcome<ReturnSeen> answer, CancellationToken cancel)
    {
        await using var change = await Locked(county, cancel);
        var one = await db.ShareReturns.SingleAsync(r => r.County == county && r.Id == id, cancel);
        if (one.State is RequestState.Done or RequestState.Failed) return false;
        if (answer.Ok(out var seen, out var no)) Next(one, seen.Standing switch { ShareStanding.Done => RequestState.Done, ShareStanding.Failed => RequestState.Failed, _ => RequestState.Asked }, null);
        else Next(one, IsNo(no) && one.Tries + 1 >= MostRefused ? RequestState.Failed : one.State, no.Code);
        if (one.State == RequestState.Done)
            await Journal.Post(db, ids, clock, county, Cause.PayoutReturned, one.Number, clock.Today, [new Leg(one.Role, one.Owner, one.Amount), new Leg("institution", Shared, -one.Amount)], cancel);
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return one.State == RequestState.Done;
    }

    /// <summary>What stands to each account from the lines and refunds of an order.</summary>
    private Task<Dictionary<AccountName, long>> Due(AreaCode county, long order, CancellationToken cancel)
    {
        var (entries, postings, accounts) = (db.JournalEntries, db.Postings, db.LedgerAccounts);
        return (from line in db.SharingLines(county, [order])
                join entry in entries on new { line.County, LineId = (long?)line.Id } equals new { entry.County, entry.LineId }
                join posting in postings on new { entry.County, EntryId = entry.Id } equals new { posting.County, posting.EntryId }
                join account in accounts on new { posting.County, Id = posting.AccountId } equals new { account.County, account.Id }
                group posting by new { account.Role, account.Owner } into g
                orderby g.Key.Role, g.Key.Owner
                select new { g.Key.Role, g.Key.Owner, Amount = g.Sum(p => (long)p.Amount) }).ToDictionaryAsync(a => new AccountName(a.Role, a.Owner), a => a.Amount, cancel);
    }

    // What each account got of an order, or is to get, less what it gave back or is to.
    private async Task<Dictionary<AccountName, long>> Brought(AreaCode county, long order, CancellationToken cancel)
    {
        var got = await (from r in db.ShareRequests
                         where r.County == county && r.OrderId == order && r.State != RequestState.Failed
                         join s in db.PaidShares on new { r.County, RequestId = r.Id } equals new { s.County, s.RequestId }
                         where s.Standing != ShareStanding.Failed
                         select new { s.Role, s.Owner, Amount = (long)s.Amount }).ToListAsync(cancel);
        var back = await db.ShareReturns.Where(b => b.County == county && b.OrderId == order && b.State != RequestState.Failed).Select(b => new { b.Role, b.Owner, Amount = -(long)b.Amount }).ToListAsync(cancel);
        return got.Concat(back).GroupBy(a => new AccountName(a.Role, a.Owner)).ToDictionary(g => g.Key, g => g.Sum(a => a.Amount));
    }

    // What accounts stand at, less what is on its way to them.
    private async Task<Dictionary<AccountName, long>> Balances(AreaCode county, IReadOnlyCollection<AccountName> names, CancellationToken cancel)
    {
        var (roles, owners) = (names.Select(n => n.Role).Distinct().ToList(), names.Select(n => n.Owner).Distinct().ToList());
        var found = (await db.LedgerAccounts.Where(a => a.County == county && roles.Contains(a.Role) && owners.Contains(a.Owner)).Select(a => new { a.Role, a.Owner, a.Balance }).ToListAsync(cancel)).ToDictionary(a => new AccountName(a.Role, a.Owner), a => a.Balance.Value);
        var underWay = await (from r in db.ShareRequests
                              where r.County == county && (r.State == RequestState.Made || r.State == RequestState.Asked)
                              join s in db.PaidShares on new { r.County, RequestId = r.Id } equals new { s.County, s.RequestId }
                              group s by new { s.Role, s.Owner } into g
                              select new { g.Key.Role, g.Key.Owner, Amount = g.Sum(s => (long)s.Amount) }).ToListAsync(cancel);
        foreach (var one in underWay)
            if (found.ContainsKey(new(one.Role, one.Owner))) found[new(one.Role, one.Owner)] -= one.Amount;
        return names.ToDictionary(n => n, n => found.GetValueOrDefault(n));
    }

    private void Next(Asking asking, RequestState state, string? why)
    {
        (asking.State, asking.Why) = (state, why);
        asking.Tries++;
        asking.NextTryMs = clock.NowMs + Math.Min(3_600_000L, 15_000L << Math.Min(asking.Tries, 8));
        if (state == RequestState.Done) asking.DoneMs = clock.NowMs;
    }

    // Where nobody knows whether it was done it is never given up.
    private static bool IsNo(Refusal no) => no.Code is not ("payment.unreachable" or "payment.answer-unsigned");

    // Refunds are written under the same lock: what is read of an order here is all that there is.
    private async Task<Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction> Locked(AreaCode county, CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        var change = await db.BeginAlone(county, Turn.Payouts, cancel);
        await BulkWriter.Lock(db, BulkWriter.JournalLock, county, cancel);
        return change;
    }
}
