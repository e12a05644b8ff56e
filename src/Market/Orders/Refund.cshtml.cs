using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Orders;

/// <summary>The form of a refund.</summary>
internal sealed record RefundForm
{
    public Guid RequestId { get; set; } = Guid.CreateVersion7();
    public string? Amount { get; set; }
    public string? Reason { get; set; }
    public string? Fault { get; set; }
    public long? FaultHousehold { get; set; }
}

internal sealed class RefundPage(ShanhuoDb db, ClaimRefundHandler refund) : PageModel
{
    [BindProperty] public RefundForm Form { get; set; } = new();
    public OrderLine Line { get; private set; } = null!;
    public Fen Left { get; private set; }
    public IReadOnlyList<HouseholdFact> Growers { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        Form.Amount = Left.ToString();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        if (!Fen.TryParseYuan(Form.Amount, out var amount)) return this.Refuse(new Refusal("order.form-price", Place.Input("Amount"), Form.Amount ?? ""));
        var outcome = await refund.Handle(new ClaimRefund(Form.RequestId, id, amount, Form.Fault is { Length: > 0 } ? Form.Fault : null, Form.FaultHousehold, Form.Reason ?? ""), cancel);
        return outcome.Ok(out _, out var no) ? RedirectToPage("Show", new { id = Line.OrderId }) : this.Refuse(no);
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        if (await db.LinesToRefund.AsNoTracking().SingleOrDefaultAsync(l => l.County == db.Scope.County && l.Id == id, cancel) is not { } line) return false;
        Line = line;
        Left = line.Goods + line.Freight - new Fen(await db.RefundClaims.Where(r => r.County == line.County && r.LineId == id).SumAsync(r => (long)r.Amount, cancel));
        Growers = await (from g in db.LotGrowers where g.County == line.County && g.LotId == line.LotId join h in db.HouseholdFacts on g.HouseholdId equals h.Id select h).Distinct().OrderBy(h => h.Code).Take(300).ToListAsync(cancel);
        return true;
    }
}
