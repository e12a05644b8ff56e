using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Registry.Contracts;

namespace Shanhuo.Registry.Organisations;

internal sealed class AskPage(HelpFor help) : PageModel
{
    public HelpingStation? Station { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel) => Station = await help.Household(cancel);
}
