using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Market.Agents.Groups;

internal sealed class PickupPage(ShanhuoDb db, PickupList list) : PageModel
{
    public List<PickupRow> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (await Stations.Own(db, cancel) is { } station) Rows = await list.Of(station, cancel);
    }
}
