using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Settlement.Contracts;

namespace Shanhuo.Settlement.Audit;

internal sealed class VerifyPage(LedgerChecks checks, LedgerAudit audit, EntryReader entries, ShanhuoDb db) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "area")] public string? Area { get; set; }
    [BindProperty] public string? Printed { get; set; }
    public AreaCode County { get; private set; }
    public LedgerHead Head { get; private set; } = null!;
    public long Unsealed { get; private set; }
    public LedgerCheck? Check { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        LedgerHead? printed = null;
        if (Numerals.Narrow(Printed ?? "") is { Length: > 0 } text && !LedgerHead.TryParse(text, out printed)) return this.Refuse(new Refusal("audit.printed-wrong", Place.Input(nameof(Printed))), "");
        checks.Start(County, printed);
        return RedirectToPage(new { area = County.ToString() });
    }

    public async Task<IActionResult> OnPostStopAsync(CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        if (Check is { IsRunning: true } running) await running.Stop.CancelAsync();
        return RedirectToPage(new { area = County.ToString() });
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (entries.County(AreaCode.TryParse(Area, out var named) ? named : null) is not { } county) return false;
        County = county;
        Head = await audit.Head(county, cancel);
        var sealedTo = await db.Seals.Where(s => s.County == county).OrderByDescending(s => s.Number).Select(s => (long?)s.EntryId).FirstOrDefaultAsync(cancel) ?? 0;
        Unsealed = await db.JournalEntries.CountAsync(e => e.County == county && e.Id > sealedTo, cancel);
        Check = checks.Of(county);
        return true;
    }
}
