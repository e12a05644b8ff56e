using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Measures;

namespace Shanhuo.Registry.CountyForms;

internal sealed class IndexPage(ShanhuoDb db, FillForm forms) : PageModel
{
    public sealed record Row(long Id, string FileName, DateOnly Day, int Filled, int Signed);

    [BindProperty] public Guid RequestId { get; set; } = Guid.NewGuid();
    [BindProperty] public IFormFile? Upload { get; set; }
    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public IReadOnlyList<Refusal> Bad { get; private set; } = [];
    public bool MayPut => db.Scope.Role is Role.CountyStaff or Role.CountyOfficial;

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (!MayPut) return Forbid();
        await Load(cancel);
        if (await BoundariesPage.Bytes(Upload, cancel) is not { } content) return this.Refuse(new Refusal("boundary.no-file", Place.Input("Upload"), SheetLimits.Upload.FileBytes / 1024 / 1024), "");
        (var form, Bad) = await forms.Put(RequestId, content, Path.GetFileName(Upload!.FileName), cancel);
        if (form is not null) return RedirectToPage("Form", new { form.Id });
        Response.StatusCode = 422;
        return Page();
    }

    private async Task Load(CancellationToken cancel)
    {
        var filled = db.FilledForms;
        Rows = await db.CountyForms.OrderByDescending(f => f.Id).Take(100).Select(f => new Row(f.Id, f.FileName, f.Day, filled.Count(x => x.FormId == f.Id), filled.Count(x => x.FormId == f.Id && x.SignedByAccountId != null))).ToListAsync(cancel);
    }
}
