using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Market.Channels;

internal sealed class RunPage(ShanhuoDb db, BeginImportHandler begin, StartImportHandler start, ImportBell bell, Say say) : PageModel
{
    public const int Shown = 200;

    [BindProperty] public bool TakeGoodRows { get; set; }
    public ImportRun Run { get; private set; } = null!;
    public IReadOnlyList<(ImportRefusal Row, string Why)> Refused { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await Load(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (await begin.Handle(db.Scope.County, id, TakeGoodRows, cancel) is { } no) return await Load(id, cancel) ? this.Refuse(no, "") : NotFound();
        bell.Ring();
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostStopAsync(long id, CancellationToken cancel)
    {
        await begin.Stop(db.Scope.County, id, cancel);
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostAgainAsync(long id, CancellationToken cancel)
    {
        if (await db.ImportRuns.SingleOrDefaultAsync(r => r.County == db.Scope.County && r.Id == id, cancel) is not { } run) return NotFound();
        var no = (await start.Again(run, cancel)).Refused;
        return no is null ? RedirectToPage(new { id }) : await Load(id, cancel) ? this.Refuse(no, "") : NotFound();
    }

    public async Task<IActionResult> OnGetRefusedAsync(long id, SheetFormat format, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        var name = Path.GetFileNameWithoutExtension(Run.FileName) + "-" + say["import.refused"] + SheetWriter.Extension(format);
        return await ImportRefusals.Sheet(db, say, Run, format, cancel) is { } sheet ? File(sheet, SheetWriter.ContentType(format), name) : NotFound();
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        if (await db.ImportRuns.AsNoTracking().SingleOrDefaultAsync(r => r.County == db.Scope.County && r.Id == id, cancel) is not { } run) return false;
        Run = run;
        Refused = [.. (await db.ImportRefusals.AsNoTracking().Where(r => r.County == run.County && r.RunId == id).OrderBy(r => r.Number).Take(Shown).ToListAsync(cancel)).Select(r => (r, say[r.Code, [.. ImportRefusals.Read(run, r).Arguments]]))];
        return true;
    }
}
