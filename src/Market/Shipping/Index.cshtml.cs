using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Orders;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Shipping;

internal sealed class IndexPage(ShanhuoDb db, PackingBook book, ShipOrderHandler ship, MoveOrderHandler move, Say say) : PageModel
{
    [BindProperty(SupportsGet = true)] public long? Station { get; set; }
    [BindProperty(SupportsGet = true)] public string? Zone { get; set; }
    [BindProperty] public IFormFile? Upload { get; set; }
    [TempData] public string? Done { get; set; }
    public IReadOnlyList<PackOrder> Rows { get; private set; } = [];
    public IReadOnlyList<Refusal> Wrong { get; private set; } = [];
    public Dictionary<long, string> Stations { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostAsync(long id, string? carrier, string? waybill, CancellationToken cancel)
    {
        if (await ship.Handle(id, carrier, waybill, cancel) is { } no)
        {
            await Load(cancel);
            return this.Refuse(no with { Where = Place.None }, "");
        }
        return RedirectToPage(new { Station, Zone });
    }

    public async Task<IActionResult> OnPostFileAsync(CancellationToken cancel)
    {
        if (Upload is not { Length: > 0 })
        {
            await Load(cancel);
            return this.Refuse(new Refusal("import.no-file", Place.Input("Upload")), "");
        }
        await using var stream = Upload.OpenReadStream();
        var (rows, wrong) = await WaybillSheet.Read(db, book, stream, Upload.FileName, cancel);
        var done = 0;
        // A file with a wrong cell ships nothing; what is refused later (another pressed first) is named row by row.
        if (wrong.Count == 0)
            foreach (var row in rows)
            {
                db.ChangeTracker.Clear();
                if ((await move.Handle(row.OrderId, OrderStep.Ship, cancel, row.Parcel)).Refused is { } no) wrong.Add(no with { Where = row.Where });
                else done++;
            }
        if (wrong.Count == 0)
        {
            Done = say["ship.done", done];
            return RedirectToPage();
        }
        (Wrong, Response.StatusCode) = (wrong, 422);
        await Load(cancel);
        return Page();
    }

    private async Task Load(CancellationToken cancel)
    {
        db.ChangeTracker.Clear();
        Rows = await book.Read(Station, Zone is { Length: > 0 } ? Zone : null, false, cancel);
        var stations = Rows.Select(r => r.Delivery.PickupId).OfType<long>().Concat(Station is { } one ? [one] : []).Distinct().ToList();
        Stations = stations.Count == 0 ? [] : await db.OrganisationFacts.Where(o => stations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => say.Pick(o.Name, o.NameEn), cancel);
    }
}
