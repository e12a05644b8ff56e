using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Payments;

namespace Shanhuo.Market.Contracts;

/// <summary>What buyers' money did at a payment institution on a day.</summary>
/// <param name="Institution"><c>wechat</c> or <c>alipay</c>.</param>
/// <param name="Day">Day in China.</param>
/// <param name="In">Paid by buyers.</param>
/// <param name="Out">Given back to them.</param>
public sealed record HeldDay(string Institution, DateOnly Day, Fen In, Fen Out);

/// <summary>Buyers' money at the payment institutions, for the ledger that mirrors it.</summary>
public static class HeldMoney
{
    private const string Why = "the ledger mirrors all that institutions hold for a county";

    extension(ShanhuoDb db)
    {
        /// <summary>By institution and day, in order.</summary>
        /// <param name="county">County.</param>
        /// <param name="from">First day.</param>
        /// <param name="until">Last day, over already.</param>
        /// <param name="cancel">Stops it.</param>
        public async Task<IReadOnlyList<HeldDay>> HeldBy(AreaCode county, DateOnly from, DateOnly until, CancellationToken cancel)
        {
            var (first, after) = (Start(from), Start(until.AddDays(1)));
            var paid = await db.Unfiltered<Payment>(Why).Where(p => p.County == county && p.PaidMs >= first && p.PaidMs < after && (p.Method == "wechat" || p.Method == "alipay")).Select(p => new { p.Method, At = p.PaidMs!.Value, p.Amount }).ToListAsync(cancel);
            var payments = db.Unfiltered<Payment>(Why);
            var back = await (from refund in db.Unfiltered<BuyerRefund>(Why)
                              join payment in payments on new { refund.County, Id = refund.PaymentId } equals new { payment.County, payment.Id }
                              where refund.County == county && refund.DoneMs >= first && refund.DoneMs < after && (payment.Method == "wechat" || payment.Method == "alipay")
                              select new { payment.Method, At = refund.DoneMs!.Value, refund.Amount }).ToListAsync(cancel);
            return [.. paid.Select(p => (p.Method, p.At, In: p.Amount.Value, Out: 0L)).Concat(back.Select(b => (b.Method, b.At, In: 0L, Out: b.Amount.Value)))
                .GroupBy(m => (m.Method, Day: DateOnly.FromDateTime(Clock.ToChina(m.At))))
                .Select(g => new HeldDay(g.Key.Method, g.Key.Day, new Fen(g.Sum(m => m.In)), new Fen(g.Sum(m => m.Out)))).OrderBy(h => h.Day).ThenBy(h => h.Institution, StringComparer.Ordinal)];
        }

        /// <summary>The day of the first payment at an institution; null: there is none.</summary>
        public async Task<DateOnly?> FirstHeld(AreaCode county, CancellationToken cancel) =>
            await db.Unfiltered<Payment>(Why).Where(p => p.County == county && p.PaidMs != null && (p.Method == "wechat" || p.Method == "alipay")).MinAsync(p => p.PaidMs, cancel) is { } at ? DateOnly.FromDateTime(Clock.ToChina(at)) : null;
    }

    private static long Start(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.FromHours(8)).ToUnixTimeMilliseconds();
}
