using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shanhuo.Kernel;
using Shanhuo.Market.AfterSales;
using Shanhuo.Market.Api;
using Shanhuo.Market.Buying;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Orders;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Payments;

/// <summary>All that passes between us and the payment institutions: doors for payers, notifications, questions about payments nobody heard of, refunds. Each step may be repeated.</summary>
internal sealed class PaymentDesk(IServiceScopeFactory scopes, PaymentInstitutions institutions, CheckoutQueue queue, TimeProvider clock, PaymentAddresses addresses, ILogger<PaymentDesk> log)
{
    private const int MostTries = 40;
    private const int MostBillDays = 30;
    private const int MostForgedADay = 1_000;

    /// <summary>Ways to pay that this installation has, of <see cref="WebOrder.Methods"/>.</summary>
    public IReadOnlyList<string> Methods => [.. WebOrder.Methods.Where(m => m is "cod" or "cash" || institutions.Find(m, out _, out _))];

    /// <summary>Where a payer goes.</summary>
    public async Task<Outcome<PaymentDoor>> Begin(Payment payment, string description, string returnPath, string? payerIp, CancellationToken cancel)
    {
        if (!institutions.Find(payment.Method, out var institution, out var no)) return no;
        var door = await institution.Begin(new PaymentAsked(payment.Number, payment.Amount, description, DateTimeOffset.FromUnixTimeMilliseconds(payment.PayUntilMs), payerIp, addresses.Notify(payment.Method), addresses.Base + returnPath), cancel);
        if (door.Refused is null && institution.Freezes && !payment.Frozen)
            await scopes.In(payment.County, s => s.GetRequiredService<ShanhuoDb>().Payments.Where(p => p.County == payment.County && p.Id == payment.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Frozen, true), cancel));
        return door;
    }

    /// <summary>Hears a notification. Answered with "taken" only when it is in the database; what is wrong with it is kept for staff.</summary>
    public async Task<NoticeAnswer?> Hear(string code, IReadOnlyDictionary<string, string> headers, byte[] body, CancellationToken cancel)
    {
        if (!institutions.Find(code, out var institution, out _)) return null;
        if (!institution.Read(headers, body).Ok(out var notice, out var no))
        {
            await Keep(code, "forged:" + Convert.ToHexStringLower(SHA256.HashData(body))[..32], "", no, cancel);
            return institution.NotTaken(no);
        }
        var refused = notice switch
        {
            { Payment: { } foreign } when !institution.IsOurs(foreign) => new Refusal("market.pay-foreign", Place.None, foreign.Number, foreign.Merchant),
            { Payment: { Standing: PaymentStanding.Paid } seen } => await Take(institution.Code, seen, cancel),
            { Refund: { } refund } => await Refunded(refund, cancel),
            _ => null,
        };
        await Keep(code, notice.NotificationId, notice.Payment?.Number ?? notice.Refund?.PaymentNumber ?? "", refused, cancel);
        // What we cannot book is not sent again and again: it is on record, and somebody looks.
        return refused is null || refused.Code.StartsWith("market.pay-", StringComparison.Ordinal) ? institution.Taken : institution.NotTaken(refused);
    }

    /// <summary>Asks after payments whose time is over: those that came are taken, the others are closed and their goods given back.</summary>
    /// <returns>How many orders were given back.</returns>
    public async Task<int> Expire(CancellationToken cancel)
    {
        var given = 0;
        var silent = new HashSet<string>();
        foreach (var (county, orderId, number, method) in await Overdue(cancel))
        {
            try
            {
                if (!silent.Contains(method) && institutions.Find(method, out var institution, out _))
                {
                    var seen = await institution.Query(number, cancel);
                    if (seen.Refused is null && seen.Value.Standing == PaymentStanding.Paid && institution.IsOurs(seen.Value))
                    {
                        await Take(method, seen.Value, cancel);
                        continue;
                    }
                    // Where the institution cannot be reached the goods go back all the same; money that comes later goes back too.
                    if (seen.Refused?.Code == "payment.unreachable") silent.Add(method);
                    // Paid between the question and the closing: taken as paid the next time.
                    else if ((await institution.Close(number, cancel)).Refused?.Code == "payment.is-paid") continue;
                }
                if (await scopes.In(county, s => s.GetRequiredService<ExpireOrder>().Handle(county, orderId, cancel))) given++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Order {Order} was not paid and could not be given up; tried again soon.", orderId);
            }
        }
        return given;
    }

    /// <summary>Holds the institutions' bills against the books, of each day since the last that was read up to yesterday, at most a month back; the very first time only yesterday. What was paid and no notification told is taken, what differs or is missing is kept for staff. Read again a bill finds the same; one that cannot be had is read the next time, and those after it.</summary>
    /// <returns>Payments taken and differences kept.</returns>
    public async Task<(int Taken, int Differ)> ReadBills(CancellationToken cancel)
    {
        if (!institutions.All().Ok(out var all, out var wrong))
        {
            log.LogWarning("Bills could not be read: {Code}", wrong.Code);
            return (0, 0);
        }
        var (taken, differ, yesterday) = (0, 0, clock.Today.AddDays(-1));
        foreach (var institution in all)
        {
            var code = institution.Code;
            var last = await scopes.In(null, s => s.GetRequiredService<ShanhuoDb>().BilledDays.Where(b => b.Institution == code).Select(b => (DateOnly?)b.Day).SingleOrDefaultAsync(cancel));
            var first = yesterday.AddDays(1 - MostBillDays);
            for (var day = last is null ? yesterday : last >= first ? last.Value.AddDays(1) : first; day <= yesterday; day = day.AddDays(1))
            {
                if (!(await ReadBill(institution, day, cancel)).Ok(out var read, out var no))
                {
                    log.LogWarning("The bill of {Institution} of {Day} could not be read: {Code}", code, day, no.Code);
                    break;
                }
                (taken, differ) = (taken + read.Taken, differ + read.Differ);
                await Billed(code, day, cancel);
            }
        }
        return (taken, differ);
    }

    private async Task<Outcome<(int Taken, int Differ)>> ReadBill(IPaymentInstitution institution, DateOnly day, CancellationToken cancel)
    {
        if (!(await institution.Bill(day, cancel)).Ok(out var lines, out var no)) return no;
        var (taken, differ) = (0, 0);
        foreach (var some in lines.Where(l => l.Kind == BillKind.Payment).Chunk(500))
        {
            var numbers = some.Select(l => l.Number).ToList();
            var known = await scopes.In(null, s => s.GetRequiredService<ShanhuoDb>().Payments.AsNoTracking().Where(p => EF.Parameter(numbers).Contains(p.Number)).ToDictionaryAsync(p => p.Number, cancel));
            foreach (var line in some)
            {
                var before = known.GetValueOrDefault(line.Number);
                if (before is { State: PaymentState.Paid } && before.TransactionId == line.TransactionId && before.Amount == line.Amount) continue;
                var refused = await queue.Pay(new PaymentTold(line.Number, institution.Code, line.TransactionId, line.Amount, "CNY"), cancel);
                if (refused is null) taken++;
                else if (await Keep(institution.Code, $"bill:{day:yyyyMMdd}:{line.TransactionId}", line.Number, refused, cancel)) differ++;
            }
        }
        differ += await Missing(institution.Code, day, [.. lines.Where(l => l.Kind == BillKind.Payment).Select(l => l.Number)], cancel);
        return (taken, differ);
    }

    // Another process may be further on.
    private Task<bool> Billed(string code, DateOnly day, CancellationToken cancel) => scopes.In(null, async s =>
    {
        var db = s.GetRequiredService<ShanhuoDb>();
        if (await db.BilledDays.Where(b => b.Institution == code && b.Day < day).ExecuteUpdateAsync(set => set.SetProperty(b => b.Day, day), cancel) == 1 || await db.BilledDays.AnyAsync(b => b.Institution == code, cancel)) return false;
        db.BilledDays.Add(new BilledDay { Institution = code, Day = day });
        await db.SaveChangesAsync(cancel);
        return true;
    });

    // In our books as paid on that day, not in the institution's.
    private async Task<int> Missing(string code, DateOnly day, HashSet<string> billed, CancellationToken cancel)
    {
        var from = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds();
        // Told around midnight a payment may stand in the bill of the day beside.
        var (first, last) = (from + 600_000, from + 85_800_000);
        var ours = await scopes.In(null, async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            var counties = db.AreaFacts.Where(a => a.Level == AreaLevel.County).Select(a => a.Code);
            return await db.Payments.Where(p => counties.Contains(p.County) && p.PaidMs >= first && p.PaidMs < last && p.Method == code && p.TransactionId != null).Select(p => p.Number).ToListAsync(cancel);
        });
        var missing = 0;
        foreach (var number in ours.Where(n => !billed.Contains(n)))
            if (await Keep(code, $"bill:{day:yyyyMMdd}:{number}", number, new Refusal("market.pay-not-billed", Place.None, number), cancel)) missing++;
        return missing;
    }

    /// <summary>Sends what is due to buyers by an institution, and asks after what was sent; cash goes back over the counter.</summary>
    /// <returns>How many are done.</returns>
    public async Task<int> SendRefunds(CancellationToken cancel)
    {
        var (done, now) = (0, clock.NowMs);
        var due = await scopes.In(null, s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            var payments = db.Payments;
            return (from refund in db.BuyerRefunds
                    join payment in payments on new { refund.County, Id = refund.PaymentId } equals new { payment.County, payment.Id }
                    where (payment.Method == "wechat" || payment.Method == "alipay") && (refund.State == BuyerRefundState.Due || refund.State == BuyerRefundState.Asked) && refund.NextTryMs <= now
                    orderby refund.Id
                    select new { Refund = refund, Payment = payment }).AsNoTracking().Take(200).ToListAsync(cancel);
        });
        foreach (var one in due)
        {
            cancel.ThrowIfCancellationRequested();
            if (!institutions.Find(one.Payment.Method, out var institution, out _)) continue;
            var answer = one.Refund.State == BuyerRefundState.Due
                ? await institution.Refund(new RefundAsked(one.Payment.Number, one.Refund.Number, one.Refund.Amount, one.Payment.Amount, one.Refund.Reason, addresses.Notify(one.Payment.Method)), cancel)
                : await institution.QueryRefund(one.Payment.Number, one.Refund.Number, cancel);
            if (answer.Refused is null && answer.Value.Standing == RefundStanding.Done) done++;
            await scopes.In(one.Refund.County, s => Note(s, one.Refund.Number, answer, cancel));
        }
        return done;
    }

    /// <summary>Puts a refund that the institution would not make back into the queue, under the same number: what it has done after all is not done twice.</summary>
    public Task<int> TryAgain(AreaCode county, long refundId, CancellationToken cancel) =>
        scopes.In(county, s => s.GetRequiredService<ShanhuoDb>().BuyerRefunds.Where(r => r.County == county && r.Id == refundId && r.State == BuyerRefundState.Failed)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, BuyerRefundState.Due).SetProperty(r => r.Tries, 0).SetProperty(r => r.NextTryMs, 0L), cancel));

    private async Task<bool> Note(IServiceProvider services, string number, Outcome<RefundSeen> answer, CancellationToken cancel)
    {
        var db = services.GetRequiredService<ShanhuoDb>();
        var refund = await db.BuyerRefunds.SingleAsync(r => r.Number == number, cancel);
        // One that failed may be carried out at the institution by hand, which tells so; nothing else moves it.
        var carried = answer.Refused is null && answer.Value.Standing == RefundStanding.Done;
        if (refund.State == BuyerRefundState.Done || refund.State == BuyerRefundState.Failed && !carried) return false;
        refund.Tries++;
        refund.NextTryMs = clock.NowMs + Math.Min(3_600_000L, 15_000L << Math.Min(refund.Tries, 8));
        if (answer.Refused is null)
            refund.State = answer.Value.Standing switch { RefundStanding.Done => BuyerRefundState.Done, RefundStanding.Processing => BuyerRefundState.Asked, _ => BuyerRefundState.Failed };
        else if (refund.Tries >= MostTries) refund.State = BuyerRefundState.Failed;
        if (refund.State == BuyerRefundState.Done) refund.DoneMs = clock.NowMs;
        await db.SaveChangesAsync(cancel);
        return true;
    }

    private async Task<Refusal?> Refunded(RefundSeen seen, CancellationToken cancel) =>
        await scopes.In(null, async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            var known = await (from r in db.BuyerRefunds join p in db.Payments on new { r.County, Id = r.PaymentId } equals new { p.County, p.Id } where r.Number == seen.RefundNumber && p.Number == seen.PaymentNumber select r).AsNoTracking().SingleOrDefaultAsync(cancel);
            if (known is null) return new Refusal("market.pay-refund-unknown", Place.None, seen.RefundNumber);
            if (known.Amount != seen.Amount) return new Refusal("market.pay-refund-amount", Place.None, seen.RefundNumber, seen.Amount, known.Amount);
            await Note(s, seen.RefundNumber, seen, cancel);
            return (Refusal?)null;
        });

    private Task<Refusal?> Take(string method, PaymentSeen seen, CancellationToken cancel) =>
        queue.Pay(new PaymentTold(seen.Number, method, seen.TransactionId, seen.Amount, seen.Currency), cancel);

    private Task<List<(AreaCode County, long OrderId, string Number, string Method)>> Overdue(CancellationToken cancel)
    {
        var now = clock.NowMs;
        return scopes.In(null, async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            // Payments first: few are open and over, and their orders are found by key.
            var over = await db.Payments.Where(p => p.State == PaymentState.Open && p.PayUntilMs < now).OrderBy(p => p.PayUntilMs).Select(p => new { p.County, p.OrderId, p.Number, p.Method, p.Part }).Take(500).ToListAsync(cancel);
            var open = new List<(AreaCode County, long OrderId, string Number, string Method)>();
            foreach (var county in over.GroupBy(p => p.County))
            {
                var (of, ids) = (county.Key, county.Select(p => p.OrderId).ToList());
                var states = await db.Orders.Where(o => o.County == of && EF.Parameter(ids).Contains(o.Id)).Select(o => new { o.Id, o.State }).ToDictionaryAsync(o => o.Id, o => o.State, cancel);
                open.AddRange(county.Where(p => states[p.OrderId] == OrderState.Unpaid || states[p.OrderId] == OrderState.Placed && p.Part == PaymentPart.Balance).Select(p => (p.County, p.OrderId, p.Number, p.Method)));
            }
            return open;
        });
    }

    private Task<bool> Keep(string code, string notification, string payment, Refusal? refused, CancellationToken cancel) =>
        scopes.In(null, async s =>
        {
            var db = s.GetRequiredService<ShanhuoDb>();
            var since = clock.NowMs - 86_400_000L;
            // Whoever floods us with forgeries fills a page of staff, not the disk.
            if (payment.Length == 0 && refused is not null && await db.PaymentNotices.CountAsync(n => n.AtMs >= since && n.PaymentNumber == "", cancel) >= MostForgedADay) return false;
            // A bill that is read again says the same again.
            if (notification.StartsWith("bill:", StringComparison.Ordinal) && await db.PaymentNotices.AnyAsync(n => n.Institution == code && n.NotificationId == notification, cancel)) return false;
            db.PaymentNotices.Add(new NoticeRecord { Id = s.GetRequiredService<Ids>().Next(), Institution = code, NotificationId = notification.Length <= 80 ? notification : notification[..80], PaymentNumber = payment.Length <= 64 ? payment : payment[..64], Refused = refused?.Code, AtMs = clock.NowMs });
            await db.SaveChangesAsync(cancel);
            return true;
        });
}

/// <summary>Gives an order up that was not paid in time, or whose balance was not.</summary>
internal sealed class ExpireOrder(ShanhuoDb db, TimeProvider clock, GiveBack back)
{
    /// <summary>One order; false: it was paid or given up meanwhile.</summary>
    public async Task<bool> Handle(AreaCode county, long orderId, CancellationToken cancel)
    {
        await using var change = await db.Database.BeginTransactionAsync(cancel);
        if (await db.Orders.Where(o => o.County == county && o.Id == orderId && (o.State == OrderState.Unpaid || o.State == OrderState.Placed)).ExecuteUpdateAsync(set => set.SetProperty(o => o.Parcels, o => o.Parcels), cancel) == 0) return false;
        var order = await db.Orders.SingleAsync(o => o.County == county && o.Id == orderId, cancel);
        var (balance, now) = (order.State == OrderState.Placed, clock.NowMs);
        if (balance && !await db.Payments.AnyAsync(p => p.County == county && p.OrderId == orderId && p.Part == PaymentPart.Balance && p.State == PaymentState.Open && p.PayUntilMs < now, cancel)) return false;
        // Somebody has seen the transfer in the account: a second person decides, not the clock.
        var transfers = db.BankTransfers;
        if (await db.Payments.AnyAsync(p => p.County == county && p.OrderId == orderId && p.State == PaymentState.Open && transfers.Any(t => t.County == county && t.PaymentId == p.Id), cancel)) return false;
        var lines = await db.OrderLines.Where(l => l.County == county && l.OrderId == orderId).ToListAsync(cancel);
        if (await back.Undo(order, lines, balance ? "balance-unpaid" : "unpaid", cancel, balance && AfterSalesRules.Shipped.KeepDeposit) is not null) return false;
        await db.SaveChangesAsync(cancel);
        await change.CommitAsync(cancel);
        return true;
    }
}
