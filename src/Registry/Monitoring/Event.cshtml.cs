using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Registry.Monitoring;

internal sealed class EventPage(ReportEventHandler report) : PageModel
{
    [BindProperty] public Guid RequestId { get; set; }
    [BindProperty] public string? Household { get; set; }
    [BindProperty] public string? Kind { get; set; }
    [BindProperty] public DateOnly? Month { get; set; }
    [BindProperty] public string? Cost { get; set; }
    public bool IsDone { get; private set; }

    public void OnGet(bool done) => (RequestId, IsDone) = (Guid.CreateVersion7(), done);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        (await report.Handle(new ReportEvent(RequestId, Household, Kind, Month, Cost), cancel)).Refused is { } no ? this.Refuse(no, "") : LocalRedirect("/registry/monitoring/event?done=true");
}
