using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Intakes;

internal sealed class MinePage(ShanhuoDb db) : PageModel
{
    public List<(Intake Intake, Product Product)> Waiting { get; private set; } = [];
    public List<(Intake Intake, Product Product)> Others { get; private set; } = [];
    public WeightUnit Unit => HttpContext.Weight();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var products = db.Products;
        var rows = await (from i in db.IntakesForMe.OrderByDescending(i => i.Day).ThenByDescending(i => i.Id).Take(30) join p in products on i.ProductId equals p.Id select new { i, p }).AsNoTracking().ToListAsync(cancel);
        Waiting = [.. rows.Where(r => r.i.State == IntakeState.Unconfirmed).Select(r => (r.i, r.p))];
        Others = [.. rows.Where(r => r.i.State != IntakeState.Unconfirmed).Select(r => (r.i, r.p))];
    }
}
