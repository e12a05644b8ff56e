using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Close;

internal sealed class WorkersPage(ShanhuoDb db, WorkersPool pool, TimeProvider clock) : PageModel
{
    [BindProperty] public string? Month { get; set; }
    public IReadOnlyList<WorkersPaid>? Paid { get; private set; }

    public void OnGet() => Month = clock.Today.AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!DateOnly.TryParseExact(Month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)) return this.Refuse(new Refusal("close.month", Place.Input("Month"), Month ?? ""), "");
        if (!(await pool.Handle(new CloseWorkers(db.Scope.County, month), cancel)).Ok(out var paid, out var no)) return this.Refuse(no, "");
        Paid = paid;
        return Page();
    }
}
