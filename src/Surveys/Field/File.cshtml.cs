using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;

namespace Shanhuo.Surveys.Field;

internal sealed class FilePage(ShanhuoDb db, TakeFile take) : PageModel
{
    public ResponseFile Sent { get; private set; } = null!;
    public Survey Survey { get; private set; } = null!;
    public FileLook Look { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(long id, CancellationToken cancel) => await Load(id, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(long id, CancellationToken cancel)
    {
        if (!await Load(id, cancel)) return NotFound();
        return (await take.Take(id, cancel)).Ok(out _, out var no) ? RedirectToPage(new { id }) : this.Refuse(no, "");
    }

    private async Task<bool> Load(long id, CancellationToken cancel)
    {
        if (await db.ResponseFiles.AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancel) is not { } file) return false;
        Sent = file;
        Survey = await db.Surveys.AsNoTracking().SingleAsync(s => s.Id == file.SurveyId, cancel);
        Look = await take.Look(file, cancel);
        return true;
    }
}
