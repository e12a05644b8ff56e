using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Agents;

internal sealed class SuppliersPage(ShanhuoDb db, SupplierDesk desk) : PageModel
{
    public List<Supplier> Rows { get; private set; } = [];
    public bool MayWrite => db.Scope.Role is Role.CountyStaff or Role.CountyOfficial;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var county = db.Scope.County;
        Rows = await db.Suppliers.AsNoTracking().Where(s => s.County == county).OrderByDescending(s => s.State).ThenBy(s => s.Id).Take(300).ToListAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(long id, string? step, string? reason, CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        var no = step switch
        {
            "warn" => await desk.Warn(id, reason, cancel),
            "bar" => await desk.AskBar(id, reason, cancel),
            "yes" => await desk.Decide(id, true, cancel),
            _ => await desk.Decide(id, false, cancel),
        };
        if (no is null) return Redirect("/market/agents/suppliers");
        await OnGetAsync(cancel);
        return this.Refuse(no, "");
    }
}
