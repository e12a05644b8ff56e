using System.Globalization;
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
    /// <summary>Orders of a page.</summary>
    public const int Most = 100;

    /// <summary>Those whose number was typed already, to put it right.</summary>
    [BindProperty(SupportsGet = true)] public bool Typed { get; set; }

    /// <summary>Behind which order the page begins: its day and id; empty: the first page.</summary>
    [BindProperty(SupportsGet = true)] public string? After { get; set; }

    /// <summary>Where the next page begins; null: this is the last.</summary>
    public string? Next { get; private set; }

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
        if (await enter.Handle(db.Scope.County, channel, Rows, cancel) is not { } no) return RedirectToPage(new { channel, typed = Typed ? true : (bool?)null });
        await Load(channel, cancel);
        return this.Refuse(no, "");
    }

    private async Task Load(string channel, CancellationToken cancel)
    {
        (Channel, var county) = (channel, db.Scope.County);
        var (day, id) = After?.Split('_') is [var d, var i] && DateOnly.TryParseExact(d, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from) && long.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? (from, last) : (DateOnly.MinValue, 0);
        var open = db.Orders.Where(o => o.County == county && o.Channel == channel && o.State <= OrderState.Shipped && (o.PlacedDay > day || o.PlacedDay == day && o.Id > id));
        var (entered, wanted) = (db.EnteredWaybills, Typed);
        open = open.Where(o => entered.Any(w => w.County == o.County && w.OrderId == o.Id) == wanted);
        Orders = await open.OrderBy(o => o.PlacedDay).ThenBy(o => o.Id).Take(Most + 1).Select(o => new OpenOrder(o.Id, o.Number, o.PlacedDay)).ToListAsync(cancel);
        if (Orders.Count > Most)
        {
            Orders = [.. Orders.Take(Most)];
            Next = string.Create(CultureInfo.InvariantCulture, $"{Orders[^1].Day:yyyy-MM-dd}_{Orders[^1].Id}");
        }
        var ids = Orders.Select(o => o.Id).ToList();
        var typed = await db.EnteredWaybills.Where(w => w.County == county && ids.Contains(w.OrderId)).ToDictionaryAsync(w => w.OrderId, cancel);
        var sent = Rows.ToLookup(r => r.OrderId);
        Rows = [.. Orders.Select(o => sent[o.Id].FirstOrDefault() ?? new WaybillForm { OrderId = o.Id, Carrier = typed.GetValueOrDefault(o.Id)?.Carrier, Waybill = typed.GetValueOrDefault(o.Id)?.Waybill })];
    }
}
