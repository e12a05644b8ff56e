using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Payments;

namespace Shanhuo.Market.Orders;

internal sealed class ShowPage(ShanhuoDb db, MoveOrderHandler move) : PageModel
{
    public Order Order { get; private set; } = null!;
    public IReadOnlyList<LineRow> Lines { get; private set; } = [];
    public IReadOnlyList<RefundClaim> Refunds { get; private set; } = [];
    public IReadOnlyList<Payment> Payments { get; private set; } = [];
    public IReadOnlyList<BuyerRefund> BuyerRefunds { get; private set; } = [];

    /// <summary>May this person say that the buyer has it?</summary>
    public bool MaySayReceived { get; private set; }

    public bool MayMove => db.Scope.Role is Role.Station or Role.Cooperative or Role.CountyStaff;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await Load(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, OrderStep step, CancellationToken cancel)
    {
        if (!MayMove) return Forbid();
        var no = (await move.Handle(id, step, cancel)).Refused;
        if (no is null) return RedirectToPage(new { id });
        return await Load(id, cancel) ? this.Refuse(no, "") : NotFound();
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        if (await db.OrdersHere.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancel) is not { } order) return false;
        (Order, MaySayReceived) = (order, await move.MaySayReceived(order, cancel));
        Lines = await db.LinesOf(order, cancel);
        var lineIds = Lines.Select(l => l.Line.Id).ToList();
        Refunds = await db.RefundClaims.AsNoTracking().Where(r => r.County == order.County && lineIds.Contains(r.LineId)).OrderBy(r => r.Id).ToListAsync(cancel);
        Payments = await db.Payments.AsNoTracking().Where(p => p.County == order.County && p.OrderId == order.Id).OrderBy(p => p.Id).ToListAsync(cancel);
        BuyerRefunds = await db.BuyerRefunds.AsNoTracking().Where(r => r.County == order.County && r.OrderId == order.Id).OrderBy(r => r.Id).ToListAsync(cancel);
        return true;
    }
}
