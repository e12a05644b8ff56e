using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Sheets;
using Shanhuo.Registry.Measures.Maps;

namespace Shanhuo.Registry.Measures;

internal sealed class BoundariesPage(PutBoundaries put) : PageModel
{
    [BindProperty] public Guid RequestId { get; set; } = Guid.NewGuid();
    [BindProperty] public IFormFile? Upload { get; set; }
    [BindProperty] public string? Source { get; set; }
    public IReadOnlyList<Refusal> Bad { get; private set; } = [];

    public void OnGet() { }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await Bytes(Upload, cancel) is not { } content) return this.Refuse(new Refusal("boundary.no-file", Place.Input("Upload"), SheetLimits.Upload.FileBytes / 1024 / 1024), "");
        (_, Bad) = await put.Handle(new SentBoundaries(RequestId, content, Path.GetFileName(Upload!.FileName), Source ?? ""), cancel);
        if (Bad.Count == 0) return LocalRedirect("/registry/measures/map?kind=cells");
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
