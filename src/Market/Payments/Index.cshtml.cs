using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Payments;

/// <summary>A notification or a line of a bill that could not be booked.</summary>
internal sealed record OddNotice(NoticeRecord Notice, string OrderNumber, long OrderId, Fen Amount);

/// <summary>Money for a buyer that the institution will not give back by itself.</summary>
internal sealed record StuckRefund(BuyerRefund Refund, string OrderNumber, string Method);

/// <summary>What of the payments somebody must look at: newest first, a season back.</summary>
internal sealed class IndexPage(ShanhuoDb db, TimeProvider clock) : PageModel
{
    private const int Most = 100;

    public IReadOnlyList<OddNotice> Notices { get; private set; } = [];
    public IReadOnlyList<StuckRefund> Refunds { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var (county, since) = (db.Scope.County, clock.NowMs - 90 * 86_400_000L);
        var (payments, orders) = (db.Payments, db.Orders);
        Notices = [.. (await (from notice in db.PaymentNotices
                              where notice.AtMs >= since && notice.Refused != null && notice.PaymentNumber != ""
                              join payment in payments on notice.PaymentNumber equals payment.Number
                              where payment.County == county
                              join order in orders on new { payment.County, Id = payment.OrderId } equals new { order.County, order.Id }
                              orderby notice.AtMs descending
                              select new { notice, order.Number, order.Id, payment.Amount }).AsNoTracking().Take(Most).ToListAsync(cancel)).Select(r => new OddNotice(r.notice, r.Number, r.Id, r.Amount))];
        Refunds = [.. (await (from refund in db.BuyerRefunds
                              where refund.County == county && refund.State == BuyerRefundState.Failed
                              join payment in payments on new { refund.County, Id = refund.PaymentId } equals new { payment.County, payment.Id }
                              join order in orders on new { refund.County, Id = refund.OrderId } equals new { order.County, order.Id }
                              orderby refund.Id descending
                              select new { refund, order.Number, payment.Method }).AsNoTracking().Take(Most).ToListAsync(cancel)).Select(r => new StuckRefund(r.refund, r.Number, r.Method))];
    }
}
