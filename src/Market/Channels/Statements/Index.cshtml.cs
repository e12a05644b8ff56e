using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Channels.Statements;

internal sealed class IndexPage(ShanhuoDb db, TakeStatementHandler take) : PageModel
{
    [BindProperty] public string Channel { get; set; } = "taobao";
    [BindProperty] public IFormFile? Upload { get; set; }
    public IReadOnlyList<PlatformStatement> Rows { get; private set; } = [];
    public bool MayTake => db.Scope.Role == Role.CountyStaff;

    public async Task OnGetAsync(CancellationToken cancel) =>
        Rows = await db.PlatformStatements.AsNoTracking().Where(s => s.County == db.Scope.County).OrderByDescending(s => s.Id).Take(50).ToListAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayTake) return Forbid();
        await OnGetAsync(cancel);
        if (Upload is not { Length: > 0 }) return this.Refuse(new Refusal("import.no-file", Place.Input("Upload")), "");
        await using var stream = Upload.OpenReadStream();
        return (await take.Handle(db.Scope.County, Channel, stream, Upload.FileName, cancel)).Ok(out var statement, out var no) ? RedirectToPage("Show", new { id = statement.Id }) : this.Refuse(no, "");
    }
}
