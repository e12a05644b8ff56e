using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;

namespace Shanhuo.Surveys.Field;

internal sealed class NewPage(PutSurvey put) : PageModel
{
    [BindProperty] public Guid RequestId { get; set; } = Guid.NewGuid();
    [BindProperty] public IFormFile? Upload { get; set; }
    public IReadOnlyList<Refusal> Bad { get; private set; } = [];

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await Bytes(Upload, cancel) is not { } content) return this.Refuse(new Refusal("survey.no-file", Place.Input("Upload")), "");
        (var survey, Bad) = await put.Handle(new SentForm(RequestId, null, content, Path.GetFileName(Upload!.FileName)), cancel);
        if (survey is not null) return RedirectToPage("Survey", new { survey.Id });
        Response.StatusCode = 422;
        return Page();
    }

    /// <summary>The bytes of an upload; null: there is none, or it is too big.</summary>
    public static async Task<byte[]?> Bytes(IFormFile? upload, CancellationToken cancel)
    {
        if (upload is not { Length: > 0 } || upload.Length > SheetLimits.Upload.FileBytes) return null;
        using var memory = new MemoryStream();
        await upload.CopyToAsync(memory, cancel);
        return memory.ToArray();
    }
}
