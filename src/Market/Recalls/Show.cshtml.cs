using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Market.Recalls;

/// <summary>A recall, its lots and whom to call.</summary>
internal sealed class ShowPage(ShanhuoDb db, CallBook book, RecallLotHandler recalling) : PageModel
{
    [BindProperty(SupportsGet = true)] public long? After { get; set; }
    public LotRecall Recall { get; private set; } = null!;
    public IReadOnlyList<string> Lots { get; private set; } = [];
    public IReadOnlyList<CallRow> Rows { get; private set; } = [];
    public IReadOnlyDictionary<CallState, int> Counts { get; private set; } = new Dictionary<CallState, int>();
    public string? AskedBy { get; private set; }
    public long? Next { get; private set; }

    /// <summary>The one that was asked for.</summary>
    public (long Call, ShownBuyer Buyer)? Shown { get; private set; }
    public bool MayWork => db.Scope.Role == Role.CountyStaff;
    public bool MayConfirm => MayWork && Recall.InForceMs is null && Recall.AskedAccountId != db.Scope.AccountId;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await Load(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, Guid requestId, string? step, long call, CancellationToken cancel)
    {
        if (!MayWork) return Forbid();
        if (!await Load(id, cancel)) return NotFound();
        if (step == "show")
        {
            if (Rows.All(r => r.Call.Id != call) || await book.Show(call, cancel) is not { } buyer) return NotFound();
            Shown = (call, buyer);
            return Page();
        }
        var no = step == "confirm" ? (await recalling.Confirm(id, cancel)).Refused : Rows.Any(r => r.Call.Id == call) ? await book.Mark(requestId, call, step switch { "called" => CallState.Called, "not-reached" => CallState.NotReached, "returned" => CallState.Returned, _ => CallState.Open }, cancel) : new Refusal("recall.call-unknown");
        return no is null ? RedirectToPage(new { id, After }) : this.Refuse(no, "");
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        var county = db.Scope.County;
        if (await db.LotRecalls.AsNoTracking().SingleOrDefaultAsync(r => r.County == county && r.Id == id, cancel) is not { } recall) return false;
        Recall = recall;
        Lots = recall.InForceMs is null ? [] : await db.RecallCalls.Where(c => c.County == county && c.RecallId == id).Select(c => c.Lots).Distinct().OrderBy(l => l).Take(20).ToListAsync(cancel);
        Lots = [.. Lots.SelectMany(l => l.Split(' ')).Append(recall.LotCode).Distinct().Order(StringComparer.Ordinal)];
        Counts = await db.RecallCalls.Where(c => c.County == county && c.RecallId == id).GroupBy(c => c.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var rows = await book.Rows(id, After, CallBook.PageSize + 1, cancel);
        if (rows.Count > CallBook.PageSize) (Next, rows) = (rows[CallBook.PageSize - 1].Call.Id, rows[..CallBook.PageSize]);
        Rows = rows;
        AskedBy = (await db.AccountNames([recall.AskedAccountId], cancel)).GetValueOrDefault(recall.AskedAccountId);
        return true;
    }
}
