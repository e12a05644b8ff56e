using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.CountyForms;

internal sealed class FormPage(ShanhuoDb db, FillForm fill, TimeProvider clock, Say say) : PageModel
{
    public sealed record Row(long Id, int Year, long AtMs, bool IsSigned);

    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public Guid RequestId { get; set; } = Guid.NewGuid();
    [BindProperty] public int? Year { get; set; }

    public CountyForm Form { get; private set; } = null!;
    public IReadOnlyList<FormToken> Tokens { get; private set; } = [];
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public bool MayFill => db.Scope.Role is Role.CountyStaff or Role.CountyOfficial;
    public int AskedYear => Year ?? clock.Today.Year - 1;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayFill) return Forbid();
        if (!await Load(cancel)) return NotFound();
        return (await fill.Fill(RequestId, Id, AskedYear, say.Language, cancel)).Ok(out var filled, out var no) ? RedirectToPage("Filled", new { filled.Id }) : this.Refuse(no, "");
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await db.CountyForms.AsNoTracking().SingleOrDefaultAsync(f => f.Id == Id, cancel) is not { } form) return false;
        Form = form;
        Tokens = fill.Look(form.Workbook, form.FileName, db.Scope.Area).Tokens;
        Rows = await db.FilledForms.Where(f => f.FormId == Id).OrderByDescending(f => f.AtMs).Take(100).Select(f => new Row(f.Id, f.Year, f.AtMs, f.SignedByAccountId != null)).ToListAsync(cancel);
        return true;
    }
}
