using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Orders;

namespace Shanhuo.Market.Channels;

internal sealed class IndexPage(ShanhuoDb db, StartImportHandler start) : PageModel
{
    [BindProperty] public string Channel { get; set; } = "taobao";
    [BindProperty] public IFormFile? Upload { get; set; }
    public IReadOnlyList<ImportRun> Runs { get; private set; } = [];
    public int Waiting { get; private set; }

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await Load(cancel);
        if (Upload is not { Length: > 0 }) return this.Refuse(new Refusal("import.no-file", Place.Input("Upload")), "");
        await using var stream = Upload.OpenReadStream();
        return (await start.Handle(db.Scope.County, Channel, stream, Upload.FileName, cancel)).Ok(out var run, out var no) ? RedirectToPage("Run", new { id = run.Id }) : this.Refuse(no, "");
    }

    private async Task Load(CancellationToken cancel)
    {
        Runs = await db.ImportRuns.AsNoTracking().Where(r => r.County == db.Scope.County).OrderByDescending(r => r.Id).Take(20).ToListAsync(cancel);
        Waiting = await db.OrderLines.CountAsync(l => l.County == db.Scope.County && l.Waits > WaitReason.None, cancel);
    }
}
