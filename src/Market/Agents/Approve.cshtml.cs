using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Market.Intakes;

namespace Shanhuo.Market.Agents;

internal sealed class ApproveSlipPage(ShanhuoDb db, ApproveSlipHandler approve) : PageModel
{
    [BindProperty(SupportsGet = true)] public long Id { get; set; }
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public IFormFile? Paper { get; set; }

    public SlipSheet? Sheet { get; private set; }
    public bool IsHousehold => db.Scope.HouseholdId is not null;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        Sheet = await SlipSheet.Of(db, Id, cancel);
        if (Sheet is null) return NotFound();
        return Sheet.Slip.State is SlipState.Open or SlipState.Approved ? Page() : Redirect($"/market/agents/slip?id={Id}");
    }

    public Task<IActionResult> OnPostCodeAsync(CancellationToken cancel) => Yes(new ApproveSlip(Id, Code, null), cancel);

    // A household that is signed in has its own code; paper is for those at the counter.
    public async Task<IActionResult> OnPostPaperAsync(CancellationToken cancel) =>
        IsHousehold ? Forbid()
        : (await Uploads.Read(Paper, nameof(Paper), FileKind.Paper, "market.upload-photo", cancel)).Ok(out var photo, out var no) ? await Yes(new ApproveSlip(Id, null, photo), cancel) : await Again(no, cancel);

    public async Task<IActionResult> OnPostCancelAsync(CancellationToken cancel) => await approve.Cancel(Id, cancel) is { } no ? await Again(no, cancel) : Redirect($"/market/agents/slip?id={Id}");

    private async Task<IActionResult> Yes(ApproveSlip request, CancellationToken cancel) =>
        (await approve.Handle(request, cancel)).Ok(out _, out var no) ? Redirect($"/market/agents/slip?id={Id}") : await Again(no, cancel);

    private async Task<IActionResult> Again(Refusal no, CancellationToken cancel)
    {
        Sheet = await SlipSheet.Of(db, Id, cancel);
        return Sheet is null ? NotFound() : this.Refuse(no, "");
    }
}
