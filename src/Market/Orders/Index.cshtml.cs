using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;

namespace Shanhuo.Market.Orders;

internal sealed class IndexPage(ShanhuoDb db, OverdueOrdersHandler overdue, Say say) : PageModel
{
    /// <summary>All channels, by hand and by file.</summary>
    public static IReadOnlyList<string> Channels => OwnChannel.AllCodes;

    [BindProperty(SupportsGet = true)] public OrderState? State { get; set; }
    [BindProperty(SupportsGet = true)] public string? Channel { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? From { get; set; }
    [BindProperty(SupportsGet = true)] public DateOnly? Until { get; set; }
    [BindProperty(SupportsGet = true)] public string? Before { get; set; }
    [TempData] public string? Done { get; set; }

    public IReadOnlyList<OrderRow> Rows { get; private set; } = [];
    public string? Next { get; private set; }
    public int Overdue { get; private set; }

    public bool HasCounter => db.Scope.Role is Role.Station or Role.CountyStaff;
    public bool MayPlace => db.Scope.Role is Role.Station or Role.Cooperative or Role.CountyStaff;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        (Rows, Next) = await db.OrderPage(new OrderFilter(State, Channel is { Length: > 0 } ? Channel : null, From, Until, Before), cancel);
        if (db.Scope.Role == Role.CountyStaff) Overdue = await overdue.Count(db.Scope.County, cancel);
    }

    public async Task<IActionResult> OnPostOverdueAsync(CancellationToken cancel)
    {
        if (db.Scope.Role != Role.CountyStaff) return Forbid();
        Done = say["order.overdue-done", await overdue.Handle(db.Scope.County, cancel)];
        return RedirectToPage();
    }
}
