using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Channels;

/// <summary>A line that waits.</summary>
internal sealed record WaitingRow(OrderLine Line, string Channel, string Number, DateOnly Day, string? Product, string? ProductEn, bool ByPiece);

internal sealed class WaitingPage(ShanhuoDb db, WaitingLinesHandler waiting, Say say) : PageModel
{
    private const int PageSize = 100;

    [BindProperty(SupportsGet = true)] public long After { get; set; }
    [BindProperty] public long LineId { get; set; }
    [BindProperty] public string? Lot { get; set; }
    [TempData] public string? Done { get; set; }
    public IReadOnlyList<WaitingRow> Rows { get; private set; } = [];
    public long? Next { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        Done = say["waiting.tried", await waiting.TryAgain(db.Scope.County, cancel)];
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostGiveAsync(CancellationToken cancel)
    {
        if (await waiting.Give(LineId, Lot ?? "", cancel) is not { } no) return RedirectToPage(new { After });
        db.ChangeTracker.Clear();
        await Load(cancel);
        return this.Refuse(no, "");
    }

    private async Task Load(CancellationToken cancel)
    {
        var rows = await (from l in db.OrderLines.AsNoTracking()
                          where l.County == db.Scope.County && l.Waits > WaitReason.None && l.Id > After
                          join o in db.Orders on new { l.County, Id = l.OrderId } equals new { o.County, o.Id }
                          join p in db.Products on l.ProductId equals p.Id into ps
                          from product in ps.DefaultIfEmpty()
                          orderby l.Id
                          select new WaitingRow(l, o.Channel, o.Number, o.PlacedDay, product.Name, product.NameEn, (bool?)product.ByPiece ?? false)).Take(PageSize + 1).ToListAsync(cancel);
        if (rows.Count > PageSize)
        {
            rows.RemoveAt(PageSize);
            Next = rows[^1].Line.Id;
        }
        Rows = rows;
    }
}
