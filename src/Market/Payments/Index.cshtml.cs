using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>A notification or a line of a bill that could not be booked.</summary>
/// <param name="OrderNumber">Null: it names no payment of ours.</param>
internal sealed record OddNotice(NoticeRecord Notice, string? OrderNumber, long? OrderId, Fen? Amount);

/// <summary>Money for a buyer that the institution will not give back by itself.</summary>
internal sealed record StuckRefund(BuyerRefund Refund, string OrderNumber, string Method);

/// <summary>What of the payments somebody must look at: newest first, a season back.</summary>
internal sealed class IndexPage(ShanhuoDb db, PaymentDesk desk, TimeProvider clock) : PageModel
{
    private const int Most = 100;

    public IReadOnlyList<OddNotice> Notices { get; private set; } = [];
    public IReadOnlyList<StuckRefund> Refunds { get; private set; } = [];

    public bool MayWrite => db.Scope.Role == Role.CountyStaff;

    /// <summary>Asks the institution once more for a refund that it would not make.</summary>
    public async Task<IActionResult> OnPostAgainAsync(long id, CancellationToken cancel)
    {
        if (!MayWrite) return NotFound();
        await desk.TryAgain(db.Scope.County, id, cancel);
        return RedirectToPage();
    }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var (county, since) = (db.Scope.County, clock.NowMs - 90 * 86_400_000L);
        var (payments, orders) = (db.Unfiltered<Payment>("a notice of another county's payment is no stranger's"), db.Orders);
        // Of no payment of ours: forged ones and those of orders that nobody knows. They belong to no county, so each sees them.
        Notices = [.. (await (from notice in db.PaymentNotices
                              where notice.AtMs >= since && notice.Refused != null
                              join payment in payments on notice.PaymentNumber equals payment.Number into known
                              from payment in known.DefaultIfEmpty()
                              where payment == null || payment.County == county
                              join order in orders on new { payment.County, Id = payment.OrderId } equals new { order.County, order.Id } into found
                              from order in found.DefaultIfEmpty()
                              orderby notice.AtMs descending
                              select new { notice, Number = order == null ? null : order.Number, Id = order == null ? null : (long?)order.Id, Amount = payment == null ? null : (Fen?)payment.Amount }).AsNoTracking().Take(Most).ToListAsync(cancel)).Select(r => new OddNotice(r.notice, r.Number, r.Id, r.Amount))];
        Refunds = [.. (await (from refund in db.BuyerRefunds
                              where refund.County == county && refund.State == BuyerRefundState.Failed
                              join payment in payments on new { refund.County, Id = refund.PaymentId } equals new { payment.County, payment.Id }
                              join order in orders on new { refund.County, Id = refund.OrderId } equals new { order.County, order.Id }
                              orderby refund.Id descending
                              select new { refund, order.Number, payment.Method }).AsNoTracking().Take(Most).ToListAsync(cancel)).Select(r => new StuckRefund(r.refund, r.Number, r.Method))];
    }
}
