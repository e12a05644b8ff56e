using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;
using Shanhuo.Market.Contracts;
using Shanhuo.Market.Shop;

namespace Shanhuo.Market.Campaigns;

/// <summary>A campaign's page: who speaks, the video, what can be bought. Kept in memory like the other pages of the window.</summary>
internal sealed class ShowPage(CampaignReader campaigns, ShopWindow window, TimeProvider clock) : PageModel
{
    public CampaignView View { get; private set; } = null!;
    public DateOnly Today => clock.Today;

    public async Task<IActionResult> OnGetAsync(string place, string code, CancellationToken cancel)
    {
        if (!AreaCode.TryParse(place, out var county) || code.Length > 40 || await campaigns.One(county, code, cancel) is not { } view) return NotFound();
        View = view;
        HttpContext.HoldsWhile(ShopPulse.Area(county), window.HoldsUntil(view.Cards));
        return Page();
    }
}

/// <summary>A campaign to be shown in a chat group or hung up.</summary>
internal sealed class CampaignCardPage(CampaignReader campaigns) : PageModel
{
    public CampaignView View { get; private set; } = null!;
    public string Path => $"/shop/c/{View.Campaign.County.ToString()[..6]}/{View.Campaign.Code}";
    public string Address => $"{Request.Scheme}://{Request.Host}{Path}";

    public async Task<IActionResult> OnGetAsync(string place, string code, CancellationToken cancel)
    {
        if (!AreaCode.TryParse(place, out var county) || code.Length > 40 || await campaigns.One(county, code, cancel) is not { } view) return NotFound();
        View = view;
        return Page();
    }
}
