using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Shanhuo.Kernel;
using Shanhuo.Market.Shop;

namespace Shanhuo.Market.Offers;

internal sealed class IndexPage(ShanhuoDb db, ShopReader shop, WriteOfferHandler write) : PageModel
{
    public IReadOnlyList<OfferCard> Rows { get; private set; } = [];
    public string County => db.Scope.County.ToString()[..6];
    public bool MayWrite => db.Scope.Role is Role.Station or Role.Cooperative or Role.CountyStaff;

    public Task OnGetAsync(CancellationToken cancel) => Load(cancel);

    public async Task<IActionResult> OnPostAsync(long id, bool open, CancellationToken cancel)
    {
        if (!MayWrite) return Forbid();
        if (await write.Turn(id, open, cancel) is not { } no) return RedirectToPage();
        await Load(cancel);
        return this.Refuse(no, "");
    }

    private async Task Load(CancellationToken cancel)
    {
        var (county, own) = (db.Scope.County, db.Scope.OrganisationId);
        Rows = await shop.Cards(county, await db.Offers.Where(o => o.County == county && o.State < OfferState.Agreed && (own == null || o.SellerId == own)).OrderByDescending(o => o.Id).Take(200).Select(o => o.Id).ToListAsync(cancel), cancel);
    }
}
