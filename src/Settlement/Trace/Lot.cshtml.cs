using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Settlement.Trace;

internal sealed class LotPage(TraceReader traces, Say say) : PageModel
{
    public LotTrace Trace { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string code, CancellationToken cancel)
    {
        if (await traces.Lot(code, say.Language, cancel) is not { } trace) return NotFound();
        Trace = trace;
        return Page();
    }
}
