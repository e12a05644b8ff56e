using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Channels.Out;

/// <summary>An order that is to be sent or was.</summary>
internal sealed record OpenOrder(long Id, string Number, DateOnly Day);

internal sealed class WaybillsPage(ShanhuoDb db, EnterWaybillsHandler enter) : PageModel
{
    private const int Most = 100;

    [BindProperty] public List<WaybillForm> Rows { get; set; } = [];
    public string Channel { get; private set; } = "";
    public IReadOnlyList<OpenOrder> Orders { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string channel, CancellationToken cancel)
    {
        if (!FeedTemplate.Shipped.ContainsKey(channel)) return NotFound();
        await Load(channel, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string channel, CancellationToken cancel)
    {
        if (!FeedTemplate.Shipped.ContainsKey(channel)) return NotFound();
        if (await enter.Handle(db.Scope.County, channel, Rows, cancel) is not { } no) return RedirectToPage(new { channel });
        await Load(channel, cancel);
        return this.Refuse(no, "");
    }

    private async Task Load(string channel, CancellationToken cancel)
    {
        (Channel, var county) = (channel, db.Scope.County);
        Orders = await db.Orders.Where(o => o.County == county && o.Channel == channel && (o.State == OrderState.Placed || o.State == OrderState.Shipped)).OrderByDescending(o => o.PlacedDay).ThenByDescending(o => o.Id).Take(Most).Select(o => new OpenOrder(o.Id, o.Number, o.PlacedDay)).ToListAsync(cancel);
        var ids = Orders.Select(o => o.Id).ToList();
        var typed = await db.EnteredWaybills.Where(w => w.County == county && ids.Contains(w.OrderId)).ToDictionaryAsync(w => w.OrderId, cancel);
        var sent = Rows.ToLookup(r => r.OrderId);
        Rows = [.. Orders.Select(o => sent[o.Id].FirstOrDefault() ?? new WaybillForm { OrderId = o.Id, Carrier = typed.GetValueOrDefault(o.Id)?.Carrier, Waybill = typed.GetValueOrDefault(o.Id)?.Waybill })];
    }
}
