using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Channels;

/// <summary>A scan with the code of its lot.</summary>
internal sealed record ScanRow(string Number, string Lot);

internal sealed class PackingPage(ShanhuoDb db, PackingHandler packing, Say say) : PageModel
{
    [BindProperty] public string? Number { get; set; }
    [BindProperty] public string? Lot { get; set; }
    [BindProperty] public IFormFile? Upload { get; set; }
    [TempData] public string? Done { get; set; }
    public ChannelMapping Mapping { get; private set; } = null!;
    public IReadOnlyList<ScanRow> Scans { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string channel, CancellationToken cancel) => await Load(channel, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string channel, CancellationToken cancel)
    {
        if (await packing.Scan(db.Scope.County, channel, Number ?? "", Lot ?? "", cancel) is { } no) return await Load(channel, cancel) ? this.Refuse(no, "") : NotFound();
        return RedirectToPage(new { channel });
    }

    public async Task<IActionResult> OnPostFileAsync(string channel, CancellationToken cancel)
    {
        if (!await Load(channel, cancel)) return NotFound();
        if (Upload is not { Length: > 0 }) return this.Refuse(new Refusal("import.no-file", Place.Input("Upload")), "");
        await using var stream = Upload.OpenReadStream();
        if (!(await packing.File(db.Scope.County, channel, stream, Upload.FileName, cancel)).Ok(out var count, out var no)) return this.Refuse(no, "");
        Done = say["packing.done", count.Added, count.There];
        return RedirectToPage(new { channel });
    }

    private async Task<bool> Load(string channel, CancellationToken cancel)
    {
        if (!ChannelBook.Shipped.TryGetValue(channel, out var mapping)) return false;
        Mapping = mapping;
        Scans = await (from s in db.PackingScans where s.County == db.Scope.County && s.Channel == channel join l in db.LotsToSell on new { s.County, Id = s.LotId } equals new { l.County, l.Id } orderby s.Id descending select new ScanRow(s.Number, l.Code)).Take(50).ToListAsync(cancel);
        return true;
    }
}
