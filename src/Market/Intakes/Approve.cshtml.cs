using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Kernel.Pages;
using Shanhuo.Market.Products;

namespace Shanhuo.Market.Intakes;

internal sealed class ApprovePage(ShanhuoDb db, ApproveIntakeHandler approve, CancelIntakeHandler cancelIntake) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public IFormFile? Voice { get; set; }
    [BindProperty] public IFormFile? Slip { get; set; }
    [BindProperty] public string? Reason { get; set; }

    public IntakeSheet? Sheet { get; private set; }
    public WeightUnit Unit => HttpContext.Weight();
    public bool IsHousehold => db.Scope.HouseholdId is not null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Sheet = await IntakeSheet.Of(db, Id, cancel);
        if (Sheet is null) return NotFound();
        return Sheet.Intake.State == IntakeState.Unconfirmed ? Page() : RedirectToPage("Receipt", new { Id });
    }

    public Task<IActionResult> OnPostCodeAsync(CancellationToken cancel) => Confirm(new ApproveIntake(Id, ApprovalKind.OwnCode, Code, null), cancel);

    public async Task<IActionResult> OnPostVoiceAsync(CancellationToken cancel) =>
        (await Uploads.Read(Voice, nameof(Voice), FileKind.Sound, "market.upload-sound", cancel)).Ok(out var clip, out var no) ? await Confirm(new ApproveIntake(Id, ApprovalKind.Voice, null, clip), cancel) : await Again(no, cancel);

    public async Task<IActionResult> OnPostSlipAsync(CancellationToken cancel) =>
        (await Uploads.Read(Slip, nameof(Slip), FileKind.Photo, "market.upload-photo", cancel)).Ok(out var photo, out var no) ? await Confirm(new ApproveIntake(Id, ApprovalKind.SignedSlip, null, photo), cancel) : await Again(no, cancel);

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken cancel) =>
        (await cancelIntake.Handle(new CancelIntake(Id, Reason), cancel)).Ok(out _, out var no) ? RedirectToPage("Receipt", new { Id }) : await Again(no, cancel);

    private async Task<IActionResult> Confirm(ApproveIntake request, CancellationToken cancel) =>
        (await approve.Handle(request, cancel)).Ok(out _, out var no) ? RedirectToPage("Receipt", new { Id }) : await Again(no, cancel);

    private async Task<IActionResult> Again(Refusal no, CancellationToken cancel)
    {
        Sheet = await IntakeSheet.Of(db, Id, cancel);
        return Sheet is null ? NotFound() : this.Refuse(no, "");
    }
}
