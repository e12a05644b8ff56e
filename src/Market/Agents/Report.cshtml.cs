using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Market.Intakes;

namespace Shanhuo.Market.Agents;

internal sealed class ReportPage(ShanhuoDb db, ReportHandler reports) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "slip")] public long SlipId { get; set; }
    [BindProperty] public Guid RequestId { get; set; } = Guid.CreateVersion7();
    [BindProperty] public IFormFile? Voice { get; set; }
    [BindProperty] public IFormFile? Photo { get; set; }

    public SlipSheet Sheet { get; private set; } = null!;
    public bool IsHousehold => db.Scope.HouseholdId is not null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel) => await Load(cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostVoiceAsync(CancellationToken cancel) => await File(await Uploads.Read(Voice, nameof(Voice), FileKind.Sound, "market.upload-sound", cancel), cancel);

    public async Task<IActionResult> OnPostPhotoAsync(CancellationToken cancel) => await File(await Uploads.Read(Photo, nameof(Photo), FileKind.Photo, "market.upload-photo", cancel), cancel);

    private async Task<IActionResult> File(Outcome<Upload> upload, CancellationToken cancel)
    {
        if (!await Load(cancel)) return NotFound();
        if (!upload.Ok(out var proof, out var no)) return this.Refuse(no, "");
        return (await reports.File(RequestId, SlipId, proof, cancel)).Ok(out _, out no) ? Redirect(IsHousehold ? "/market/agents/mine" : "/market/agents/reports") : this.Refuse(no, "");
    }

    private async Task<bool> Load(CancellationToken cancel)
    {
        if (await SlipSheet.Of(db, SlipId, cancel) is not { Slip: { Task: "bring", State: SlipState.Done } } sheet) return false;
        Sheet = sheet;
        return true;
    }
}
