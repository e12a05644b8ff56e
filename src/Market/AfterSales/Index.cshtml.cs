using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Shanhuo.Kernel;

namespace Shanhuo.Market.AfterSales;

internal sealed class IndexPage(ClaimBook book, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)] public ClaimState State { get; set; }
    public IReadOnlyList<ClaimRow> Rows { get; private set; } = [];
    public DateOnly Today => clock.Today;

    public async Task OnGetAsync(CancellationToken cancel) => Rows = await book.List(Enum.IsDefined(State) ? State : ClaimState.Asked, cancel);

    /// <summary>Is its day over?</summary>
    public bool IsOverdue(BuyerClaim claim) => claim.State == ClaimState.Asked && claim.DecideBy < Today || claim.State == ClaimState.Granted && claim.ReturnBy < Today;
}
