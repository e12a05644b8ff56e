using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Intakes;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Agents;

internal sealed class BringPage(ShanhuoDb db, BringSupplyHandler bring) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "household")] public long? HouseholdId { get; set; }
    [BindProperty(SupportsGet = true, Name = "q")] public string? Query { get; set; }
    [BindProperty] public Guid RequestId { get; set; } = Guid.CreateVersion7();
    [BindProperty] public string? Kind { get; set; }
    [BindProperty] public string? Goods { get; set; }
    [BindProperty] public string? Price { get; set; }
    [BindProperty] public string? Supplier { get; set; }
    [BindProperty] public string? Licence { get; set; }
    [BindProperty] public string? SupplierPhone { get; set; }
    [BindProperty] public IFormFile? Proof { get; set; }

    public HouseholdFact? Household { get; private set; }
    public List<HouseholdFact> Found { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await Load(cancel);
        if (!Fen.TryParseYuan(Price, out var price)) return this.Refuse(new Refusal("agents.price", Place.Input("Price")), "");
        if (!(await Uploads.Read(Proof, nameof(Proof), FileKind.Photo, "market.upload-photo", cancel)).Ok(out var photo, out var no)) return this.Refuse(no, "");
        return (await bring.Handle(new BringSupply(RequestId, HouseholdId ?? 0, Kind ?? "", Goods ?? "", price, Supplier, Licence, SupplierPhone, photo), cancel)).Ok(out var slip, out no) ? Redirect($"/market/agents/approve?id={slip.Id}") : this.Refuse(no, "");
    }

    private async Task Load(CancellationToken cancel)
    {
        if (HouseholdId is { } id) Household = await db.HouseholdFacts.SingleOrDefaultAsync(h => h.Id == id, cancel);
        if (Household is null) Found = await Stations.Households(db, Query, cancel);
    }
}
